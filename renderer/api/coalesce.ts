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
