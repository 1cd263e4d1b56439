import { useEffect, useRef, useState } from 'react';

/** What was typed into forms that were left without saving: it is there again when one comes back. */
const kept = new Map<string, unknown>();

/** When somebody signs out: nothing of them is there for the next one. */
export function forgetKeptEdits(): void {
  kept.clear();
}

/** Whether something was typed into a form and is not saved. */
export function hasKeptEdits(): boolean {
  return kept.size > 0;
}

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
      if (hasKeptEdits()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  return [value, set];
}

const isSame = <V extends object>(a: V, b: V): boolean =>
  (Object.keys(a) as (keyof V)[]).every((field) => JSON.stringify(a[field]) === JSON.stringify(b[field]));

/** Kept edits of a form whose fields are named: each stands over what is saved until it is saved itself. */
export function useFormEdits<V extends object>(key: string, saved: V) {
  const [edited, setEdited] = useKeptEdits<Partial<V>>(key);
  const submitted = useRef(edited);
  const latest = useRef(edited);
  useEffect(() => {
    latest.current = edited;
  });
  const values: V = { ...saved, ...edited };
  return {
    values,
    set: (changed: Partial<V>) =>
      setEdited(isSame(saved, { ...values, ...changed }) ? null : { ...edited, ...changed }),
    revert: () => setEdited(null),
    submit: () => {
      submitted.current = edited;
    },
    /** After saving. What was typed meanwhile is not saved, and stays. */
    forget: () => {
      if (latest.current === submitted.current) setEdited(null);
    },
  };
}
