import { ok } from '../../../shared/util/result.ts';
import type { HttpAnswer, HttpFetch } from '../ports/httpFetch.ts';
import type { ServiceDeps } from '../services/context.ts';

/** Below it the two clocks count as unchanged: a Date header has whole seconds, and an answer takes its time. */
const NOTICEABLE_MS = 60_000;
/** An answer that took longer tells the server's time too badly. */
const LONGEST_MS = 20_000;

/**
 * Reads the server's clock off its answers. What waits for a time to pass (a look for what is unsure, a repetition)
 * is measured with this machine's clock only, so a clock that is wrong does no harm; when one of the two is set, every
 * wait begins anew. A page that something else shows in the server's place tells no time.
 */
export function watchingClock(deps: ServiceDeps, fetch: HttpFetch): HttpFetch {
  return async (request, options) => {
    const startedAt = deps.clock.now();
    const result = await fetch(request, options);
    if (result.ok) note(deps, result.value, startedAt);
    return result;
  };
}

function note({ store, clock }: ServiceDeps, { headers }: HttpAnswer, startedAt: number): void {
  const now = clock.now();
  const serverNow = headers['content-type']?.startsWith('application/json')
    ? Date.parse(headers.date ?? '')
    : Number.NaN;
  if (Number.isNaN(serverNow) || now < startedAt || now - startedAt > LONGEST_MS) return;
  const offsetMs = Math.round(serverNow - (startedAt + now) / 2);
  const kept = store.remoteDesk.get()?.clockOffsetMs;
  if (kept === undefined || (kept !== null && Math.abs(offsetMs - kept) < NOTICEABLE_MS)) return;
  store.write(() => {
    store.remoteDesk.set('clockOffsetMs', offsetMs);
    if (kept !== null) restart();
    return ok(undefined);
  });

  function restart(): void {
    store.outbox.restartWaits(now);
    store.remoteDesk.set('listsAt', null);
    store.remoteDesk.set('fullScanAt', null);
  }
}
