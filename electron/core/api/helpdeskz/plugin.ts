import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { SystemStatus } from '../../../../shared/contract/system.ts';
import { PERMISSION_TEXT, tokenMay } from '../../domain/permissions.ts';
import type { Logger } from '../../ports/logger.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { bearerActor } from '../../services/dialects/sessions.ts';
import { getSettings } from '../../services/settings.ts';
import { checkToken, type TokenCheck } from '../../services/tokenCheck.ts';
import { createTokenUses, type NotedCall, type TokenUses } from '../../services/tokenUses.ts';
import { registerDialects } from '../foreign/plugin.ts';
import { registerOpenApi } from '../openapi/plugin.ts';
import { peerAddress, type Surface } from '../peer.ts';
import { ACTIONS } from './actions.ts';
import {
  type Answer,
  csrfRedirect,
  denied,
  failure,
  notImplemented,
  pageNotFound,
  send,
  unfiltered,
} from './answers.ts';
import { withETag } from './conditional.ts';
import { type Query, readForm } from './form.ts';
import { createEventStreams, type EventStreams } from './openStreams.ts';
import { findTarget, pathSegments, type Target } from './routing.ts';
import { addressRefused, permissionRefused, TEXT } from './texts.ts';

export interface HelpdeskzOptions {
  readonly desk: {
    /** null while the desk is not ready. */
    services(): { readonly deps: ServiceDeps } | null;
    status(): Pick<SystemStatus, 'state' | 'error'>;
  };
  readonly log: Logger;
  readonly surface: Surface;
  /** How long a body may pause before its connection is closed; a minute unless said otherwise. */
  readonly bodyStallMs?: number;
  /** How often an event stream shows that it is there; every 20 seconds unless said otherwise. */
  readonly keepAliveMs?: number;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const EXTENSION_HEADER = 'x-staffdesk';

/**
 * Adds the HelpDeskZ-compatible API below /api and /index.php/api. Only the token says who calls; cookies and
 * origins play no part. Bodies are read here, not by the server's parsers.
 */
export async function registerHelpdeskz(app: FastifyInstance, options: HelpdeskzOptions): Promise<void> {
  const uses = createTokenUses();
  const streams = createEventStreams();
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // Bodies are read after token and permission were checked, and only where one is expected.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.setErrorHandler((error: FastifyError, request, reply) => {
      // Fastify's own refusals: a content type that is none.
      if ((error.statusCode ?? 500) < 500) return send(reply, failure(appErrorOf('unsupported_body')));
      options.log.error('api_call_failed', {
        method: request.method,
        route: request.routeOptions.url,
        error,
      });
      return send(reply, failure(appErrorOf('internal')));
    });
    const handler = (request: FastifyRequest, reply: FastifyReply) =>
      answer(options, { uses, streams }, request, reply);
    // The reference's own routes are in lower case, its automatic ones are not (behaviour.md 2.1).
    const root = ':root(^[aA][pP][iI]$)';
    for (const url of [`/${root}`, `/${root}/*`, `/index.php/${root}`, `/index.php/${root}/*`]) {
      scope.route({ method: [...METHODS], url, handler });
    }
    registerOpenApi(scope);
    registerDialects(scope, { ...options, uses });
    done();
  });
  // For addresses outside every route of the server as well: the reference's page, with status 200.
  app.setNotFoundHandler((_request, reply) => sendPageNotFound(reply));
  // Streams would keep the server from closing.
  app.addHook('preClose', async () => streams.endAll());
  app.addHook('onClose', async () => uses.flush());
}

/** Also the server's word for an address that is not encoded properly, which no route sees. */
export function sendPageNotFound(reply: FastifyReply): void {
  send(reply, pageNotFound);
}

