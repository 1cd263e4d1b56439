import type { Clock } from '../ports/clock.ts';
import type { Db } from './connection.ts';
import type { Reader } from './reader/readerPort.ts';

/** So many changed rows are a few megabytes of WAL. With more, pages are looked for in a larger WAL, and lists come slower. */
const MANY_ROWS = 2_000;
/** Whatever was written is in the file after so long. */
const LATEST_MS = 60_000;

/** Brings the WAL into the file now and then, from the reader's thread: a checkpoint waits for the disk. */
export interface WalKeeper {
  /** Looks whether it is time; called a few times a second. */
  tend(): Promise<void>;
}

export function createWalKeeper(db: Db, reader: Pick<Reader, 'checkpoint'>, clock: Clock): WalKeeper {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  let doneChanges = 0;
  let doneAt = clock.now();
  return {
    tend: async () => {
      const [changed, now] = [changes.get() ?? 0, clock.now()];
      const isTime = changed - doneChanges >= MANY_ROWS || Math.abs(now - doneAt) >= LATEST_MS;
      if (changed === doneChanges || !isTime) return;
      [doneChanges, doneAt] = [changed, now];
      await reader.checkpoint();
    },
  };
}
