import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerId, TicketId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { useUi } from '../../../stores/index.ts';
import { Button, RelativeTime, Skeleton, StatusMark } from '../../../ui/index.ts';

const SHOWN_FIRST = 5;

/** The customer's other tickets, newest first; one press opens one. */
export function OtherTickets({ customerId, ticketId }: { customerId: CustomerId; ticketId: TicketId }) {
  const { data, error } = useQuery(trpc.customers.get.queryOptions({ customerId }));
  const timeZone = useViewer()?.timeZone;
  const [showsAll, setShowsAll] = useState(false);
  if (error) return <p className="text-faint">{toAppError(error).message}</p>;
  if (!data) return <Skeleton className="h-16" />;
  const others = data.tickets.filter((ticket) => ticket.id !== ticketId);
  if (others.length === 0) return <p className="text-faint">This is the only one.</p>;
  const shown = showsAll ? others : others.slice(0, SHOWN_FIRST);
  return (
    <>
      <ul className="-mx-2">
        {shown.map((ticket) => (
          <li key={ticket.id}>
            <button
              type="button"
              onClick={() => useUi.getState().openTicket(ticket.id)}
              className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover"
            >
              <StatusMark status={ticket.status} isCompact />
              <span className="min-w-0 flex-1 truncate" title={ticket.subject}>
                {ticket.subject}
              </span>
              <RelativeTime
                at={ticket.lastMessageAt}
                timeZone={timeZone}
                className="shrink-0 text-faint text-small tabular-nums"
              />
            </button>
          </li>
        ))}
      </ul>
      {others.length > shown.length && (
        <Button size="small" variant="ghost" className="-ml-2" onClick={() => setShowsAll(true)}>
          Show {others.length - shown.length} more
        </Button>
      )}
    </>
  );
}
