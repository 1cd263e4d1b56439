import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Ids } from '../ports/ids.ts';

const PERIOD_S = 30;
/** RFC 4226, section 4, R6: 160 bits. */
const SECRET_BYTES = 20;

function totpOf(secretBase32: string, whose: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({
    ...whose,
    secret: Secret.fromBase32(secretBase32),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
  });
}

/**
 * The time step that `code` belongs to, one step either side of `now` (RFC 6238; behaviour.md part 1, «2FA»),
 * or null when it is wrong. A step at or before `lastStep` is null too: a code works once.
 */
export function acceptedTotpStep(
  secretBase32: string,
  code: string,
  now: number,
  lastStep: number | null,
): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secretBase32).validate({ token: code, timestamp: now, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(now / 1000 / PERIOD_S) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

/** A new secret, 32 characters of base32. */
export function newTotpSecret(ids: Ids): string {
  // 40 characters of 62 carry 238 bits; the hash only packs them into bytes.
  const bytes = createHash('sha256').update(ids.secret(40)).digest().subarray(0, SECRET_BYTES);
  return new Secret({ buffer: new Uint8Array(bytes).buffer }).base32;
}

/** What authenticator apps read from a QR code. */
export function totpUri(secretBase32: string, issuer: string, label: string): string {
  return totpOf(secretBase32, { issuer, label }).toString();
}
