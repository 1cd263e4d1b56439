import { setImmediate } from 'node:timers/promises';
import { ok, type Result } from '../../../shared/util/result.ts';
import type { ServiceDeps } from './context.ts';

const SLICE_MS = 15;

/** How a long run reports, and how it is told to stop. */
export interface SlicedRun {
  readonly signal?: AbortSignal;
  progress(done: number, total: number): void;
}

/**
 * Works through many items in transactions of at most about 15 ms, so that a change of ten thousand tickets does
 * not hold up the window. The first error, or the signal, ends the run; the slices before it stay (one group,
 * undone together).
 */
export async function runSliced<T>(
  deps: ServiceDeps,
  items: readonly T[],
  work: (item: T) => Result<void>,
  run?: SlicedRun,
): Promise<Result<void>> {
  let next = 0;
  while (next < items.length && !run?.signal?.aborted) {
    const slice = deps.store.write(() => {
      const endAt = deps.clock.now() + SLICE_MS;
      do {
        const item = items[next];
        if (item === undefined) break;
        const result = work(item);
        if (!result.ok) return result;
        next += 1;
      } while (next < items.length && deps.clock.now() < endAt);
      return ok(undefined);
    });
    if (!slice.ok) return slice;
    run?.progress(next, items.length);
    if (next < items.length) await setImmediate();
  }
  return ok(undefined);
}
