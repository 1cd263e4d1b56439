import { ok } from '../../../shared/util/result.ts';
import type { HttpAnswer, HttpFetch } from '../ports/httpFetch.ts';
import type { ServiceDeps } from '../services/context.ts';

/** Below it the two clocks count as unchanged: a Date header has whole seconds, and an answer takes its time. */
const NOTICEABLE_MS = 60_000;
/** An answer that took longer tells the server's time too badly. */
const LONGEST_MS = 20_000;
/** Two machines behind one address may each have a clock of its own: waits that began anew come to an end first. */
const RESTARTS_EVERY_MS = 10 * 60_000;

/**
 * Reads the server's clock off its answers. What waits for a time to pass (a look for what is unsure, a repetition)
 * is measured with this machine's clock only, so a clock that is wrong does no harm; when one of the two is set, every
 * wait begins anew. A page that something else shows in the server's place tells no time.
 */
export function watchingClock(deps: ServiceDeps, fetch: HttpFetch): HttpFetch {
  let restartedAt = Number.NEGATIVE_INFINITY;
  return async (request, options) => {
    const startedAt = deps.clock.now();
    const result = await fetch(request, options);
    const now = deps.clock.now();
    const isQuiet = Math.abs(now - restartedAt) < RESTARTS_EVERY_MS;
    if (result.ok && !isQuiet && note(deps, result.value, { startedAt, now })) restartedAt = now;
    return result;
  };
}

/** Answers whether the waits begin anew. */
function note(
  { store }: ServiceDeps,
  { headers }: HttpAnswer,
  { startedAt, now }: { startedAt: number; now: number },
): boolean {
  const serverNow = headers['content-type']?.startsWith('application/json')
    ? Date.parse(headers.date ?? '')
    : Number.NaN;
  if (Number.isNaN(serverNow) || now < startedAt || now - startedAt > LONGEST_MS) return false;
  const offsetMs = Math.round(serverNow - (startedAt + now) / 2);
  const kept = store.remoteDesk.get()?.clockOffsetMs;
  if (kept === undefined || (kept !== null && Math.abs(offsetMs - kept) < NOTICEABLE_MS)) return false;
  const isSet = kept !== null;
  const noted = store.write(() => {
    store.remoteDesk.set('clockOffsetMs', offsetMs);
    if (isSet) {
      store.outbox.restartWaits(now);
      store.remoteDesk.set('listsAt', null);
      store.remoteDesk.set('fullScanAt', null);
    }
    return ok(undefined);
  });
  return noted.ok && isSet;
}
