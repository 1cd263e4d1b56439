import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Queue, QueueSort, TicketRow } from '../../../shared/contract/queues.ts';
import { trpc, trpcClient } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { onDeskEvent, onEventGap } from '../../api/events.ts';
import { isOwnAct, isOwnChange } from '../../stores/index.ts';
import { createListLoader, type ListLoader, type LoaderState } from './listLoader.ts';
import { type BelongsContext, belongsTo, queueKey } from './queueRules.ts';

const HOUR = 3_600_000;
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
        toError: toAppError,
      }),
    [key],
  );
  useEffect(() => {
    void loader.showStart();
    const stopEvents = onDeskEvent((event) => {
      if (event.type === 'tickets_changed') loader.changed(event.ticketIds);
      if (event.type === 'read_changed') loader.changed([event.ticketId]);
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
