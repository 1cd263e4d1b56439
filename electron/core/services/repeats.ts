import { setImmediate } from 'node:timers/promises';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { isSameHash } from '../access/tokenHash.ts';
import type { ApiActor } from '../domain/actor.ts';
import type { ServiceDeps } from './context.ts';

/** As long as a program may be away before it asks again. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const REMOVED_AT_ONCE = 1000;

/** A request that says by a key of its own that it may come twice. */
export interface RepeatableRequest {
  /** As `callerOf` writes it. */
  readonly caller: string;
  readonly keyHash: Buffer;
  readonly requestHash: Buffer;
}

/** Whose keys these are: nobody meets another's. */
export function callerOf(actor: ApiActor): string {
  return actor.kind === 'token' ? `token ${actor.tokenId}` : `staff ${actor.staffId}`;
}

/** What the first such request was answered, if there was one. Another request under its key: idempotency_key_reused. */
export function earlierAnswer(deps: ServiceDeps, request: RepeatableRequest): Result<string | undefined> {
  const notBefore = deps.clock.now() - KEPT_MS;
  const found = deps.store.repeats.find(request.caller, request.keyHash, notBefore);
  if (!found) return ok(undefined);
  return isSameHash(found.requestHash, request.requestHash)
    ? ok(found.body)
    : err(appErrorOf('idempotency_key_reused'));
}

/**
 * Does it once and remembers the answer in the same transaction: of two at once, and after a kill, one has the
 * effect and both get the same answer. What fails is not remembered.
 */
export function doOnce(
  deps: ServiceDeps,
  request: RepeatableRequest,
  effect: () => Result<string>,
): Result<{ body: string; isRepeat: boolean }> {
  return deps.store.write<{ body: string; isRepeat: boolean }>(() => {
    const earlier = earlierAnswer(deps, request);
    if (!earlier.ok) return earlier;
    if (earlier.value !== undefined) return ok({ body: earlier.value, isRepeat: true });
    const done = effect();
    if (!done.ok) return done;
    deps.store.repeats.put({ ...request, body: done.value, now: deps.clock.now() });
    return ok({ body: done.value, isRepeat: false });
  });
}

/** Forgets the answers of more than 30 days, some at a time. */
export async function removeOldRepeats(
  { store, clock }: Pick<ServiceDeps, 'store' | 'clock'>,
  stopping: AbortSignal = new AbortController().signal,
): Promise<void> {
  const before = clock.now() - KEPT_MS;
  while (!stopping.aborted && store.repeats.removeBefore(before, REMOVED_AT_ONCE) === REMOVED_AT_ONCE) {
    await setImmediate();
  }
}
