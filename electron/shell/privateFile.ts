import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Replaces a small file of the window's own, readable by this user only. Returns false when it could not: what
 * is kept here (window size, session) is a comfort and never worth an error.
 */
export function writePrivateFile(file: string, content: string | Uint8Array): boolean {
  const temporary = `${file}.tmp`;
  try {
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, file);
    return true;
  } catch {
    rmSync(temporary, { force: true });
    return false;
  }
}
