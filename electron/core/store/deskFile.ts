import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import { type Db, openConnection } from './connection.ts';
import { createPrivateFile } from './lock.ts';
import { type Migration, migrate, schemaVersion } from './migrate.ts';
import { storeError } from './store.ts';
import { readWorkspaceId } from './workspaceId.ts';

/** What desk.db turned out to be, found out without writing a byte of it. */
export type DeskFile =
  | { readonly kind: 'new' }
  | { readonly kind: 'current' }
  | { readonly kind: 'older'; readonly version: number; readonly workspaceId: string }
  | { readonly kind: 'unusable'; readonly error: AppError };

/** Looks at the database through a read-only connection: a newer or damaged file must stay as it is. */
export function inspectDeskFile(file: string, migrations: readonly Migration[]): DeskFile {
  const newest = migrations.length;
  try {
    if (!existsSync(file) || statSync(file).size === 0) return { kind: 'new' };
    const db = new Database(file, { readonly: true, timeout: 5000 });
    try {
      const version = schemaVersion(db);
      const tables = Number(
        db.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").pluck().get(),
      );
      if (version === 0 && tables === 0) return { kind: 'new' };
      if (version > newest) return { kind: 'unusable', error: tooNew(version, newest) };
      if (version === 0 || isTruncated(db, file))
        return { kind: 'unusable', error: appErrorOf('database_corrupt') };
      if (version === newest) return { kind: 'current' };
      return { kind: 'older', version, workspaceId: readWorkspaceId(db) ?? '' };
    } finally {
      db.close();
    }
  } catch (error) {
    return { kind: 'unusable', error: storeError(error) ?? appErrorOf('database_corrupt') };
  }
}

function tooNew(version: number, newest: number): AppError {
  return appErrorOf('database_too_new', { details: { schema: version, newestKnown: newest } });
}

/** A copy that broke off: SQLite would notice only when it needs a missing page. */
function isTruncated(db: Db, file: string): boolean {
  if (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size) return false;
  const pages = Number(db.pragma('page_count', { simple: true }));
  return statSync(file).size < pages * Number(db.pragma('page_size', { simple: true }));
}

/** Makes a new desk by replaying every migration in one transaction: killed half-way it is still new. */
export function createDeskFile(file: string, migrations: readonly Migration[]): Db {
  createPrivateFile(file);
  const db = openConnection(file);
  try {
    db.transaction(() => migrate(db, migrations)).immediate();
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}
