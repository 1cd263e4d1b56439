import type { Call, Steps } from './call.ts';
import { findRoute } from './routes.ts';
import { type ApiToken, createState, type Settings, type State } from './state.ts';
import {
  csrfRedirect,
  type FakeRequest,
  type FakeResponse,
  failure,
  fatal,
  notImplemented,
  pageNotFound,
  parseForm,
  slashRedirect,
} from './wire.ts';

/**
 * A HelpDeskZ 2.0.2 in memory, with the quirks that were measured (behaviour.md parts 2 and 3); its fidelity is
 * tested by replaying the recorded exchanges (test/contract/fakeHelpdeskz.test.ts).
 */
export interface FakeHelpdeskz {
  readonly state: State;
  /** Runs a request write by write. */
  steps(request: FakeRequest): Steps;
  /** Runs a request to its end. */
  handle(request: FakeRequest): FakeResponse;
}

export function createFakeHelpdeskz(options: {
  /** Milliseconds. */
  readonly now: () => number;
  readonly settings?: Partial<Settings>;
}): FakeHelpdeskz {
  const state = createState(options.settings);
  const steps = (request: FakeRequest): Steps => answer(state, request, Math.floor(options.now() / 1000));
  return {
    state,
    steps,
    handle: (request) => {
      const running = steps(request);
      let result = running.next();
      while (!result.done) result = running.next();
      return result.value;
    },
  };
}

function* answer(state: State, request: FakeRequest, now: number): Steps {
  const [path = '', search = ''] = request.path.split('?', 2);
  const { settings } = state;
  if (settings.redirectsSlash && path.length > 1 && path.endsWith('/')) {
    return slashRedirect(settings.siteUrl, path);
  }
  const route = findRoute(request.method, path);
  if (route.kind === 'page_not_found') return pageNotFound();
  if (route.kind === 'unfiltered') return failure('Api.error.authentications', 400);
  if (route.kind === 'csrf') return csrfRedirect(settings.siteUrl);
  const token = tokenOf(state, request);
  if (!token) return failure('Invalid authentication.', 400);
  const peer = request.peer ?? '127.0.0.1';
  if (!isAddressAllowed(token, peer)) return failure(`IP address \`${peer} is not allowed.`, 400);
  if (route.kind === 'not_implemented') return notImplemented(route.name);
  const { permission, handler } = route.action;
  if (token.permissions !== 'all' && !token.permissions.includes(permission)) {
    return failure(`Permission not allowed: ${permission}`, 400);
  }
  const call = callOf(state, request, { id: route.id, search, now });
  if (call.form.isFatal) return fatal();
  const result = handler(call);
  return 'next' in result ? yield* result : result;
}

function callOf(state: State, request: FakeRequest, at: { id: string; search: string; now: number }): Call {
  const query = Object.fromEntries(new URLSearchParams(at.search));
  const form = parseForm(request, state.settings.postMaxMb * 1024 * 1024);
  const validated = { ...query, ...form.fields, ...jsonFields(request) };
  return { state, now: at.now, request, id: decodeURIComponent(at.id), query, form, validated };
}

/** JSON is seen by the validation only (fact 3). */
function jsonFields(request: FakeRequest): Record<string, string> {
  if (!request.headers['content-type']?.startsWith('application/json')) return {};
  const value = JSON.parse(request.body.toString()) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, String(field)]));
}

/** Compared without case, as the database's collation does (2.1). */
function tokenOf({ tokens }: State, { headers }: FakeRequest): ApiToken | undefined {
  const given = headers.token?.toLowerCase();
  return tokens.find(({ token, isActive }) => isActive && token.toLowerCase() === given);
}

function isAddressAllowed({ ipAddress }: ApiToken, peer: string): boolean {
  if (ipAddress === '') return true;
  return ipAddress.split(', ').some((entry) => {
    const pattern = entry.split('.').map((part) => (part === '*' ? '\\d+' : part));
    return new RegExp(`^${pattern.join('\\.')}$`).test(peer);
  });
}
