// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { exactTime, relativeTime } from './time.ts';

const now = Date.UTC(2025, 5, 15, 12, 0, 0);
const minutes = (count: number) => now - count * 60_000;

describe('relativeTime', () => {
  it.each([
    [minutes(0), 'now'],
    [minutes(0.99), 'now'],
    [minutes(-5), 'now'],
    [minutes(1), '1m'],
    [minutes(59.9), '59m'],
    [minutes(60), '1h'],
    [minutes(60 * 24 - 1), '23h'],
    [minutes(60 * 24), '1d'],
    [minutes(60 * 24 * 6.9), '6d'],
    [minutes(60 * 24 * 10), 'Jun 5'],
    [minutes(60 * 24 * 400), 'May 2024'],
  ])('%d is %s', (at, text) => {
    expect(relativeTime(at, now)).toBe(text);
  });

  it('names the day of the viewer’s zone', () => {
    const late = Date.UTC(2025, 4, 31, 23);
    expect(relativeTime(late, now, 'America/New_York')).toBe('May 31');
    expect(relativeTime(late, now, 'Asia/Tokyo')).toBe('Jun 1');
  });
});

describe('exactTime', () => {
  it('says day and time in the viewer’s zone', () => {
    expect(exactTime(now, 'Asia/Tokyo')).toBe('Sun, 15 Jun 2025, 21:00');
    expect(exactTime(now, 'America/New_York')).toBe('Sun, 15 Jun 2025, 08:00');
  });
});
