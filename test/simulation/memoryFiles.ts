import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FileStore } from '../../electron/core/store/files.ts';

export interface MemoryFiles extends FileStore {
  bytesOf(sha256: string): Buffer | undefined;
}

/** A desk's files in memory; `isFull` = the disk takes nothing more. */
export function memoryFiles(isFull: () => boolean): MemoryFiles {
  const files = new Map<string, Buffer>();
  const put: FileStore['put'] = async (content) => {
    const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
    if (isFull()) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.set(sha256, bytes);
    return { sha256, sizeBytes: bytes.length };
  };
  return {
    put,
    bytesOf: (sha256) => files.get(sha256),
    stage: async (content) => {
      const stored = await put(content);
      return { ...stored, keep: async () => stored, discard: async () => {} };
    },
    release: () => {},
    has: async (sha256) => files.has(sha256),
    sizeOf: async (sha256) => files.get(sha256)?.length ?? null,
    read: (sha256) => {
      const bytes = files.get(sha256);
      if (!bytes) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      // Of a file's stream only its bytes are asked for.
      return Readable.from([bytes]) as ReturnType<FileStore['read']>;
    },
    remove: async (sha256) => {
      files.delete(sha256);
    },
    removeUnused: async (sha256, isUsed) => {
      if (!isUsed(sha256)) files.delete(sha256);
    },
    storedBefore: async function* () {},
    sweepIncoming: async () => {},
    freeBytes: async () => Number.MAX_SAFE_INTEGER,
  };
}
