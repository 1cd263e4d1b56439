import { describe, expect, it } from 'vitest';
import {
  countedAttempts,
  everywherePolicy,
  isLockedOut,
  lockKey,
  lockPlace,
  parseLockKey,
} from './lockout.ts';

const policy = { attempts: 3, minutes: 5 };
const MINUTE = 60_000;

describe('lockout', () => {
  it.each([
    { failed: undefined, now: 0, counted: 0, locked: false },
    { failed: { attempts: 1, lastAt: 0 }, now: 1, counted: 1, locked: false },
    { failed: { attempts: 2, lastAt: 0 }, now: MINUTE, counted: 2, locked: false },
    { failed: { attempts: 3, lastAt: 0 }, now: MINUTE, counted: 3, locked: true },
    { failed: { attempts: 9, lastAt: 0 }, now: MINUTE, counted: 9, locked: true },
    { failed: { attempts: 3, lastAt: 0 }, now: 5 * MINUTE, counted: 3, locked: true },
    { failed: { attempts: 3, lastAt: 0 }, now: 5 * MINUTE + 1, counted: 0, locked: false },
  ])('counts $counted of $failed at $now ms', ({ failed, now, counted, locked }) => {
    expect(countedAttempts(failed, policy, now)).toBe(counted);
    expect(isLockedOut(failed, policy, now)).toBe(locked);
  });
});

describe('what failures are counted under', () => {
  it.each([
    ['127.0.0.1', 'peer', { kind: 'this_machine' }],
    ['::1', 'peer', { kind: 'this_machine' }],
    ['10.0.0.1', 'peer', { kind: 'address', address: '10.0.0.1' }],
    ['10.0.0.1', 'caller', { kind: 'address', address: '10.0.0.1' }],
    ['127.0.0.1', 'caller', { kind: 'address', address: '127.0.0.1' }],
  ] as const)('%s of the %s', (address, source, place) => {
    expect(lockPlace(address, source)).toEqual(place);
  });

  it('is read as it was written', () => {
    const subjects = [
      { kind: 'staff', staffId: 12 },
      { kind: 'nobody', nameHash: 'ab12' },
    ] as const;
    const places = [
      { kind: 'address', address: '2001:db8::1' },
      { kind: 'this_machine' },
      { kind: 'everywhere' },
      { kind: 'profile' },
    ] as const;
    const all = subjects.flatMap((subject) => places.map((place) => ({ subject, place })));
    for (const { subject, place } of all)
      expect(parseLockKey(lockKey(subject, place))).toEqual({ subject, place });
    expect(new Set(all.map(({ subject, place }) => lockKey(subject, place))).size).toBe(all.length);
  });

  it('is not what an older version stored', () => {
    for (const key of ['10.0.0.1', 'account sam from 10.0.0.1', 'profile 2'])
      expect(parseLockKey(key)).toBeNull();
  });

  it('is larger over all addresses, for as long', () => {
    expect(everywherePolicy(policy)).toEqual({ attempts: 30, minutes: 5 });
  });
});
