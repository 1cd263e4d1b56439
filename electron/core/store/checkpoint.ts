import type { Db } from './connection.ts';

/** Moves what the WAL holds into the file, as far as readers allow, without waiting for anybody. */
export function checkpoint(db: Db): void {
  db.pragma('wal_checkpoint(PASSIVE)');
}

/** Empties the WAL, so that the file alone is the whole desk. */
export function checkpointAll(db: Db): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}
