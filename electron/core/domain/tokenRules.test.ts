import { describe, expect, it } from 'vitest';
import { isWorking, tokenStateAt } from '../../../shared/model/tokenState.ts';
import { startOfDay } from '../../../shared/util/startOfDay.ts';
import { isWithinOverlap, overlapUntil } from './tokenRules.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const HOUR = 3_600_000;
const on = { isActive: true };
const off = { isActive: false };

describe('the state of a token', () => {
  it.each([
    [true, null, null, 'active', true],
    [true, NOW + 1, null, 'expires', true],
    [true, NOW, null, 'expired', false],
    [true, NOW - 1, null, 'expired', false],
    [true, null, on, 'active', true],
    [true, NOW + 1, on, 'expires', true],
    [true, null, off, 'staff_off', false],
    [true, NOW + 1, off, 'staff_off', false],
    [true, NOW, off, 'expired', false],
    [false, null, null, 'off', false],
    [false, NOW + 1, null, 'off', false],
    [false, NOW, off, 'off', false],
  ] as const)(
    'switched on: %s, expires: %s, bound to %j: %s',
    (isActive, expiresAt, boundTo, state, works) => {
      const found = tokenStateAt({ isActive, expiresAt, boundTo }, NOW);
      expect(found).toBe(state);
      expect(isWorking(found)).toBe(works);
    },
  );
});

describe('the overlap of a token that was regenerated', () => {
  it.each([
    [0, null],
    [1, NOW + HOUR],
    [24, NOW + 24 * HOUR],
    [168, NOW + 168 * HOUR],
  ])('%s hours', (hours, until) => {
    expect(overlapUntil(NOW, hours)).toBe(until);
  });

  it.each([
    [null, false],
    [NOW - 1, false],
    [NOW, false],
    [NOW + 1, true],
  ])('until %s', (until, isWithin) => {
    expect(isWithinOverlap(until, NOW)).toBe(isWithin);
  });
});

describe('the start of a day', () => {
  it.each([
    ['2027-01-01', 'UTC', '2027-01-01T00:00:00.000Z'],
    ['2027-01-01', 'America/New_York', '2027-01-01T05:00:00.000Z'],
    ['2027-01-01', 'Asia/Kolkata', '2026-12-31T18:30:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'], // the day the clocks go forward
    ['2026-04-05', 'Pacific/Auckland', '2026-04-04T11:00:00.000Z'], // and back
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'], // there is no midnight on this day
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'], // nor on this one, east of Greenwich
  ])('%s in %s', (day, zone, start) => {
    expect(new Date(startOfDay(day, zone)).toISOString()).toBe(start);
  });
});
