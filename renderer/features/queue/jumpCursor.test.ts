// @vitest-environment node
import { expect, it } from 'vitest';
import { cursorOfDay } from './jumpCursor.ts';

const at = (iso: string) => ({ at: Date.parse(iso), id: 0 });

it('starts after the day when the newest come first, before it when the oldest do', () => {
  expect(cursorOfDay('2025-02-28', 'newest', 'UTC')).toEqual(at('2025-03-01T00:00:00Z'));
  expect(cursorOfDay('2025-02-28', 'oldest', 'UTC')).toEqual(at('2025-02-28T00:00:00Z'));
});

it('takes the day as the desk has it, also on the days its clocks change', () => {
  expect(cursorOfDay('2025-01-15', 'oldest', 'Asia/Tokyo')).toEqual(at('2025-01-15T00:00:00+09:00'));
  expect(cursorOfDay('2025-03-30', 'oldest', 'Europe/Berlin')).toEqual(at('2025-03-30T00:00:00+01:00'));
  expect(cursorOfDay('2025-03-30', 'newest', 'Europe/Berlin')).toEqual(at('2025-03-31T00:00:00+02:00'));
  expect(cursorOfDay('2025-11-02', 'newest', 'America/New_York')).toEqual(at('2025-11-03T00:00:00-05:00'));
});

it.each(['', 'yesterday', '2025-2-1'])('is nothing for %j', (day) => {
  expect(cursorOfDay(day, 'newest', 'UTC')).toBeNull();
});
