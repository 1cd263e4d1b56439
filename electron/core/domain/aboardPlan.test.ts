import { describe, expect, it } from 'vitest';
import { type AheadFile, budgetOnDisk, planAhead, planTake, roomOnDisk } from './aboardPlan.ts';

const MB = 1024 * 1024;

describe('what is fetched of a take', () => {
  const file = (id: number, at: number, sizeBytes: number, isHere = false) => ({ id, at, sizeBytes, isHere });
  it.each([
    [
      'everything within the budget, newest first',
      [file(1, 10, 5), file(2, 30, 5), file(3, 20, 5)],
      15,
      [2, 3, 1],
    ],
    ['of one moment the higher id', [file(1, 10, 5), file(2, 10, 5)], 10, [2, 1]],
    [
      'what does not fit is passed over, an older smaller one still comes',
      [file(1, 10, 3), file(2, 20, 9)],
      8,
      [1],
    ],
    [
      'what is here counts against the budget',
      [file(1, 10, 6, true), file(2, 20, 5), file(3, 5, 4)],
      10,
      [3],
    ],
    ['nothing while what is here is beyond the budget', [file(1, 10, 20, true), file(2, 20, 1)], 10, []],
    ['an empty file always fits', [file(1, 10, 10, true), file(2, 20, 0)], 10, [2]],
    ['nothing for a budget of nothing', [file(1, 10, 1)], 0, []],
    ['exactly the budget', [file(1, 10, 10)], 10, [1]],
  ])('%s', (_what, files, budget, expected) => {
    const { fetch, over } = planTake(files, budget);
    expect(fetch.map(({ id }) => id)).toEqual(expected);
    const missing = files.filter(({ isHere }) => !isHere).map(({ id }) => id);
    expect([...fetch, ...over].map(({ id }) => id).sort()).toEqual(missing.sort());
  });
});

describe('what a standing budget fetches and lets go', () => {
  const file = (id: number, at: number, sizeBytes: number, is: Partial<AheadFile> = {}): AheadFile => ({
    ...{ id, at, sizeBytes },
    ...{ isHere: false, isWanted: true, mayLeave: false },
    ...is,
  });
  const ahead = { isHere: true, mayLeave: true };
  it.each<[string, AheadFile[], number, { fetch: number[]; evict: number[] }]>([
    ['the newest within the budget', [file(1, 1, 5), file(2, 2, 5)], 5, { fetch: [2], evict: [] }],
    ['nothing when all of it is here', [file(1, 1, 5, ahead)], 5, { fetch: [], evict: [] }],
    [
      'room for a newer one: the oldest leaves',
      [file(1, 1, 5, ahead), file(2, 2, 5, ahead), file(3, 3, 5)],
      10,
      { fetch: [3], evict: [1] },
    ],
    [
      'what is not wanted any more leaves before what is',
      [file(1, 1, 5, ahead), file(2, 2, 5, { ...ahead, isWanted: false }), file(3, 3, 5)],
      10,
      { fetch: [3], evict: [2] },
    ],
    [
      'what is not wanted stays while there is room',
      [file(1, 1, 5, { ...ahead, isWanted: false }), file(2, 2, 5)],
      10,
      { fetch: [2], evict: [] },
    ],
    [
      'no more leaves than is needed',
      [
        file(1, 1, 5, { ...ahead, isWanted: false }),
        file(2, 2, 5, { ...ahead, isWanted: false }),
        file(3, 3, 5),
      ],
      10,
      { fetch: [3], evict: [1] },
    ],
    [
      'a file of our own, or one somebody opened, never leaves and takes no room',
      [file(1, 1, 50, { isHere: true }), file(2, 2, 5)],
      5,
      { fetch: [2], evict: [] },
    ],
    [
      'a smaller budget lets the oldest go',
      [file(1, 1, 5, ahead), file(2, 2, 5, ahead)],
      5,
      { fetch: [], evict: [1] },
    ],
    [
      'a budget of nothing lets all of it go',
      [file(1, 1, 5, ahead), file(2, 2, 5, ahead)],
      0,
      { fetch: [], evict: [1, 2] },
    ],
    [
      'one that is too large for the budget is left where it is',
      [file(1, 9, 50), file(2, 2, 5)],
      10,
      { fetch: [2], evict: [] },
    ],
  ])('%s', (_what, files, budget, { fetch, evict }) => {
    const plan = planAhead(files, budget);
    expect(plan.fetch.map(({ id }) => id)).toEqual(fetch);
    expect(plan.evict.map(({ id }) => id)).toEqual(evict);
  });
});

it('leaves half a gigabyte of the disk alone', () => {
  expect(roomOnDisk(600 * MB)).toBe(88 * MB);
  expect(roomOnDisk(100 * MB)).toBe(0);
  expect(roomOnDisk(null)).toBe(Number.MAX_SAFE_INTEGER);
  expect(budgetOnDisk(200 * MB, 50 * MB, 600 * MB)).toBe(138 * MB);
  expect(budgetOnDisk(100 * MB, 50 * MB, 600 * MB)).toBe(100 * MB);
  expect(budgetOnDisk(100 * MB, 50 * MB, null)).toBe(100 * MB);
});
