import { useQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import type { Queue, QueueCounts } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { useDepartments } from '../../api/desk.ts';
import { runCommand } from '../../app/commands.ts';
import { useList, useUi } from '../../stores/index.ts';
import { Button, EmptyState, ErrorState, Skeleton } from '../../ui/index.ts';
import { emptyText } from './emptyText.ts';
import { ListHeading } from './ListHeading.tsx';
import type { ListLoader, LoaderState } from './listLoader.ts';
import { indexOfTicket, type ListWindow, ticketsBetween } from './listWindow.ts';
import { countText, QUEUE_NAMES, queueCount, queueKey } from './queueRules.ts';
import { RowList } from './RowList.tsx';
import { useQueueLoader } from './useQueueLoader.ts';
import { useRowClick } from './useRowClick.ts';

/** Blank rows after the last loaded one while more are known to follow. */
const TAIL = 12;
const BLANK_ROWS = [1, 2, 3, 4, 5, 6, 7, 8];

function useQueueTitle(queue: Queue): string {
  const departments = useDepartments();
  if (queue.kind !== 'department') return QUEUE_NAMES[queue.kind];
  return departments.find(({ id }) => id === queue.departmentId)?.name ?? 'Department';
}

/** One queue: its heading and its list. */
export function QueueView({ queue }: { queue: Queue }) {
  const sort = useUi((state) => state.sort);
  return <LoadedQueue key={`${queueKey(queue)} ${sort}`} queue={queue} />;
}

function LoadedQueue({ queue }: { queue: Queue }) {
  const sort = useUi((state) => state.sort);
  const { loader, state } = useQueueLoader(queue, sort);
  const title = useQueueTitle(queue);
  const counts = useQuery(trpc.queues.counts.queryOptions()).data;
  const count = queueCount(queue, counts);
  usePublishedOrder(state.window);
  return (
    <>
      <ListHeading
        title={title}
        count={count === undefined ? '' : countText(queue, count)}
        onJump={(cursor) => void loader.jumpTo(cursor)}
        onTop={() => void loader.showStart()}
      />
      <QueueBody
        queue={queue}
        title={title}
        total={count ?? null}
        counts={counts}
        loader={loader}
        state={state}
      />
    </>
  );
}

/** Tells the keys j, k, e and the rest what the list holds. */
function usePublishedOrder(window: ListWindow | null): void {
  const setOrder = useList((state) => state.setOrder);
  const entries = window?.entries;
  useEffect(() => {
    setOrder(entries?.map(({ row }) => row.id) ?? []);
  }, [entries, setOrder]);
  useEffect(() => () => setOrder([]), [setOrder]);
}

/** Where to go from an empty queue. */
function emptyAction({ kind }: Queue): { label: string; keys: string; run: () => void } {
  if (kind === 'mine')
    return { label: 'Look at unassigned', keys: 'g u', run: () => runCommand('go-unassigned') };
  if (kind === 'open' || kind === 'department') {
    return { label: 'New ticket', keys: 'c', run: () => runCommand('new-ticket') };
  }
  return { label: 'All open tickets', keys: 'g a', run: () => runCommand('go-open') };
}

type BodyProps = {
  queue: Queue;
  title: string;
  total: number | null;
  counts: QueueCounts | undefined;
  loader: ListLoader;
  state: LoaderState;
};

function QueueBody({ queue, title, total, counts, loader, state }: BodyProps) {
  const { window, error } = state;
  const between = useCallback(
    (from: number, to: number): TicketId[] => (window ? ticketsBetween(window, from, to) : []),
    [window],
  );
  const onRowClick = useRowClick(between);
  const onPointer = useCallback((isPointerInside: boolean) => loader.setCalm({ isPointerInside }), [loader]);
  const onAtTop = useCallback((isAtTop: boolean) => loader.setCalm({ isAtTop }), [loader]);
  if (!window) {
    return error ? <ErrorState error={error} onRetry={loader.retry} /> : <BlankRows />;
  }
  if (window.entries.length === 0 && !window.hasBefore) {
    return <EmptyState icon={Inbox} text={emptyText(queue, counts)} action={emptyAction(queue)} />;
  }
  return (
    <>
      <ArrivalsBar window={window} onShow={() => void loader.showStart()} />
      <RowList
        label={title}
        count={window.offset + window.entries.length + (window.hasAfter ? TAIL : 0)}
        itemAt={(index) => window.entries[index - window.offset] ?? null}
        indexOf={(ticketId) => indexOfTicket(window, ticketId)}
        total={total}
        resets={state.resets}
        resetIndex={window.offset}
        onSeen={loader.seen}
        onPointer={onPointer}
        onAtTop={onAtTop}
        onRowClick={onRowClick}
        isDepartmentShown={queue.kind !== 'department'}
      >
        {error && (
          <div
            role="alert"
            className="sticky bottom-0 flex items-center gap-3 border-line border-t bg-danger-soft px-4 py-2"
          >
            <span className="min-w-0 flex-1 text-danger-ink text-small">{error.message}</span>
            <Button size="small" onClick={loader.retry}>
              Try again
            </Button>
          </div>
        )}
      </RowList>
    </>
  );
}

/** The shape of the list; shows itself only when the first page takes longer than 300 ms. */
function BlankRows() {
  return (
    <div aria-hidden="true" className="min-h-0 flex-1 overflow-hidden">
      {BLANK_ROWS.map((row) => (
        <div
          key={row}
          className="flex h-16 animate-late flex-col justify-center gap-2 border-line border-b pr-4 pl-8"
        >
          <Skeleton className="h-2.5 w-2/5" />
          <Skeleton className="h-2.5 w-4/5" />
        </div>
      ))}
    </div>
  );
}

/** What arrived while the list kept still. It lies in the heading: it moves no row and covers none. */
function ArrivalsBar({ window, onShow }: { window: ListWindow; onShow: () => void }) {
  const count = window.pending.size;
  const isShown = count > 0 || window.isOutdated;
  const text = window.isOutdated ? 'The list has changed' : `${count} new`;
  return (
    <div className="relative z-10 h-0">
      <div aria-live="polite" className="sr-only">
        {isShown && text}
      </div>
      {isShown && (
        <div className="absolute right-11 -top-[34px]">
          <button
            type="button"
            onClick={onShow}
            className="inline-flex h-7 animate-float-in items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-on-accent text-small hover:bg-accent-hover"
          >
            {text}, show
          </button>
        </div>
      )}
    </div>
  );
}
