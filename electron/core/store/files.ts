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
    put: (content, limitBytes = Number.MAX_SAFE_INTEGER) => put(folder, pathOf, content, limitBytes),
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

async function put(
  folder: string,
  pathOf: (sha256: string) => string,
  content: Buffer | Readable,
  limitBytes: number,
): Promise<StoredFile> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const temporary = join(incoming, randomBytes(12).toString('hex'));
  const handle = await open(temporary, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
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
    const sha256 = hash.digest('hex');
    const target = pathOf(sha256);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return { sha256, sizeBytes };
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
