import { describe, expect, it } from 'vitest';
import { countedAttempts, isLockedOut } from './lockout.ts';

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
