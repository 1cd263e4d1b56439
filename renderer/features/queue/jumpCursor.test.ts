// @vitest-environment node
import { expect, it } from 'vitest';
import { cursorOfDay } from './jumpCursor.ts';

it('starts after the day when the newest come first, before it when the oldest do', () => {
  expect(cursorOfDay('2025-02-28', 'newest')).toEqual({ at: new Date(2025, 2, 1).getTime(), id: 0 });
  expect(cursorOfDay('2025-02-28', 'oldest')).toEqual({ at: new Date(2025, 1, 28).getTime(), id: 0 });
});

it.each(['', 'yesterday', '2025-2-1'])('is nothing for %j', (day) => {
  expect(cursorOfDay(day, 'newest')).toBeNull();
});
