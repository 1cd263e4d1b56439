import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;

function totpOf(secretBase32: string): TOTP {
  return new TOTP({
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
