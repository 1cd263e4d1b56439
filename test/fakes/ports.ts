import type { Clock } from '../../electron/core/ports/clock.ts';
import type { Ids } from '../../electron/core/ports/ids.ts';

export interface FakeClock extends Clock {
  advance(ms: number): void;
  /** Milliseconds that pass with every look; 0 unless a test says otherwise. */
  tick: number;
}

/** A clock that only moves when a test says so. Starts on 2026-01-05 09:00 UTC. */
export function fakeClock(start = Date.UTC(2026, 0, 5, 9)): FakeClock {
  let now = start;
  const clock: FakeClock = {
    tick: 0,
    now: () => {
      now += clock.tick;
      return now;
    },
    advance(ms) {
      now += ms;
    },
  };
  return clock;
}

/** Ids that count: g1, g2, …; secrets are as long as asked and differ. */
export function fakeIds(): Ids {
  let next = 0;
  return {
    group: () => `g${++next}`,
    secret: (length) => `s${++next}`.padEnd(length, 'x'),
  };
}
