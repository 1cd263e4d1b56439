import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** scrypt as RFC 7914 names its parameters; they are stored, so that a later version may ask for more. */
const scryptParameters = z.strictObject({
  N: z
    .number()
    .int()
    .min(2)
    .max(2 ** 22),
  r: z.number().int().min(1).max(32),
  p: z.number().int().min(1).max(16),
  salt: z.base64(),
});
const keyId = z.string().regex(/^[0-9a-f]{16}$/);

const keyFileContent = z.discriminatedUnion('kind', [
  z.strictObject({ version: z.literal(1), kind: z.literal('key'), keyId, key: z.base64() }),
  z.strictObject({
    version: z.literal(1),
    kind: z.literal('passphrase'),
    keyId,
    scrypt: scryptParameters,
    /** The key, sealed with the one that the passphrase derives. */
    wrapped: z.string(),
  }),
]);
export type KeyFileContent = z.infer<typeof keyFileContent>;

export type KeyFileReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly content: KeyFileContent }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unreadable'; readonly cause: string };

export function readKeyFile(file: string): KeyFileReading {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return cause === 'ENOENT' ? { kind: 'none' } : { kind: 'unreadable', cause };
  }
  try {
    const parsed = keyFileContent.safeParse(JSON.parse(text));
    return parsed.success ? { kind: 'found', content: parsed.data } : { kind: 'damaged' };
  } catch {
    return { kind: 'damaged' };
  }
}

/**
 * Puts `content` in the file's place, for its owner alone. `verify` sees what was really written before it takes
 * the old one's place; a kill at any moment leaves the old file or the new one, whole. Throws what fs throws.
 */
export async function writeKeyFile(
  file: string,
  content: KeyFileContent,
  verify: (written: KeyFileReading) => Promise<boolean>,
): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeDurably(temporary, `${JSON.stringify(content)}\n`);
    if (!(await verify(readKeyFile(temporary))))
      throw new Error('the key file reads differently than it was written');
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(file));
}

export function removeKeyFile(file: string): void {
  rmSync(file, { force: true });
  syncFolder(dirname(file));
}

/** Out of the way, not away: it may be the key of a backup, and so may one that was put aside before. */
export function setKeyFileAside(file: string): void {
  try {
    let aside = `${file}.old`;
    for (let number = 2; existsSync(aside); number += 1) aside = `${file}.old-${number}`;
    renameSync(file, aside);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  syncFolder(dirname(file));
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    // The rights of a new file lose what the umask takes, and Windows has none of them.
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Windows can't open folders and needs no such step. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
