import { describe, expect, it } from 'vitest';
import { type Mark, timeLeftMs, withMark } from './timeLeft.ts';

/** Marks of a job that does `perSecond`, one try every second. */
function run(
  seconds: number,
  perSecond: (second: number) => number,
  from: readonly Mark[] = [],
): readonly Mark[] {
  let marks = from;
  let done = from.at(-1)?.done ?? 0;
  const start = from.at(-1)?.at ?? 0;
  for (let second = 1; second <= seconds; second++) {
    done += perSecond(second);
    marks = withMark(marks, { at: start + second * 1000, done });
  }
  return marks;
}

describe('the time left', () => {
  it('is not guessed from the first seconds', () => {
    expect(timeLeftMs([], 100)).toBeNull();
    expect(
      timeLeftMs(
        run(8, () => 10),
        100,
      ),
    ).toBeNull();
  });

  it('follows the speed of the last minute, not of the beginning', () => {
    expect(
      timeLeftMs(
        run(30, () => 10),
        600,
      ),
    ).toBe(60_000);
    const slower = run(
      70,
      () => 1,
      run(30, () => 100),
    );
    expect(timeLeftMs(slower, 60)).toBe(60_000);
  });

  it('is unknown while nothing moves, and starts over when the count falls', () => {
    expect(
      timeLeftMs(
        run(30, () => 0),
        10,
      ),
    ).toBeNull();
    expect(
      withMark(
        run(30, () => 10),
        { at: 31_000, done: 0 },
      ),
    ).toEqual([{ at: 31_000, done: 0 }]);
  });

  it('keeps a bounded number of marks', () => {
    expect(run(10_000, () => 1).length).toBeLessThan(40);
  });
});
