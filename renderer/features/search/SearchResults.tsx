import { SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo } from 'react';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { toAppError } from '../../api/errors.ts';
import { useList, useUi } from '../../stores/index.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/index.ts';
import { RowList, useRowClick } from '../queue/index.ts';
import { useSearchPages } from './useSearchPages.ts';

const noRows: readonly TicketRow[] = [];
const nothing = () => undefined;

/** Everything that matches, newest first, and how much of the desk could not be searched yet. */
export function SearchResults({ text }: { text: string }) {
  const results = useSearchPages(text);
  const rows = useMemo(() => results.data?.pages.flatMap((page) => page.rows) ?? noRows, [results.data]);
  const pending = results.data?.pages[0]?.pendingTickets ?? 0;
  const setOrder = useList((state) => state.setOrder);
  useEffect(() => setOrder(rows.map(({ id }) => id)), [rows, setOrder]);
  const between = useCallback(
    (from: number, to: number): TicketId[] =>
      rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id),
    [rows],
  );
  const onRowClick = useRowClick(between);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = results;
  const onSeen = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last > rows.length - 20) void fetchNextPage();
    },
    [hasNextPage, isFetchingNextPage, rows.length, fetchNextPage],
  );
  // A stretch of the index without a hit the viewer may see: there may be some further on.
  const isStillLooking = rows.length === 0 && hasNextPage;
  useEffect(() => {
    if (isStillLooking && !isFetchingNextPage) void fetchNextPage();
  }, [isStillLooking, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <header className="flex h-10 shrink-0 items-center gap-2 border-line border-b pr-4 pl-4">
        <h1 className="min-w-0 truncate font-semibold text-heading">Results</h1>
        <span className="text-faint tabular-nums">
          {results.data ? `${rows.length}${hasNextPage ? '+' : ''}` : ''}
        </span>
        <span aria-live="polite" className="min-w-0 flex-1 truncate text-right text-awaiting-ink text-small">
          {pending > 0 && `Still indexing ${pending.toLocaleString('en')} tickets`}
        </span>
      </header>
      {results.error && rows.length === 0 ? (
        <ErrorState error={toAppError(results.error)} onRetry={() => void results.refetch()} />
      ) : !results.data || isStillLooking ? (
        <Loading />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={SearchX}
          text={`Nothing matches “${text}”.`}
          detail={
            pending > 0
              ? 'The index is still being built; try again in a moment.'
              : 'Whole words, in any order.'
          }
          action={{
            label: 'All open tickets',
            keys: 'g a',
            run: () => useUi.getState().showQueue({ kind: 'open' }),
          }}
        />
      ) : (
        <RowList
          key={text}
          label={`Results for ${text}`}
          count={rows.length + (hasNextPage ? 6 : 0)}
          itemAt={(index) => {
            const row = rows[index];
            return row ? { row, hasLeft: false } : null;
          }}
          indexOf={(ticketId) => {
            const at = rows.findIndex(({ id }) => id === ticketId);
            return at < 0 ? null : at;
          }}
          total={hasNextPage ? null : rows.length}
          resets={0}
          resetIndex={0}
          onSeen={onSeen}
          onPointer={nothing}
          onAtTop={nothing}
          onRowClick={onRowClick}
          isDepartmentShown
        />
      )}
    </>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-3 p-4">
      <Skeleton className="h-3 w-3/5" />
      <Skeleton className="h-3 w-4/5" />
      <Skeleton className="h-3 w-2/5" />
    </div>
  );
}
