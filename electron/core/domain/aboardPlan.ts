/** A file of the remote, as far as fetching it ahead of time goes. */
export interface PlannedFile {
  readonly id: number;
  /** Of its message, milliseconds UTC. */
  readonly at: number;
  readonly sizeBytes: number;
  readonly isHere: boolean;
}

/** Left alone on the disk, whatever somebody wants to take along. */
const DISK_RESERVE_BYTES = 512 * 1024 * 1024;

/** How much more may be written; null = the system does not say how much is free. */
export function roomOnDisk(freeBytes: number | null): number {
  return freeBytes === null ? Number.MAX_SAFE_INTEGER : Math.max(0, freeBytes - DISK_RESERVE_BYTES);
}

/** A budget that counts what is here already, as far as the disk has room for the rest of it. */
export function budgetOnDisk(budgetBytes: number, hereBytes: number, freeBytes: number | null): number {
  return Math.min(budgetBytes, hereBytes + roomOnDisk(freeBytes));
}

const newestFirst = (a: PlannedFile, b: PlannedFile): number => b.at - a.at || b.id - a.id;
/** All of them together, in bytes. */
export const sizeOf = (files: readonly { readonly sizeBytes: number }[]): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/**
 * What to fetch of the files somebody takes along, the newest first. What is here already counts against the budget.
 * One that does not fit is passed over: an older, smaller one may.
 */
export function planTake<F extends PlannedFile>(
  files: readonly F[],
  budgetBytes: number,
): { readonly fetch: readonly F[]; readonly over: readonly F[] } {
  const fetch: F[] = [];
  const over: F[] = [];
  let left = budgetBytes - sizeOf(files.filter(({ isHere }) => isHere));
  for (const file of files.filter(({ isHere }) => !isHere).sort(newestFirst)) {
    if (file.sizeBytes > left) {
      over.push(file);
      continue;
    }
    fetch.push(file);
    left -= file.sizeBytes;
  }
  return { fetch, over };
}

/** A file that the standing budget may concern. */
export interface AheadFile extends PlannedFile {
  /** Of a ticket whose files are to be here. */
  readonly isWanted: boolean;
  /** It was fetched ahead, can be fetched again, and nobody takes it along. */
  readonly mayLeave: boolean;
}

/**
 * Keeps what is wanted within a budget, the newest first, and says what makes room for it: what is not wanted any more
 * before what is, the oldest first, and no more than is needed. Files that came another way count for nothing here.
 */
export function planAhead<F extends AheadFile>(
  files: readonly F[],
  budgetBytes: number,
): { readonly fetch: readonly F[]; readonly evict: readonly F[] } {
  const kept = new Set<F>();
  let left = budgetBytes;
  for (const file of files.filter(({ isWanted }) => isWanted).sort(newestFirst)) {
    if ((file.isHere && !file.mayLeave) || file.sizeBytes > left) continue;
    kept.add(file);
    left -= file.sizeBytes;
  }
  const fetch = [...kept].filter(({ isHere }) => !isHere);
  const leaving = files
    .filter((file) => file.mayLeave && file.isHere && !kept.has(file))
    .sort((a, b) => Number(a.isWanted) - Number(b.isWanted) || -newestFirst(a, b));
  let excess =
    sizeOf(files.filter(({ mayLeave, isHere }) => mayLeave && isHere)) + sizeOf(fetch) - budgetBytes;
  const evict: F[] = [];
  for (const file of leaving) {
    if (excess <= 0) break;
    evict.push(file);
    excess -= file.sizeBytes;
  }
  return { fetch, evict };
}
