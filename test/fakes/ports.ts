import type { Clock } from '../../electron/core/ports/clock.ts';
import type { Ids } from '../../electron/core/ports/ids.ts';

/** A clock that only moves when a test says so. Starts on 2026-01-05 09:00 UTC. */
export function fakeClock(start = Date.UTC(2026, 0, 5, 9)): Clock & { advance(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

/** Ids that count: g1, g2, …; secrets are as long as asked and differ. */
export function fakeIds(): Ids {
  let next = 0;
  return {
    group: () => `g${++next}`,
    secret: (length) => `s${++next}`.padEnd(length, 'x'),
  };
}
