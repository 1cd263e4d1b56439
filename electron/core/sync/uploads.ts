import type { Upload } from '../../../shared/contract/sync.ts';
import type { UploadWatch } from './remote.ts';

/** Messages with files that are on their way at this moment; it is never written down. */
export interface Uploads {
  list(): Upload[];
  /** Breaks one off before it has left whole; false when it is too late for that. */
  stop(id: number): boolean;
  /** Knows of one as long as it is on its way. */
  follow<T>(upload: Upload, send: (watch: UploadWatch) => Promise<T>): Promise<T>;
}

export function createUploads(): Uploads {
  const running = new Map<number, { upload: Upload; readonly stop: AbortController }>();
  return {
    list: () => [...running.values()].map(({ upload }) => upload),
    stop: (id) => {
      const one = running.get(id);
      if (!one || one.upload.sentBytes >= one.upload.sizeBytes) return false;
      one.stop.abort();
      return true;
    },
    follow: async (upload, send) => {
      const one = { upload, stop: new AbortController() };
      running.set(upload.id, one);
      const onSent = (bytes: number): void => {
        // What the form adds to its files counts for nothing.
        one.upload = { ...upload, sentBytes: Math.min(bytes, upload.sizeBytes) };
      };
      try {
        return await send({ signal: one.stop.signal, onSent });
      } finally {
        running.delete(upload.id);
      }
    },
  };
}
