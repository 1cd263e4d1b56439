import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { StaffId } from '../../../../shared/model/ids.ts';
import type { ThreadItem } from './mergeThread.ts';
import type { ThreadScroll } from './useThreadScroll.ts';

/** Items that arrived below what is in sight, oldest first. */
export type Arrivals = { unseen: readonly string[]; showFirst: () => void };

function isOwn(item: ThreadItem, viewerId: StaffId | undefined): boolean {
  const author = item.kind === 'message' ? item.message.staffId : item.note.staffId;
  return author !== null && author === viewerId;
}

/**
 * What arrives while one reads is put below without moving anything; what one sent oneself comes into sight.
 * `onSeen` tells the newest item that has been before the reader's eyes.
 */
export function useArrivals(options: {
  items: readonly ThreadItem[];
  viewerId: StaffId | undefined;
  scroll: ThreadScroll;
  onArrive: (keys: readonly string[]) => void;
}): Arrivals {
  const { items, viewerId, scroll, onArrive } = options;
  const known = useRef<ReadonlySet<string>>(new Set(items.map((item) => item.key)));
  const lastAt = useRef(items.at(-1)?.at ?? 0);
  const [unseen, setUnseen] = useState<readonly string[]>([]);

  // Before the browser lays out what arrived, so that nothing is moved on its account.
  useLayoutEffect(() => {
    // Older pages come in above and are no news.
    const arrived = items.filter((item) => !known.current.has(item.key) && item.at >= lastAt.current);
    known.current = new Set(items.map((item) => item.key));
    lastAt.current = items.at(-1)?.at ?? lastAt.current;
    if (arrived.length === 0) return;
    onArrive(arrived.map((item) => item.key));
    const own = arrived.findLast((item) => isOwn(item, viewerId));
    if (own) scroll.show(own.key);
    else scroll.release();
    const others = arrived.filter((item) => !isOwn(item, viewerId)).map((item) => item.key);
    setUnseen((keys) => [...keys, ...others].filter((key) => !scroll.isInSight(key)));
  }, [items, viewerId, scroll, onArrive]);

  useEffect(() => {
    const box = scroll.container.current;
    if (!box || unseen.length === 0) return;
    const check = () => {
      const left = unseen.filter((key) => known.current.has(key) && !scroll.isInSight(key));
      if (left.length < unseen.length) setUnseen(left);
    };
    box.addEventListener('scroll', check, { passive: true });
    return () => box.removeEventListener('scroll', check);
  }, [unseen, scroll]);

  return {
    unseen,
    showFirst: () => {
      const first = unseen[0];
      if (first) scroll.show(first);
      setUnseen([]);
    },
  };
}
