import { expect, it } from 'vitest';
import { threadTime } from './threadTime.ts';

const now = Date.UTC(2026, 2, 12, 12, 0);

it.each([
  [Date.UTC(2026, 2, 12, 9, 5), 'UTC', '09:05'],
  [Date.UTC(2026, 2, 10, 9, 5), 'UTC', 'Tue 09:05'],
  [Date.UTC(2026, 2, 1, 9, 5), 'UTC', '1 Mar, 09:05'],
  [Date.UTC(2025, 11, 31, 9, 5), 'UTC', '31 Dec 2025'],
  // A sender's clock that runs ahead.
  [Date.UTC(2026, 2, 14, 9, 5), 'UTC', '14 Mar, 09:05'],
  // Already the next day in Tokyo.
  [Date.UTC(2026, 2, 11, 15, 30), 'Asia/Tokyo', '00:30'],
])('%i in %s reads %s', (at, timeZone, text) => {
  expect(threadTime(at, now, timeZone)).toBe(text);
});
