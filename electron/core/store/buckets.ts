import type { Db } from './connection.ts';

/** Ids per bucket = 2^BUCKET_SHIFT; the triggers of migration 0001 shift by the same number. */
const BUCKET_SHIFT = 12;

/** Live rows of one run of ids. Lists of these come highest bucket first. */
export interface BucketSum {
  readonly bucket: number;
  readonly rows: number;
}

/** Reads live ids of [fromId, belowId), highest first, after skipping some. */
export type BucketScan = (fromId: number, belowId: number, limit: number, skip: number) => number[];

/** The ids of a numbered page, highest id first, reading inside the page's own buckets only. */
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
    const fromId = bucket * 2 ** BUCKET_SHIFT;
    ids.push(...scan(fromId, fromId + 2 ** BUCKET_SHIFT, limit - ids.length, skip));
    skip = 0;
  }
  return ids;
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
