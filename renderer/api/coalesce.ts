/**
 * Runs `act` at once, then at most once per `waitMs` as long as calls keep coming; the last call is never lost.
 * A bulk change of thousands of tickets must not become thousands of refetches.
 */
export function coalesce(act: () => void, waitMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isAsked = false;
  const tick = () => {
    timer = null;
    if (!isAsked) return;
    isAsked = false;
    run();
  };
  const run = () => {
    act();
    timer = setTimeout(tick, waitMs);
  };
  return () => {
    if (timer === null) run();
    else isAsked = true;
  };
}

/** So many calls at once are nothing to wait for, and one more every `LEAK_MS`. */
const FEW = 8;
const LEAK_MS = 100;

/** Runs `act` with every call, like somebody's own work makes them; a storm of them is coalesced. */
export function calmStorms(act: () => void, waitMs: number): () => void {
  const coalesced = coalesce(act, waitMs);
  let level = 0;
  let calledAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    level = Math.max(0, level - (now - calledAt) / LEAK_MS) + 1;
    calledAt = now;
    if (level <= FEW) act();
    else coalesced();
  };
}
