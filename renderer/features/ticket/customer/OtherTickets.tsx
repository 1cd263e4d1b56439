import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerId, TicketId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Skeleton } from '../../../ui/index.ts';
import { TicketLines } from './TicketLines.tsx';

const SHOWN_FIRST = 5;

/** The customer's other tickets, newest first; one press opens one. */
export function OtherTickets({ customerId, ticketId }: { customerId: CustomerId; ticketId: TicketId }) {
  const { data, error } = useQuery(trpc.customers.get.queryOptions({ customerId }));
  const [showsAll, setShowsAll] = useState(false);
  if (error) return <p className="text-faint">{toAppError(error).message}</p>;
  if (!data) return <Skeleton className="h-16" />;
  const others = data.tickets.filter((ticket) => ticket.id !== ticketId);
  if (others.length === 0) return <p className="text-faint">This is the only one.</p>;
  const shown = showsAll ? others : others.slice(0, SHOWN_FIRST);
  return (
    <>
      <TicketLines tickets={shown} />
      {others.length > shown.length && (
        <Button size="small" variant="ghost" className="-ml-2" onClick={() => setShowsAll(true)}>
          Show {others.length - shown.length} more
        </Button>
      )}
    </>
  );
}
