import { setImmediate } from 'node:timers/promises';
import type { ServiceDeps } from './context.ts';

/** Long, for whoever puts an older backup of the database in place, looks, and goes back to the newer one. */
const GRACE_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Removes stored files that no row refers to: a kill between a file and its row, or between a purge and its files.
 * Purged means gone, after a power cut as well.
 */
export async function removeUnusedFiles(
  deps: ServiceDeps,
  stopping: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { isUsed } = deps.store.purge;
  for await (const sha256 of deps.files.storedBefore(deps.clock.now() - GRACE_MS)) {
    if (stopping.aborted) return;
    await deps.files.removeUnused(sha256, isUsed);
    await setImmediate();
  }
}
