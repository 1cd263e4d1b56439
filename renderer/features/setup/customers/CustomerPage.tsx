import { useQuery } from '@tanstack/react-query';
import type { TicketRow } from '../../../../shared/contract/queues.ts';
import type { CustomerId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Badge, ErrorState, Notice, Skeleton } from '../../../ui/index.ts';
import { TicketLines } from '../../ticket/index.ts';
import { SubPage } from '../SubPage.tsx';
import { CustomerActs } from './CustomerActs.tsx';
import { counted } from './contentsText.ts';
import { EditCustomer } from './EditCustomer.tsx';
import { KeptMails } from './KeptMails.tsx';

const TICKETS_SHOWN = 8;

function Tickets({ tickets, total }: { tickets: readonly TicketRow[]; total: number }) {
  const shown = tickets.slice(0, TICKETS_SHOWN);
  return (
    <section aria-label="Tickets" className="flex flex-col gap-2">
      <h4 className="font-medium">
        {total > shown.length ? `The newest of ${counted(total, 'ticket')}` : counted(total, 'ticket')}
      </h4>
      {shown.length > 0 && <TicketLines tickets={shown} hasNumbers />}
    </section>
  );
}

/** One customer: name and addresses, what can be done with them, and their newest tickets. */
export function CustomerPage({ customerId, onBack }: { customerId: CustomerId; onBack: () => void }) {
  const { data, error, refetch } = useQuery(trpc.customers.get.queryOptions({ customerId }));
  if (error)
    return (
      <SubPage back="All customers" onBack={onBack}>
        <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />
      </SubPage>
    );
  if (!data) return <Skeleton className="h-96" />;
  if (data.isGone)
    return (
      <SubPage back="All customers" onBack={onBack}>
        <Notice>This customer was deleted, or merged into another.</Notice>
      </SubPage>
    );
  const { customer, tickets } = data;
  return (
    <SubPage
      back="All customers"
      onBack={onBack}
      title={
        <>
          {customer.name || customer.email}
          {customer.isBlocked && <Badge tone="danger">Blocked</Badge>}
        </>
      }
    >
      <EditCustomer customer={customer} />
      <CustomerActs customer={customer} onGone={onBack} />
      <KeptMails customer={customer} />
      <Tickets tickets={tickets} total={customer.totalTickets} />
    </SubPage>
  );
}
