import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

export interface RotatingFile {
  write(line: string): void;
  close(): void;
}

/**
 * Appends lines to `file`; once it would pass `maxBytes` it becomes `file.1`, the older ones move up, and at
 * most `keep` old ones stay. A log that cannot be written (disk full) never stops the desk.
 */
export function openRotatingFile(file: string, maxBytes: number, keep: number): RotatingFile {
  let handle: number | null = null;
  let sizeBytes = 0;
  const open = (): void => {
    handle = openSync(file, 'a', 0o600);
    sizeBytes = fstatSync(handle).size;
  };
  const close = (): void => {
    if (handle !== null) closeSync(handle);
    handle = null;
  };
  const rotate = (): void => {
    close();
    rmSync(`${file}.${keep}`, { force: true });
    for (let number = keep - 1; number >= 0; number -= 1) {
      const from = number === 0 ? file : `${file}.${number}`;
      try {
        renameSync(from, `${file}.${number + 1}`);
      } catch {
        // There are not yet that many.
      }
    }
    open();
  };
  return {
    write(line) {
      try {
        if (handle === null) open();
        const bytes = Buffer.from(line);
        if (sizeBytes > 0 && sizeBytes + bytes.length > maxBytes) rotate();
        if (handle !== null) sizeBytes += writeSync(handle, bytes);
      } catch {
        close();
      }
    },
    close,
  };
}
