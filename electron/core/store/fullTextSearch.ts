import { openConnection } from './connection.ts';

/** Whether this build of SQLite has FTS5: without it nothing can be searched. */
export function hasFullTextSearch(): boolean {
  const db = openConnection(':memory:');
  try {
    db.exec('CREATE VIRTUAL TABLE probe USING fts5(body)');
    return true;
  } catch {
    return false;
  } finally {
    db.close();
  }
}
