import { describe, expect, it } from 'vitest';
import { type Activity, pauseBetweenRuns } from './syncPace.ts';

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;
const pause = (change: Partial<Activity>) =>
  pauseBetweenRuns(
    {
      ...{ attendedAt: null, movedAt: null, failures: 0, hasNew: false, chance: 0.5 },
      ...{ isOnBattery: false, isLocked: false },
      ...change,
    },
    NOW,
  );

describe('the time between two runs', () => {
  it.each<[string, Partial<Activity>, number]>([
    ['what was written here goes out at once', { hasNew: true }, 0],
    ['somebody looks, and something is going on', { attendedAt: NOW, movedAt: NOW - MINUTE }, 15_000],
    ['somebody looks, and all is calm', { attendedAt: NOW - MINUTE, movedAt: NOW - 6 * MINUTE }, 30_000],
    ['nobody has looked for two minutes', { attendedAt: NOW - 2 * MINUTE, movedAt: NOW }, 2 * MINUTE],
    ['nobody has looked for an hour', { attendedAt: NOW - 60 * MINUTE }, 5 * MINUTE],
    ['no window was ever open', {}, 5 * MINUTE],
    ['the screen is locked', { attendedAt: NOW, movedAt: NOW, isLocked: true }, 2 * MINUTE],
    ['on battery, something is going on', { attendedAt: NOW, movedAt: NOW, isOnBattery: true }, 15_000],
    ['on battery, all is calm', { attendedAt: NOW, isOnBattery: true }, MINUTE],
    ['on battery, nobody looks', { attendedAt: NOW - 2 * MINUTE, isOnBattery: true }, 5 * MINUTE],
    ['on battery, nobody has looked for an hour', { isOnBattery: true }, 15 * MINUTE],
    ['on battery what was written here goes out at once, too', { isOnBattery: true, hasNew: true }, 0],
    ['the server is away', { failures: 1, attendedAt: NOW }, 5_000],
    ['what is new does not hurry a server that is away', { failures: 1, hasNew: true }, 5_000],
    ['and still away', { failures: 4, attendedAt: NOW }, 40_000],
    ['and for long', { failures: 900 }, 2 * MINUTE],
  ])('%s', (_, activity, ms) => expect(pause(activity)).toBe(ms));

  it('differs from desk to desk, by a quarter up or down', () => {
    expect(pause({ failures: 1, chance: 0 })).toBe(3_750);
    expect(pause({ failures: 1, chance: 1 })).toBe(6_250);
  });
});
