import { createHash } from 'node:crypto';
import { Secret } from 'otpauth';
import type { Ids } from '../ports/ids.ts';
import { hashToken } from './tokenHash.ts';

const CODES = 10;
/** 80 bits, 16 letters and digits of base32: one round of SHA-256 leaves nothing to guess. */
const CODE_BYTES = 10;
const CODE = /^[a-z2-7]{16}$/;

/** Ten new codes as people write them down: `abcd-efgh-ijkl-mnop`. */
export function newRecoveryCodes(ids: Ids): string[] {
  return Array.from({ length: CODES }, () => {
    const bytes = createHash('sha256').update(ids.secret(40)).digest().subarray(0, CODE_BYTES);
    const letters = new Secret({ buffer: new Uint8Array(bytes).buffer }).base32.toLowerCase();
    return letters.match(/.{4}/g)?.join('-') ?? '';
  });
}

/** What is stored of a code, however it was typed; null for what can't be one. */
export function recoveryCodeHash(typed: string): Buffer | null {
  const letters = typed
    .toLowerCase()
    .replace(/[\s-]/g, '')
    // Not in base32, and read for these.
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('8', 'b');
  return CODE.test(letters) ? hashToken(letters) : null;
}
