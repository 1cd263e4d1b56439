import { useQuery } from '@tanstack/react-query';
import type { LackingTicket } from '../../../shared/contract/aboard.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { useUi } from '../../stores/index.ts';
import { ErrorState, Skeleton } from '../../ui/index.ts';
import { sizeText } from '../composer/index.ts';
import { countOf, lackingText, lackWord } from './aboardText.ts';

/** Ticket by ticket: what of it is not here, and why. */
export function LackingList() {
  const lacking = useQuery(trpc.aboard.lacking.queryOptions());
  if (lacking.error) {
    return <ErrorState error={toAppError(lacking.error)} onRetry={() => void lacking.refetch()} />;
  }
  if (!lacking.data) return <Skeleton className="h-24" />;
  const { tickets, total } = lacking.data;
  if (total === 0) return null;
  return (
    <section aria-labelledby="aboard-lacking" className="flex flex-col gap-3">
      <h2 id="aboard-lacking" className="font-semibold text-heading">
        Not aboard
      </h2>
      <ul className="flex flex-col gap-2">
        {tickets.map((ticket) => (
          <LackingLine key={ticket.ticketId} ticket={ticket} />
        ))}
      </ul>
      {total > tickets.length && (
        <p className="text-faint">And {countOf(total - tickets.length, 'more ticket')}.</p>
      )}
    </section>
  );
}

function LackingLine({ ticket }: { ticket: LackingTicket }) {
  const { ticketId, subject, files, filesMissing } = ticket;
  return (
    <li className="rounded-lg border border-line bg-surface px-4 py-2.5">
      <div className="flex items-baseline gap-2">
        <button
          type="button"
          onClick={() => useUi.getState().openTicket(ticketId)}
          className="min-w-0 flex-1 truncate rounded-sm text-left font-medium hover:underline"
        >
          <span className="font-normal text-faint tabular-nums">#{ticketId} </span>
          {subject}
        </button>
        <span className="shrink-0 text-small text-soft">{lackingText(ticket)}</span>
      </div>
      {files.length > 0 && (
        <ul className="mt-1 flex flex-col gap-0.5 text-small text-soft">
          {files.map(({ id, name, sizeBytes, lack }) => (
            <li key={id} className="flex gap-2">
              <span className="min-w-0 truncate">{name}</span>
              <span className="shrink-0 text-faint tabular-nums">
                {sizeText(sizeBytes)} · {lackWord(lack)}
              </span>
            </li>
          ))}
          {filesMissing > files.length && (
            <li className="text-faint">and {filesMissing - files.length} more</li>
          )}
        </ul>
      )}
    </li>
  );
}
