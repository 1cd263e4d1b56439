import { useSyncExternalStore } from 'react';

const TICK_MS = 30_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

function snapshot(): number {
  // Without a running tick the kept value may be old.
  if (timer === null) now = Date.now();
  return now;
}

/** The time, in steps of half a minute: one clock for every «5m» on screen. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot);
}
