import type { Pace } from '../../../ports/pace.ts';

export interface ThrottleLimits {
  /** Requests under way at once. */
  readonly parallel: number;
  readonly perSecond: number;
}

/** Eight are what a small PHP server has workers for (behaviour.md 7); the rest guards it against a mistake of ours. */
const LIMITS: ThrottleLimits = { parallel: 8, perSecond: 2_000 };
/** Requests that may come at once after a rest. */
const BURST = 100;
/** Longer than this nobody waits within a run: it ends, and a later one goes on. */
const PATIENCE_MS = 5_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** So many good answers, and one more is allowed at once. */
const GROW_AFTER = 20;

export interface Throttle {
  /**
   * Waits for a turn, and takes it; answers the milliseconds that are left where they are too many to wait for.
   * `isAhead`: the next turn that comes free, before all who wait already.
   */
  enter(isAhead?: boolean): Promise<number | null>;
  /** Gives the turn back. A server that had too much gets half as many at once, and slowly more again. */
  leave(wasTooMuch: boolean): void;
  /**
   * Nobody gets a turn for so long; null = the server did not say how long. Answers what it comes to: never more
   * than ten minutes, and where the server did not say, longer each time and by chance, so that desks don't come
   * back together.
   */
  pause(askedMs: number | null): number;
  /** How long a reading waits that is repeated for the nth time. */
  rest(time: number): Promise<void>;
}

/** Keeps one desk from being a burden to its server. */
export function createThrottle(pace: Pace, limits: ThrottleLimits = LIMITS): Throttle {
  const spacingMs = 1000 / limits.perSecond;
  const queue: (() => void)[] = [];
  let active = 0;
  let allowed = limits.parallel;
  let good = 0;
  let pauses = 0;
  let notBefore = Number.NEGATIVE_INFINITY;
  /** When the next one would come if they came evenly. */
  let evenly = Number.NEGATIVE_INFINITY;
  const jittered = (ms: number): number => Math.round(ms * (0.5 + pace.random() / 2));
  const wakeNext = (): void => queue.shift()?.();
  return {
    enter: async (isAhead = false) => {
      for (;;) {
        const pausedMs = Math.ceil(notBefore - pace.now());
        if (pausedMs > PATIENCE_MS) {
          wakeNext();
          return pausedMs;
        }
        const earlyMs = Math.ceil(evenly - BURST * spacingMs - pace.now());
        if (pausedMs > 0 || earlyMs > 0) await pace.wait(Math.max(pausedMs, earlyMs));
        else if (active < allowed) break;
        else await new Promise<void>((resolve) => (isAhead ? queue.unshift(resolve) : queue.push(resolve)));
      }
      active += 1;
      evenly = Math.max(evenly, pace.now()) + spacingMs;
      return null;
    },
    leave: (wasTooMuch) => {
      active -= 1;
      good = wasTooMuch ? 0 : good + 1;
      if (wasTooMuch) allowed = Math.max(1, Math.floor(allowed / 2));
      else pauses = 0;
      if (good >= GROW_AFTER && allowed < limits.parallel) {
        allowed += 1;
        good = 0;
        wakeNext();
      }
      if (active < allowed) wakeNext();
    },
    pause: (askedMs) => {
      const ownMs = jittered(Math.min(FIRST_PAUSE_MS * 2 ** pauses, LONGEST_PAUSE_MS));
      pauses = Math.min(pauses + 1, 20);
      const pauseMs = Math.min(askedMs ?? ownMs, LONGEST_PAUSE_MS);
      notBefore = Math.max(notBefore, pace.now() + pauseMs);
      return Math.ceil(notBefore - pace.now());
    },
    rest: (time) => pace.wait(jittered(FIRST_PAUSE_MS * 2 ** (time - 1))),
  };
}
