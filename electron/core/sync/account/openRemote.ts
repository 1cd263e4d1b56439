import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { HttpFetch } from '../../ports/httpFetch.ts';
import { systemPace } from '../../ports/pace.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { Store } from '../../store/store.ts';
import type { Remote } from '../remote.ts';
import { createHelpdeskzRemote, MAX_FILE_BYTES } from '../remotes/helpdeskz/helpdeskzRemote.ts';
import { createThrottle, type Throttle } from '../remotes/helpdeskz/throttle.ts';
import { watchingClock } from '../serverClock.ts';

/** What the token of a remote is sealed for. */
export const TOKEN_PURPOSE = 'remote token';
const TIMEOUT_MS = 30_000;

/** One for each desk: whatever asks its server counts. */
const throttles = new WeakMap<Store, Throttle>();

/** The remote at an address, with a token. `isAhead`: somebody waits for it, so it comes before what runs in the background. */
export function remoteAt(
  deps: ServiceDeps,
  url: string,
  token: string,
  fetch: HttpFetch,
  isAhead = false,
): Remote {
  const boundary = (): string => `----staffdesk${deps.ids.secret(24)}`;
  const shared = throttles.get(deps.store) ?? createThrottle(systemPace);
  throttles.set(deps.store, shared);
  const throttle: Throttle = isAhead ? { ...shared, enter: () => shared.enter(true) } : shared;
  const { now } = deps.clock;
  return createHelpdeskzRemote({ fetch, url, token, timeoutMs: TIMEOUT_MS, boundary, throttle, now });
}

/** The remote this desk mirrors: not_connected, why it is paused, or what keeps its token from being read. */
export async function openRemote(
  deps: ServiceDeps,
  fetch: HttpFetch = deps.httpFetch,
  isAhead = false,
): Promise<Result<Remote>> {
  const desk = deps.store.remoteDesk.get();
  if (!desk) return err(appErrorOf('not_connected'));
  if (desk.pausedCode !== null) return err(appErrorOf(desk.pausedCode));
  const token = await deps.secrets.open(desk.tokenSealed, TOKEN_PURPOSE);
  return token.ok ? ok(remoteAt(deps, desk.url, token.value, watchingClock(deps, fetch), isAhead)) : token;
}

/** The same for what somebody opens and looks at: it comes before what runs in the background. */
export const openRemoteAhead = (deps: ServiceDeps): Promise<Result<Remote>> =>
  openRemote(deps, deps.httpFetch, true);

export type OpenRemote = typeof openRemote;

/** A file above this is too large for an answer of the remote: its bytes can't be had, whatever one does. */
export const LARGEST_FILE_BYTES = MAX_FILE_BYTES;
export const isBeyondApi = ({ sizeBytes }: { readonly sizeBytes: number }): boolean =>
  sizeBytes > LARGEST_FILE_BYTES;
