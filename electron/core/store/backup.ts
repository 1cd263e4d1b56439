import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Db } from './connection.ts';

const PAGES_PER_STEP = 1000;

/**
 * Copies an open database through SQLite's online backup and answers when the copy is durable: temporary name,
 * fsync, rename. Never by copying the file: that would drop our locks and miss what lies in the WAL.
 */
export async function backUp(
  db: Db,
  target: string,
  onProgress: (donePages: number, totalPages: number) => void = () => {},
): Promise<void> {
  const temporary = `${target}.part`;
  await rm(temporary, { force: true });
  try {
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
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
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
