import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { storeError } from './store.ts';

/** Held by the one process that owns a workspace. */
export interface WorkspaceLock {
  release(): void;
}

/**
 * Takes the workspace for this process, or answers `database_busy`. The lock is SQLite's own on a separate
 * file, so the system frees it when the owner dies, kill -9 included, and it works the same on every system.
 */
export function takeLock(file: string): Result<WorkspaceLock> {
  let db: Database.Database | undefined;
  try {
    createPrivateFile(file);
    db = new Database(file, { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
    const held = db;
    return ok({ release: () => held.close() });
  } catch (error) {
    db?.close();
    return err(storeError(error) ?? appErrorOf('folder_not_writable', { details: { path: file } }));
  }
}

/**
 * SQLite would create the file readable for everybody. Only ever creates: closing a handle on an existing
 * database file would drop the locks that this process holds on it.
 */
export function createPrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
