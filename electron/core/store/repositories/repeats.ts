import type { Db } from '../connection.ts';

export interface RepeatRow {
  readonly requestHash: Buffer;
  readonly body: string;
}

/** The answers that a repeated request gets again: one for each caller and key. */
export function createRepeatRepository(db: Db) {
  const find = db.prepare<[string, Buffer, number], RepeatRow>(
    `SELECT request_hash AS requestHash, body FROM api_repeats
     WHERE caller = ? AND key_hash = ? AND created_at >= ?`,
  );
  const put = db.prepare(
    `INSERT OR REPLACE INTO api_repeats (caller, key_hash, request_hash, body, created_at)
     VALUES (@caller, @keyHash, @requestHash, @body, @now)`,
  );
  const removeAll = db.prepare('DELETE FROM api_repeats WHERE caller = ?');
  const removeBefore = db.prepare(
    `DELETE FROM api_repeats WHERE (caller, key_hash) IN (
       SELECT caller, key_hash FROM api_repeats WHERE created_at < ? LIMIT ?)`,
  );
  return {
    find: (caller: string, keyHash: Buffer, notBefore: number): RepeatRow | undefined =>
      find.get(caller, keyHash, notBefore),
    put: (row: RepeatRow & { caller: string; keyHash: Buffer; now: number }): void => {
      put.run(row);
    },
    removeAll: (caller: string): void => {
      removeAll.run(caller);
    },
    /** Answers how many went; fewer than `limit` means that none are left. */
    removeBefore: (before: number, limit: number): number => removeBefore.run(before, limit).changes,
  };
}
