import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Db } from './connection.ts';
import { storeError } from './store.ts';

const PAGES_PER_STEP = 1000;

/**
 * Copies an open database through SQLite's online backup and answers when the copy is durable: temporary name,
 * fsync, rename. Never by copying the file: that would drop our locks and miss what lies in the WAL.
 * Answers `disk_full` or `folder_not_writable`; then there is no copy, not even a part of one.
 */
export async function backUp(
  db: Db,
  target: string,
  onProgress: (donePages: number, totalPages: number) => void = () => {},
): Promise<Result<void>> {
  const temporary = `${target}.part`;
  try {
    await rm(temporary, { force: true });
    await db.backup(temporary, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages - remainingPages, totalPages);
        return PAGES_PER_STEP;
      },
    });
    await syncPath(temporary);
    await rename(temporary, target);
    // Windows can't open folders and needs no such step.
    if (process.platform !== 'win32') await syncPath(dirname(target));
    return ok(undefined);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    return err(storeError(error) ?? appErrorOf('folder_not_writable', { details: { path: target } }));
  }
}

async function syncPath(path: string): Promise<void> {
  // Windows flushes only handles that may write.
  const handle = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
