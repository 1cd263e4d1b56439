import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SearchResult } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpcClient } from '../../api/client.ts';
import { onDeskEvent } from '../../api/events.ts';
import { patchPages } from './patchPages.ts';

const PAGE = 50;
type Pages = { pages: SearchResult[]; pageParams: (TicketId | null)[] };

/** Search hits page by page, newest ticket first; rows that change are shown as they are now. */
export function useSearchPages(text: string) {
  const client = useQueryClient();
  const results = useInfiniteQuery({
    queryKey: ['search', text],
    queryFn: ({ pageParam, signal }) =>
      trpcClient.search.query.query({ text, limit: PAGE, beforeId: pageParam }, { signal }),
    initialPageParam: null as TicketId | null,
    getNextPageParam: (last) => (last.hasMore ? last.continueBelowId : null),
    staleTime: 0,
  });
  useEffect(
    () =>
      onDeskEvent((event) => {
        if (event.type !== 'tickets_changed' || event.ticketIds.length === 0) return;
        const known = client.getQueryData<Pages>(['search', text]);
        const shown = new Set(known?.pages.flatMap((page) => page.rows.map(({ id }) => id)));
        const ticketIds = event.ticketIds.filter((id) => shown.has(id));
        if (ticketIds.length === 0) return;
        trpcClient.queues.rows.query({ ticketIds }).then(
          ({ rows }) =>
            client.setQueryData<Pages>(['search', text], (pages) =>
              pages ? { ...pages, pages: patchPages(pages.pages, rows) } : pages,
            ),
          () => undefined, // the core is away; coming back refetches everything
        );
      }),
    [client, text],
  );
  return results;
}
