import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';

/** Keeps one item at its place while frames above and below it find their height. */
type Pin = { key: string; offset: number; until: number };

export type ThreadScroll = {
  container: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** Brings an item to the top of the pane (or as far as there is room) and holds it there while things load. */
  show: (key: string) => void;
  /** Holds what is in sight where it is, while something is put in above it. */
  hold: () => void;
  /** Holds nothing any more: what comes in below must not move what is read. */
  release: () => void;
  /** The key of the first item that is in sight. */
  firstInSight: () => string | null;
  /** Whether the beginning of an item is in sight. */
  isInSight: (key: string) => boolean;
};

/** Frames and pictures of an opened message find their height within this. */
const LOADING_MS = 2500;
/** What is put in above stands at once. */
const INSERTING_MS = 500;
const MARGIN = 12;

/** Items carry `data-key`. */
function itemOf(container: HTMLElement, key: string): HTMLElement | null {
  return container.querySelector<HTMLElement>(`[data-key="${key}"]`);
}

function offsetOf(container: HTMLElement, item: HTMLElement): number {
  return item.getBoundingClientRect().top - container.getBoundingClientRect().top;
}

function firstInSight(container: HTMLElement): HTMLElement | null {
  const items = [...container.querySelectorAll<HTMLElement>('[data-key]')];
  return items.find((item) => offsetOf(container, item) + item.offsetHeight > MARGIN) ?? null;
}

/** Where the reader is in the conversation; nothing but the reader moves it once they have touched it. */
export function useThreadScroll(): ThreadScroll {
  const container = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const pin = useRef<Pin | null>(null);

  const apply = useCallback(() => {
    const held = pin.current;
    const box = container.current;
    if (!held || !box || performance.now() > held.until) return;
    const item = itemOf(box, held.key);
    if (item) box.scrollTop += offsetOf(box, item) - held.offset;
  }, []);

  useEffect(() => {
    const box = container.current;
    const inside = content.current;
    if (!box || !inside) return;
    const release = () => {
      pin.current = null;
    };
    const observer = new ResizeObserver(apply);
    observer.observe(inside);
    observer.observe(box);
    const touches = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
    for (const touch of touches) box.addEventListener(touch, release, { passive: true });
    return () => {
      observer.disconnect();
      for (const touch of touches) box.removeEventListener(touch, release);
    };
  }, [apply]);

  return useMemo(() => {
    const hold = (key: string, offset: number, forMs: number) => {
      pin.current = { key, offset, until: performance.now() + forMs };
    };
    return {
      container,
      content,
      show: (key) => {
        hold(key, MARGIN, LOADING_MS);
        apply();
      },
      hold: () => {
        const item = container.current && firstInSight(container.current);
        if (item?.dataset.key && container.current) {
          hold(item.dataset.key, offsetOf(container.current, item), INSERTING_MS);
        }
      },
      release: () => {
        pin.current = null;
      },
      firstInSight: () => (container.current && firstInSight(container.current)?.dataset.key) ?? null,
      isInSight: (key) => {
        const box = container.current;
        const item = box && itemOf(box, key);
        return Boolean(box && item && offsetOf(box, item) < box.clientHeight - MARGIN * 2);
      },
    };
  }, [apply]);
}
