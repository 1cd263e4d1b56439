import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { Skeleton } from '../../../ui/index.ts';
import { HistoryList } from '../history/HistoryList.tsx';
import { CustomerCard } from './CustomerCard.tsx';
import { OtherTickets } from './OtherTickets.tsx';
import { TagEditor } from './TagEditor.tsx';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t px-4 py-3">
      <h3 className="mb-2 font-medium text-faint text-small">{title}</h3>
      {children}
    </section>
  );
}

/** Beside the ticket: who asks, what else they asked, tags, and what happened so far. */
export function CustomerPane({ ticketId }: { ticketId: TicketId }) {
  const { data, error } = useQuery(trpc.tickets.get.queryOptions({ ticketId }));
  // What failed says the ticket pane, once.
  if (!data) return error ? null : <Skeleton className="m-4 h-24" />;
  return (
    <>
      <CustomerCard customer={data.customer} />
      <Part title="Tags">
        <TagEditor ticket={data.ticket} />
        <LocalOnly />
      </Part>
      <Part title="Other tickets">
        <OtherTickets customerId={data.ticket.customerId} ticketId={ticketId} />
      </Part>
      <Part title="History">
        <HistoryList ticketId={ticketId} />
      </Part>
    </>
  );
}

/** What a HelpDeskZ has no field for stays here, and says so. */
function LocalOnly() {
  if (!useSyncStatus()) return null;
  return (
    <p className="mt-2 text-faint text-small">
      Tags, priority, assignee, notes and a changed subject stay on this desk: the server has no place for
      them.
    </p>
  );
}
