import { createHash, timingSafeEqual } from 'node:crypto';

/** Tokens are 60 random letters and digits, so one round of SHA-256 is enough: there is nothing to guess. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Compares without telling by time where two hashes differ. */
export function isSameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
