import type { Db } from './connection.ts';

const KEY = 'workspaceId';

/** The desk's random name of itself: it keeps the cookies and caches of two desks apart. */
export function readWorkspaceId(db: Db): string | undefined {
  const stored = db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck().get(KEY);
  const value: unknown = stored === undefined ? undefined : JSON.parse(stored);
  return typeof value === 'string' ? value : undefined;
}

/** Reads it, or gives the desk `fresh` as its name for ever. */
export function ensureWorkspaceId(db: Db, fresh: string): string {
  const known = readWorkspaceId(db);
  if (known !== undefined) return known;
  db.prepare('INSERT INTO settings VALUES (?, ?)').run(KEY, JSON.stringify(fresh));
  return fresh;
}
