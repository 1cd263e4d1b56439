import { setImmediate } from 'node:timers/promises';

/** Time that jumps from event to event; everything between two of them happens at once and in a fixed order. */
export interface VirtualTime {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Runs events until there are none, or `until` is reached. */
  run(until?: number): Promise<void>;
}

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Work that lets others in between takes some turns of the loop until its next wait. */
const TURNS = 8;

async function patience(isOver: () => boolean): Promise<void> {
  for (let turn = 0; turn < TURNS && !isOver(); turn++) await setImmediate();
}

export function createVirtualTime(start: number): VirtualTime {
  let now = start;
  let order = 0;
  const waiting: Waiting[] = [];
  const nextIndex = (): number =>
    waiting.reduce((best, event, index) => {
      const other = waiting[best];
      const isEarlier = !other || event.at < other.at || (event.at === other.at && event.order < other.order);
      return isEarlier ? index : best;
    }, 0);
  const isDue = (until: number): boolean => waiting.some(({ at }) => at <= until);
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((resolve) => {
        waiting.push({ at: now + Math.max(0, Math.round(ms)), order: order++, wake: resolve });
      }),
    run: async (until = Number.POSITIVE_INFINITY) => {
      // What was just started gets to its first wait.
      await setImmediate();
      for (;;) {
        if (!isDue(until)) await patience(() => isDue(until));
        const index = nextIndex();
        const event = waiting[index];
        if (!event || event.at > until) break;
        waiting.splice(index, 1);
        now = event.at;
        event.wake();
        await setImmediate();
      }
      if (until !== Number.POSITIVE_INFINITY) now = Math.max(now, until);
    },
  };
}
