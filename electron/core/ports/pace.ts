/** Waiting and chance, for whoever paces itself: from outside, so that the simulation decides them. */
export interface Pace {
  /** Milliseconds of a clock that nobody sets. */
  now(): number;
  wait(ms: number): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
}

export const systemPace: Pace = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};