function answer(
  options: HelpdeskzOptions,
  { uses, streams }: { uses: TokenUses; streams: EventStreams },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | Promise<FastifyReply> {
  const [path = ''] = (request.raw.url ?? '').split('?', 1);
  const segments = pathSegments(path);
  const target: Target = segments ? findTarget(request.method, segments) : { kind: 'page_not_found' };
  if (target.kind === 'page_not_found') return send(reply, pageNotFound);
  if (target.kind === 'unfiltered') return send(reply, unfiltered);
  const deps = options.desk.services()?.deps;
  if (!deps) return send(reply, failure(notReady(options)));
  if (target.kind === 'csrf') return send(reply, csrfRedirect(getSettings(deps).siteUrl));
  const address = peerAddress(request, options.surface);
  const check = () => identify(deps, request, address);
  const checked = check();
  const finish = (answered: Answer): FastifyReply => {
    const done = request.method === 'GET' ? withETag(request.headers, answered) : answered;
    const { status, refusal = null } = done;
    noteCall(uses, deps, checked, { method: request.method, path, status, refusal, address });
    return send(reply, done);
  };
  const answered = authorised({ options, deps, streams, check, request }, checked, target);
  return answered instanceof Promise ? answered.then(finish) : finish(answered);
}

/** A program by its token, or a staff member whose client signed in (Bearer); a token as Bearer is nobody. */
function identify(
  deps: ServiceDeps,
  { headers: { token, authorization } }: FastifyRequest,
  address: string,
): TokenCheck {
  const actor = token === undefined ? bearerActor(deps, authorization) : null;
  if (actor) return { kind: 'ok', actor };
  return checkToken(deps, typeof token === 'string' ? token : '', address);
}

function noteCall(uses: TokenUses, deps: ServiceDeps, checked: TokenCheck, call: NotedCall): void {
  if (checked.kind === 'ok' && checked.actor.kind === 'token')
    uses.note(deps, checked.actor.tokenId, call, true);
  // Seen in the list of its calls, but not a use: a wrong address, or it is off, expired or replaced.
  if (checked.kind !== 'ok' && checked.tokenId !== undefined) uses.note(deps, checked.tokenId, call, false);
}

interface Asked {
  readonly options: HelpdeskzOptions;
  readonly deps: ServiceDeps;
  readonly streams: EventStreams;
  readonly request: FastifyRequest;
  check(): TokenCheck;
}

function authorised(
  { options, deps, streams, request, check }: Asked,
  checked: TokenCheck,
  { resource, action: name, id }: Extract<Target, { kind: 'action' }>,
): Answer | Promise<Answer> {
  if (checked.kind === 'unknown') return denied(TEXT.noAuthentication);
  if (checked.kind === 'address_refused') return denied(addressRefused(checked.address));
  const { actor } = checked;
  const action = ACTIONS[resource][name];
  if (!action) return notImplemented(name);
  const wanted = [action.permission].flat();
  if (!wanted.some((permission) => tokenMay(actor.permissions, permission))) {
    return denied(permissionRefused(wanted.map((permission) => PERMISSION_TEXT[permission]).join(' ')));
  }
  const query = singleValues(request.query);
  // A password in an address ends up in logs and histories: never read from there.
  const fallback = name === 'auth' ? {} : query;
  return action.run({
    deps,
    actor,
    id,
    query,
    headers: request.headers,
    isExtended: request.headers[EXTENSION_HEADER] === '1',
    identify: () => {
      const now = check();
      return now.kind === 'ok' ? now.actor : undefined;
    },
    streams,
    keepAliveMs: options.keepAliveMs,
    form: () => readForm(deps, request.raw, fallback, options.bodyStallMs),
  });
}

function singleValues(query: unknown): Query {
  const values: Record<string, string | undefined> = Object.create(null);
  for (const [name, value] of Object.entries(query as Record<string, string | string[]>)) {
    values[name] = Array.isArray(value) ? value.at(-1) : value;
  }
  return values;
}

function notReady({ desk }: HelpdeskzOptions) {
  const { state, error } = desk.status();
  if (error) return error;
  if (state === 'needs_setup') return appErrorOf('not_installed');
  return appErrorOf(state === 'needs_upgrade' ? 'upgrade_needed' : 'not_ready');
}
