import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Queue, QueueSort, TicketRow } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc, trpcClient } from '../../api/client.ts';
import { calmStorms } from '../../api/coalesce.ts';
import { useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { onDeskEvent, onEventGap } from '../../api/events.ts';
import { isOwnAct, isOwnChange, useList } from '../../stores/index.ts';
import { createListLoader, type ListLoader, type LoaderState } from './listLoader.ts';
import { type BelongsContext, belongsTo, queueKey } from './queueRules.ts';

const HOUR = 3_600_000;
/** While a first sync or an import brings tickets by the second, rows are looked at this often. */
const STORM_MS = 250;
/** HelpDeskZ's own default (behaviour.md part 1), until the settings are there. */
const OVERDUE_HOURS = 72;

function useBelongs(queue: Queue): (row: TicketRow) => boolean {
  const viewerId = useViewer()?.staff.id ?? null;
  const overdueHours = useQuery(trpc.settings.get.queryOptions()).data?.overdueHours ?? OVERDUE_HOURS;
  const context = useRef<Omit<BelongsContext, 'now'>>({ viewerId, overdueMs: overdueHours * HOUR });
  useEffect(() => {
    context.current = { viewerId, overdueMs: overdueHours * HOUR };
  }, [viewerId, overdueHours]);
  return useMemo(() => (row) => belongsTo(queue, row, { ...context.current, now: Date.now() }), [queue]);
}

function unchoose(ids: readonly TicketId[]): void {
  const { chosen, choose } = useList.getState();
  if (ids.some((id) => chosen.has(id))) choose(ids, false);
}

/** The loader of a queue, fed by the event stream as long as the list is mounted. */
export function useQueueLoader(queue: Queue, sort: QueueSort): { loader: ListLoader; state: LoaderState } {
  const belongs = useBelongs(queue);
  const staff = useViewer()?.staff;
  // Whoever sees other departments now starts over: no row that is not theirs may stay.
  const key = `${queueKey(queue)} ${sort} ${staff?.role} ${staff?.departmentIds.join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for queue, sort and rights
  const loader = useMemo(
    () =>
      createListLoader({
        sort,
        fetchPage: (request) => trpcClient.queues.page.query({ queue, sort, ...request }),
        fetchRows: async (ticketIds) =>
          (await trpcClient.queues.rows.query({ ticketIds: [...ticketIds] })).rows,
        belongs,
        isOwn: isOwnChange,
        isOwnAct,
        onLeft: unchoose,
        toError: toAppError,
      }),
    [key],
  );
  useEffect(() => {
    void loader.showStart();
    const changed = new Set<TicketId>();
    const tell = calmStorms(() => {
      const ids = [...changed];
      changed.clear();
      if (ids.length > 0) loader.changed(ids);
    }, STORM_MS);
    const note = (ids: readonly TicketId[]) => {
      // One's own changes show at once; so does «many», which may be one's own as well.
      if (ids.length === 0 || ids.some(isOwnChange)) return loader.changed(ids);
      for (const id of ids) changed.add(id);
      tell();
    };
    const stopEvents = onDeskEvent((event) => {
      if (event.type === 'tickets_changed') note(event.ticketIds);
      if (event.type === 'read_changed') note([event.ticketId]);
    });
    const stopGaps = onEventGap(() => loader.changed([]));
    return () => {
      stopEvents();
      stopGaps();
    };
  }, [loader]);
  const state = useSyncExternalStore(loader.subscribe, loader.getState);
  return { loader, state };
}
