import { describe, expect, it } from 'vitest';
import { createVirtualTime } from '../../../../../test/simulation/virtualTime.ts';
import { createThrottle, type ThrottleLimits } from './throttle.ts';

const MINUTE_MS = 60_000;

function setUp(limits: ThrottleLimits = { parallel: 4, perSecond: 1000 }, chance = 0.5) {
  const time = createVirtualTime(0);
  const throttle = createThrottle({ now: time.now, wait: time.sleep, random: () => chance }, limits);
  const begun: number[] = [];
  let active = 0;
  let most = 0;
  /** Asks for so many turns at once, each for so long; what came of it is known when the time has run. */
  const work = async (count: number, lastsMs: number, wasTooMuch = false): Promise<(number | null)[]> => {
    const all = Array.from({ length: count }, async () => {
      const left = await throttle.enter();
      if (left !== null) return left;
      begun.push(time.now());
      active += 1;
      most = Math.max(most, active);
      await time.sleep(lastsMs);
      active -= 1;
      throttle.leave(wasTooMuch);
      return null;
    });
    await time.run();
    return Promise.all(all);
  };
  const mostAtOnce = (): number => {
    const was = most;
    most = 0;
    return was;
  };
  return { time, throttle, begun, work, mostAtOnce };
}

describe('a throttle', () => {
  it('lets so many work at once, the others in their turn', async () => {
    const { work, begun, mostAtOnce } = setUp();
    await work(10, 20);
    expect(mostAtOnce()).toBe(4);
    expect(begun).toEqual([0, 0, 0, 0, 20, 20, 20, 20, 40, 40]);
  });

  it('spreads what comes after the first hundred', async () => {
    const { work, begun } = setUp({ parallel: 1000, perSecond: 10 });
    await work(120, 0);
    expect(begun.filter((at) => at === 0)).toHaveLength(101);
    expect(begun.at(-1)).toBe(1900);
  });

  it('halves what it lets through when it was too much, and slowly takes it back', async () => {
    const { work, mostAtOnce } = setUp();
    await work(1, 5, true);
    mostAtOnce();
    await work(8, 20);
    expect(mostAtOnce()).toBe(2);
    await work(60, 1);
    await work(8, 20);
    expect(mostAtOnce()).toBe(4);
  });

  it('waits out a short pause, and ends the run over a long one', async () => {
    const { work, throttle, begun, time } = setUp();
    expect(throttle.pause(3000)).toBe(3000);
    expect(await work(2, 1)).toEqual([null, null]);
    expect(begun).toEqual([3000, 3000]);
    expect(throttle.pause(MINUTE_MS)).toBe(MINUTE_MS);
    expect(await work(6, 1)).toEqual(Array.from({ length: 6 }, () => MINUTE_MS));
    await Promise.all([time.sleep(MINUTE_MS - 1000), time.run()]);
    expect(await work(1, 1)).toEqual([null]);
  });

  it('is paused for ten minutes at most; a pause that nobody named grows, by chance', () => {
    expect(setUp().throttle.pause(24 * 60 * MINUTE_MS)).toBe(10 * MINUTE_MS);
    const pauses = (chance: number) => {
      const { throttle } = setUp(undefined, chance);
      return Array.from({ length: 12 }, () => throttle.pause(null));
    };
    expect(pauses(0).slice(0, 4)).toEqual([500, 1000, 2000, 4000]);
    expect(pauses(1).slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(pauses(1).at(-1)).toBe(10 * MINUTE_MS);
  });

  it('gives the next free turn to what somebody waits for, and the rest in their order', async () => {
    const { work, throttle, begun, time } = setUp({ parallel: 1, perSecond: 1000 });
    const waiting = work(4, 10);
    const ahead = throttle.enter(true).then(() => {
      const at = time.now();
      throttle.leave(false);
      return at;
    });
    await waiting;
    expect(await ahead).toBe(10);
    expect(begun).toEqual([0, 10, 20, 30]);
  });

  it('that is paused while others wait for their turn leaves nobody behind', async () => {
    const { work, throttle, time } = setUp();
    const waiting = work(12, 10);
    void time.sleep(5).then(() => throttle.pause(MINUTE_MS));
    const left = await waiting;
    expect(left.filter((one) => one === null)).toHaveLength(4);
    expect(left.filter((one) => one !== null)).toHaveLength(8);
  });
});
