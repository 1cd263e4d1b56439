import { type RefObject, useEffect } from 'react';

/** Takes the focus that what was just taken away had: `when` tells one state from the next. The window's own is nobody's. */
export function useKeptFocus(element: RefObject<HTMLElement | null>, when: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `when` is not read, it says when to look
  useEffect(() => {
    if (document.activeElement === document.body) element.current?.focus({ preventScroll: true });
  }, [element, when]);
}
