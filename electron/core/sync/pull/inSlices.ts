import { setImmediate } from 'node:timers/promises';
import { type SyncContext, writeRead } from '../context.ts';

/** How long one transaction may hold the window up. */
const SLICE_MS = 8;

/** A slice of work on rows that were read: takes from `items` until its time is over. Answers whether it was long. */
export function slice<T>(sync: SyncContext, items: T[], apply: (item: T) => void): boolean {
  const { clock } = sync.deps;
  const startAt = clock.now();
  writeRead(sync, () => {
    let item = items.shift();
    while (item !== undefined) {
      apply(item);
      if (clock.now() - startAt >= SLICE_MS) break;
      item = items.shift();
    }
  });
  return clock.now() - startAt >= SLICE_MS / 2;
}

/** Applies rows that were read, many in a transaction, and lets others in between. */
export async function inSlices<T>(
  sync: SyncContext,
  items: readonly T[],
  apply: (item: T) => void,
): Promise<void> {
  const left = [...items];
  while (left.length > 0) if (slice(sync, left, apply)) await setImmediate();
}
