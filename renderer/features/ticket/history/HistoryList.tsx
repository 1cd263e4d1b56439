import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { useDepartments, useStaff, useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, classes, ErrorState, RelativeTime, Skeleton } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { type HistoryLine, type HistoryNames, historyLines } from './historySentences.ts';

function useNames(): HistoryNames {
  const departments = useDepartments();
  const staff = useStaff();
  return useMemo(
    () => ({
      departments: new Map(departments.map(({ id, name }) => [id, name])),
      staff: new Map(staff.map(({ id, name }) => [id, name])),
    }),
    [departments, staff],
  );
}

function Line({
  line,
  timeZone,
  onUndo,
}: {
  line: HistoryLine;
  timeZone: string | undefined;
  onUndo: () => void;
}) {
  const { operation, actor, sentence } = line;
  return (
    <li className="group relative flex gap-2.5 py-1.5 pl-4">
      <span
        aria-hidden="true"
        className="absolute top-3.5 left-0 size-1.5 rounded-full bg-line-control ring-3 ring-surface"
      />
      <p className={classes('min-w-0 flex-1 break-words', operation.isUndone && 'text-faint line-through')}>
        <span className="font-medium">{actor}</span> <span className="text-soft">{sentence}</span>
      </p>
      {operation.isUndone && <span className="shrink-0 text-faint text-small">undone</span>}
      {operation.canUndo && (
        <Button
          size="small"
          className="absolute! top-0.5 right-0 bg-surface opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
          aria-label={`Undo: ${actor} ${sentence}`}
          onClick={onUndo}
        >
          Undo
        </Button>
      )}
      <RelativeTime
        at={operation.createdAt}
        timeZone={timeZone}
        className="shrink-0 text-faint text-small tabular-nums"
      />
    </li>
  );
}

/** Who did what and when, newest first, in plain words. */
export function HistoryList({ ticketId }: { ticketId: TicketId }) {
  const { data, error, refetch } = useQuery(trpc.tickets.history.queryOptions({ ticketId }));
  const names = useNames();
  const timeZone = useViewer()?.timeZone;
  const lines = useMemo(() => historyLines(data?.operations ?? [], names), [data, names]);
  const { mutate: undo } = useMutation(
    trpc.tickets.undo.mutationOptions({
      onSuccess: () => showToast({ text: 'Undone' }),
      onError: (failure) => showToast({ text: toAppError(failure).message, tone: 'danger' }),
    }),
  );
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-20" />;
  if (lines.length === 0) return <p className="text-faint">Nothing has happened yet.</p>;
  return (
    <ol className="relative before:absolute before:top-4 before:bottom-4 before:left-[2.5px] before:w-px before:bg-line">
      {lines.map((line) => (
        <Line
          key={line.operation.id}
          line={line}
          timeZone={timeZone}
          onUndo={() => undo({ groupId: line.operation.groupId })}
        />
      ))}
    </ol>
  );
}
