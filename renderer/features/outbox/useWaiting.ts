import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { trpc } from '../../api/client.ts';

const NONE: readonly OutboxItem[] = [];

/** What waits, as far as `isShown`, with the row one is at and those chosen for a decision about several. */
export function useWaiting(isShown: (item: OutboxItem) => boolean) {
  const outbox = useQuery(trpc.sync.outbox.queryOptions());
  const all = outbox.data?.items ?? NONE;
  const items = useMemo(() => all.filter(isShown), [all, isShown]);
  const [wanted, setWanted] = useState<{ id: number; index: number } | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  // The row one was at has left: the one that took its place.
  const found = wanted === null ? 0 : items.findIndex(({ id }) => id === wanted.id);
  const index = found >= 0 ? found : Math.min(wanted?.index ?? 0, items.length - 1);
  const targets = items.filter(({ id }) => chosen.has(id));
  const goTo = (to: number): void => {
    const at = Math.max(0, Math.min(items.length - 1, to));
    const item = items[at];
    if (item) setWanted({ id: item.id, index: at });
  };
  return {
    outbox,
    all,
    items,
    index,
    active: items[index] ?? null,
    /** Chosen rows that are still there and in sight. */
    chosen: targets,
    isChosen: (id: number): boolean => chosen.has(id),
    goTo,
    choose: (ids: readonly number[], isOn: boolean): void =>
      setChosen((before) => {
        const next = new Set(before);
        for (const id of ids) {
          if (isOn) next.add(id);
          else next.delete(id);
        }
        return next;
      }),
    clearChosen: (): void => setChosen(new Set()),
  };
}
export type WaitingState = ReturnType<typeof useWaiting>;
