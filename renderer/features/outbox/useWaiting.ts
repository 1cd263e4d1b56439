import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';

const NONE: readonly OutboxItem[] = [];

/** The row one was at last: who reads its ticket comes back to it. */
let lastAt: number | null = null;

/** What keeps everything from leaving stands above the list: not once more in each row that was tried. */
const withoutReason = (item: OutboxItem, said: string | undefined): OutboxItem =>
  item.state === 'queued' && item.reason === said ? { ...item, reason: '' } : item;

/** What waits, as far as `isShown`, with the row one is at and those chosen for a decision about several. */
export function useWaiting(isShown: (item: OutboxItem) => boolean) {
  const outbox = useQuery(trpc.sync.outbox.queryOptions());
  const said = useSyncStatus()?.problem?.message;
  const found = outbox.data?.items ?? NONE;
  const all = useMemo(() => found.map((item) => withoutReason(item, said)), [found, said]);
  const items = useMemo(() => all.filter(isShown), [all, isShown]);
  const [wanted, setWanted] = useState(lastAt === null ? null : { id: lastAt, index: 0 });
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  // The row one was at has left: the one that took its place.
  const place = wanted === null ? 0 : items.findIndex(({ id }) => id === wanted.id);
  const index = place >= 0 ? place : Math.min(wanted?.index ?? 0, items.length - 1);
  const targets = items.filter(({ id }) => chosen.has(id));
  const goTo = (to: number): void => {
    const at = Math.max(0, Math.min(items.length - 1, to));
    const item = items[at];
    if (!item) return;
    lastAt = item.id;
    setWanted({ id: item.id, index: at });
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
