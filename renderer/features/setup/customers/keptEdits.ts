import { useEffect, useState } from 'react';

/** What was typed into forms that were left without saving: it is there again when one comes back. */
const kept = new Map<string, unknown>();

/**
 * State of a form under the name `key`, `null` while nothing is changed. It outlives the form, so that going somewhere
 * else loses nothing; closing the window asks first.
 */
export function useKeptEdits<T>(key: string): [T | null, (value: T | null) => void] {
  const [value, setValue] = useState<T | null>((kept.get(key) as T | undefined) ?? null);
  const set = (next: T | null): void => {
    if (next === null) kept.delete(key);
    else kept.set(key, next);
    setValue(next);
  };
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (kept.size > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  return [value, set];
}
