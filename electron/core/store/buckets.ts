import type { Db } from './connection.ts';

/** Numbers per bucket = 2^BUCKET_SHIFT; the triggers of migration 0006 shift by the same number. */
const BUCKET_SHIFT = 12;

/** Live rows of one run of numbers. Lists of these come highest bucket first. */
export interface BucketSum {
  readonly bucket: number;
  readonly rows: number;
}

/** A part of the live rows between two numbers. */
export interface NumberRun {
  readonly from: number;
  readonly below: number;
  readonly isAscending: boolean;
  readonly limit: number;
  readonly skip: number;
}

/** Reads live ids in a run of numbers, after skipping some. */
export type BucketScan = (run: NumberRun) => number[];

/** The ids of a numbered page, highest number first, reading inside the page's own buckets only. */
export function pageOfBuckets(
  sums: readonly BucketSum[],
  offset: number,
  limit: number,
  scan: BucketScan,
): number[] {
  const ids: number[] = [];
  let skip = offset;
  for (const { bucket, rows } of sums) {
    if (ids.length === limit) break;
    if (skip >= rows) {
      skip -= rows;
      continue;
    }
    const from = bucket * 2 ** BUCKET_SHIFT;
    const below = from + 2 ** BUCKET_SHIFT;
    ids.push(...scan({ from, below, isAscending: false, limit: limit - ids.length, skip }));
    skip = 0;
  }
  return ids;
}

/** Makes one thing for each key: lists have a statement for every shape of filter. */
export function onePerKey<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}

/**
 * Remembers answers for as long as nothing at all was written. A scripted scan of all pages asks for the same
 * sums thousands of times. Inside a transaction nothing is remembered: a rollback would not be noticed.
 */
export function createUnchangedCache<T>(db: Db): (key: string, read: () => T) => T {
  const ownChanges = db.prepare<[], number>('SELECT total_changes()').pluck();
  const foreignChanges = db.prepare<[], number>('PRAGMA data_version').pluck();
  const known = new Map<string, T>();
  let version = '';
  return (key, read) => {
    if (db.inTransaction) return read();
    const current = `${ownChanges.get()} ${foreignChanges.get()}`;
    if (current !== version) known.clear();
    version = current;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const fresh = read();
    known.set(key, fresh);
    return fresh;
  };
}
