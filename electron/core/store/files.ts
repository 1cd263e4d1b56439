import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream, type ReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

export interface StoredFile {
  /** Lower-case hex; the file's name on disk. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Durable bytes that are not a stored file yet: exactly one of keep and discard must follow. */
export interface StagedFile extends StoredFile {
  /** Makes it a stored file; rows may refer to it afterwards. */
  keep(): Promise<StoredFile>;
  /** Removes the bytes; nothing that was stored before is touched. */
  discard(): Promise<void>;
}

/** The stream ended because `limitBytes` was passed; nothing was kept. */
export class FileTooLarge extends Error {
  readonly limitBytes: number;
  constructor(limitBytes: number) {
    super('file too large');
    this.limitBytes = limitBytes;
  }
}

/**
 * Content-addressed files below one folder: never a path built from a sender's name. A file is durable
 * (temporary name, fsync, rename, fsync of the folder) before its promise resolves, so rows may refer to it.
 */
export interface FileStore {
  put(content: Buffer | Readable, limitBytes?: number): Promise<StoredFile>;
  /** The first half of put: for content that may still be refused once it is read. */
  stage(content: Buffer | Readable, limitBytes?: number): Promise<StagedFile>;
  has(sha256: string): Promise<boolean>;
  sizeOf(sha256: string): Promise<number | null>;
  /** Throws ENOENT through the stream's error event when the file is gone. */
  read(sha256: string, range?: { start: number; end: number }): ReadStream;
  remove(sha256: string): Promise<void>;
}

export function createFileStore(folder: string): FileStore {
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a sha-256');
    return join(folder, sha256.slice(0, 2), sha256.slice(2));
  };
  return {
    put: async (content, limitBytes) => (await stage(folder, pathOf, content, limitBytes)).keep(),
    stage: (content, limitBytes) => stage(folder, pathOf, content, limitBytes),
    has: (sha256) =>
      access(pathOf(sha256), constants.R_OK).then(
        () => true,
        () => false,
      ),
    sizeOf: (sha256) =>
      stat(pathOf(sha256)).then(
        (found) => found.size,
        () => null,
      ),
    read: (sha256, range) => createReadStream(pathOf(sha256), range),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  };
}

async function stage(
  folder: string,
  pathOf: (sha256: string) => string,
  content: Buffer | Readable,
  limitBytes = Number.MAX_SAFE_INTEGER,
): Promise<StagedFile> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const temporary = join(incoming, randomBytes(12).toString('hex'));
  const discard = (): Promise<void> => rm(temporary, { force: true });
  try {
    const stored = await writeTemporary(temporary, content, limitBytes);
    return { ...stored, discard, keep: () => keep(temporary, pathOf(stored.sha256), stored) };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function writeTemporary(
  temporary: string,
  content: Buffer | Readable,
  limitBytes: number,
): Promise<StoredFile> {
  const handle = await open(temporary, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      sizeBytes += bytes.length;
      if (sizeBytes > limitBytes) throw new FileTooLarge(limitBytes);
      hash.update(bytes);
      await handle.write(bytes);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

async function keep(temporary: string, target: string, stored: StoredFile): Promise<StoredFile> {
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return stored;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A rename is durable only once its folder is on disk; Windows can't open folders and needs no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
