import { Copy } from 'lucide-react';
import type { Customer } from '../../../../shared/contract/queues.ts';
import { useViewer } from '../../../api/desk.ts';
import { Avatar, copyText, exactTime, IconButton } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';

function copyAddress(email: string): void {
  copyText(email).then(
    () => showToast({ text: `Copied ${email}` }),
    () => showToast({ text: 'The clipboard could not be reached.', tone: 'danger' }),
  );
}

/** Who the customer is, and how many tickets they have. */
export function CustomerCard({ customer }: { customer: Customer }) {
  const timeZone = useViewer()?.timeZone;
  const { name, email, openTickets, totalTickets, createdAt } = customer;
  return (
    <section aria-label="Customer" className="px-4 pt-4 pb-3">
      <div className="flex items-center gap-3">
        <Avatar name={name || email} size="large" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold text-heading" title={name}>
            {name || email}
          </h2>
          {email && (
            <div className="group flex items-center gap-1">
              <span className="min-w-0 select-text truncate text-soft" title={email}>
                {email}
              </span>
              <IconButton
                icon={Copy}
                size="small"
                label="Copy the address"
                onClick={() => copyAddress(email)}
                className="-my-1 opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
              />
            </div>
          )}
        </div>
      </div>
      <p className="mt-3 text-soft tabular-nums">
        <span className="font-medium text-text">{openTickets}</span> open ·{' '}
        <span className="font-medium text-text">{totalTickets}</span>{' '}
        {totalTickets === 1 ? 'ticket' : 'tickets'}
      </p>
      <p className="text-faint text-small" title={exactTime(createdAt, timeZone)}>
        Customer since{' '}
        {new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone }).format(createdAt)}
      </p>
    </section>
  );
}
