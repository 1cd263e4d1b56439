import { useEffect, useRef, useState } from 'react';

/** Changes that follow each other faster than this are someone holding a key down. */
const HELD_KEY_MS = 90;

/**
 * The value, at once when it changes now and then; while it changes in quick succession only the one it rests on.
 * Holding j must not open every ticket on the way (and mark it as read).
 */
export function useSettled<T>(value: T): readonly [settled: T, settleNow: () => void] {
  const [settled, setSettled] = useState(value);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const now = performance.now();
    const isHeld = now - changedAt.current < HELD_KEY_MS;
    changedAt.current = now;
    if (!isHeld) {
      setSettled(value);
      return;
    }
    const timer = setTimeout(() => setSettled(value), HELD_KEY_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return [settled, () => setSettled(value)];
}
