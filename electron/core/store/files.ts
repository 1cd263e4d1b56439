import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream, type ReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
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
 * Until its row is written nothing refers to it: it is held, and `removeUnused` passes it over.
 */
export interface FileStore {
  /** The file is held until `release`. */
  put(content: Buffer | Readable, limitBytes?: number): Promise<StoredFile>;
  /** The first half of put: for content that may still be refused once it is read. */
  stage(content: Buffer | Readable, limitBytes?: number): Promise<StagedFile>;
  /** The rows of files that were put are written, or never will be. One call for each put. */
  release(sha256: Iterable<string>): void;
  has(sha256: string): Promise<boolean>;
  sizeOf(sha256: string): Promise<number | null>;
  /** How much the disk has left for this user; null where the system does not tell. */
  freeBytes(): Promise<number | null>;
  /** Throws ENOENT through the stream's error event when the file is gone. */
  read(sha256: string, range?: { start: number; end: number }): ReadStream;
  remove(sha256: string): Promise<void>;
  /** Removes the file unless rows refer to it, or it was put a moment ago and its row follows. */
  removeUnused(sha256: string, isUsed: (sha256: string) => boolean): Promise<void>;
  /** The stored files that were last written before `at`, milliseconds UTC. */
  storedBefore(at: number): AsyncGenerator<string>;
  /** Removes what a kill left half written; files that are being written stay. */
  sweepIncoming(): Promise<void>;
}

export function createFileStore(folder: string): FileStore {
  const incoming = join(folder, 'incoming');
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a sha-256');
    return join(folder, sha256.slice(0, 2), sha256.slice(2));
  };
  const remove = (sha256: string): Promise<void> => rm(pathOf(sha256), { force: true });
  const holds = createHolds(remove);
  const writing = new Set<string>();
  const stage = async (content: Buffer | Readable, limitBytes = Number.MAX_SAFE_INTEGER) => {
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    const name = randomBytes(12).toString('hex');
    const temporary = join(incoming, name);
    const discard = async (): Promise<void> => {
      await rm(temporary, { force: true });
      writing.delete(name);
    };
    writing.add(name);
    try {
      const stored = await writeTemporary(temporary, content, limitBytes);
      const place = (): Promise<void> => moveTo(temporary, pathOf(stored.sha256), stored.sizeBytes);
      const keep = async (): Promise<StoredFile> => {
        try {
          await holds.keep(stored.sha256, place);
          return stored;
        } finally {
          await discard();
        }
      };
      return { ...stored, discard, keep };
    } catch (error) {
      await discard();
      throw error;
    }
  };
  return {
    put: async (content, limitBytes) => (await stage(content, limitBytes)).keep(),
    stage,
    release: holds.release,
    has: (sha256) =>
      access(pathOf(sha256), constants.R_OK).then(
        () => true,
        () => false,
      ),
    sizeOf,
    freeBytes: () => freeBytes(folder),
    read: (sha256, range) => createReadStream(pathOf(sha256), range),
    remove,
    removeUnused: holds.removeUnused,
    storedBefore: (at) => storedBefore(folder, at),
    sweepIncoming: async () => {
      const left = await readdir(incoming).catch(() => []);
      for (const name of left) if (!writing.has(name)) await rm(join(incoming, name), { force: true });
    },
  };

  function sizeOf(sha256: string): Promise<number | null> {
    return fileSize(pathOf(sha256));
  }
}

/** The folder is made with its first file; until then the one above it tells. */
function freeBytes(folder: string): Promise<number | null> {
  return statfs(folder)
    .catch(() => statfs(dirname(folder)))
    .then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    );
}

function fileSize(path: string): Promise<number | null> {
  return stat(path).then(
    (found) => found.size,
    () => null,
  );
}

/**
 * Content is shared: while one ticket's files are purged, the same content may come in for another. Keeping waits
 * for a removal that runs, and whoever removes passes over what is held.
 */
function createHolds(remove: (sha256: string) => Promise<void>) {
  const held = new Map<string, number>();
  const removing = new Map<string, Promise<void>>();
  const release = (hashes: Iterable<string>): void => {
    for (const sha256 of hashes) {
      const left = (held.get(sha256) ?? 0) - 1;
      if (left > 0) held.set(sha256, left);
      else held.delete(sha256);
    }
  };
  return {
    release,
    async keep(sha256: string, place: () => Promise<void>): Promise<void> {
      while (removing.has(sha256)) await removing.get(sha256)?.catch(() => undefined);
      held.set(sha256, (held.get(sha256) ?? 0) + 1);
      await place().catch((error: unknown) => {
        release([sha256]);
        throw error;
      });
    },
    async removeUnused(sha256: string, isUsed: (sha256: string) => boolean): Promise<void> {
      if (held.has(sha256) || isUsed(sha256)) return;
      const removal = remove(sha256).finally(() => removing.delete(sha256));
      removing.set(sha256, removal);
      await removal;
    },
  };
}

async function* storedBefore(folder: string, at: number): AsyncGenerator<string> {
  const subfolders = await readdir(folder).catch(() => []);
  for (const start of subfolders.filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const rest of await readdir(join(folder, start))) {
      const found = await stat(join(folder, start, rest)).catch(() => null);
      if (found && found.mtimeMs < at && /^[0-9a-f]{62}$/.test(rest)) yield start + rest;
    }
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
      // Not write(): on a disk that is nearly full it answers that it wrote a part, and calls that no error.
      await handle.writeFile(bytes);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

async function moveTo(temporary: string, target: string, sizeBytes: number): Promise<void> {
  const made = await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  try {
    await rename(temporary, target);
  } catch (error) {
    // Windows does not replace a file that somebody reads; by its name it is the same one.
    if ((await fileSize(target)) !== sizeBytes) throw error;
  }
  await syncFolder(dirname(target));
  if (made !== undefined) await syncFolder(dirname(made));
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
