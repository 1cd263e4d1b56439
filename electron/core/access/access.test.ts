import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { isAddressAllowed, isIpListEntry, plainAddress, splitIpList } from './ipList.ts';
import { hashPassword, verifyNobody, verifyPassword } from './passwords.ts';
import { hashToken, isSameHash } from './tokenHash.ts';
import { acceptedTotpStep } from './totp.ts';

describe('IP lists', () => {
  it.each([
    [[], '203.0.113.9', true],
    [['127.0.0.1'], '127.0.0.1', true],
    [['127.0.0.1'], '::ffff:127.0.0.1', true],
    [['127.0.0.1'], '127.0.0.10', false],
    [['127.0.0.*'], '127.0.0.10', true],
    [['127.0.0.*'], '127.0.1.1', false],
    [['10.1.*.*'], '10.1.2.3', true],
    [['10.1.*.*'], '10.11.2.3', false],
    [['10.*.*.*'], '10.200.2.3', true],
    [['10.*.*.*'], '110.2.2.3', false],
    [['10.0.0.1', '192.0.2.7'], '192.0.2.7', true],
    [['::1'], '::1', true],
    [['::1'], '::2', false],
    [['*.*.*.*'], '1.2.3.4', false],
    [['10.*'], '10.1.1.1', false],
  ])('%j allows %s: %s', (list, address, isAllowed) => {
    expect(isAddressAllowed(list as string[], address)).toBe(isAllowed);
  });

  it('may be written with commas, spaces or one entry each', () => {
    expect(splitIpList(['10.0.0.1,127.0.0.1', ' 192.0.2.* ', ''])).toEqual([
      '10.0.0.1',
      '127.0.0.1',
      '192.0.2.*',
    ]);
  });

  it('holds addresses and wildcards only', () => {
    for (const entry of ['10.0.0.1', '10.0.0.*', '10.0.*.*', '10.*.*.*', '::1'])
      expect(isIpListEntry(entry)).toBe(true);
    for (const entry of ['10.0.0', '*', '10.0.0.300', '300.0.0.*', 'host', '10.*.0.1']) {
      expect(isIpListEntry(entry)).toBe(false);
    }
    expect(plainAddress('::FFFF:10.0.0.1')).toBe('10.0.0.1');
  });
});

describe('passwords', () => {
  it('are stored as argon2id with their own salt and recognised', async () => {
    const [one, two] = await Promise.all([hashPassword('Adm1nPass'), hashPassword('Adm1nPass')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword(one, 'Adm1nPass')).toBe(true);
    expect(await verifyPassword(one, 'adm1npass')).toBe(false);
    expect(await verifyPassword('', 'Adm1nPass')).toBe(false);
    expect(await verifyNobody('the password of nobody')).toBe(false);
  });
});

describe('tokens', () => {
  it('are told apart by hash, letter case included', () => {
    expect(isSameHash(hashToken('abc'), hashToken('abc'))).toBe(true);
    expect(isSameHash(hashToken('abc'), hashToken('ABC'))).toBe(false);
    expect(isSameHash(hashToken('abc'), Buffer.alloc(3))).toBe(false);
  });
});

describe('one-time codes', () => {
  // RFC 6238, appendix B (SHA-1), last six digits.
  const secret = Secret.fromUTF8('12345678901234567890').base32;

  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ])('accepts the code of RFC 6238 at second %d', (second, code) => {
    expect(acceptedTotpStep(secret, code, second * 1000, null)).toBe(Math.floor(second / 30));
  });

  it('accepts one step either side and no more', () => {
    const now = 1_800_000_000_000;
    const codeAt = (steps: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + steps * 30_000 });
    const step = now / 30_000;
    expect([-2, -1, 0, 1, 2].map((steps) => acceptedTotpStep(secret, codeAt(steps), now, null))).toEqual([
      null,
      step - 1,
      step,
      step + 1,
      null,
    ]);
  });

  it('accepts a code once, and none from before it', () => {
    expect(acceptedTotpStep(secret, '287082', 59_000, 0)).toBe(1);
    expect(acceptedTotpStep(secret, '287082', 59_000, 1)).toBeNull();
    expect(acceptedTotpStep(secret, '287082', 89_000, 2)).toBeNull();
  });

  it('refuses what are not six digits', () => {
    for (const code of ['', '28708', '2870820', '28708a', ' 287082']) {
      expect(acceptedTotpStep(secret, code, 59_000, null)).toBeNull();
    }
  });
});
