import { Copy, Pencil } from 'lucide-react';
import type { Customer } from '../../../../shared/contract/queues.ts';
import { useViewer } from '../../../api/desk.ts';
import { useUi } from '../../../stores/index.ts';
import { Address, Avatar, Badge, copyText, exactTime, IconButton } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';

function copyAddress(email: string): void {
  copyText(email).then(
    () => showToast({ text: `Copied ${email}` }),
    () => showToast({ text: 'The clipboard could not be reached.', tone: 'danger' }),
  );
}

/** Who the customer is, and how many tickets they have. */
export function CustomerCard({ customer }: { customer: Customer }) {
  const viewer = useViewer();
  const timeZone = viewer?.timeZone;
  const isAdmin = viewer?.staff.role === 'admin';
  const { id, name, email, otherEmails, isBlocked, openTickets, totalTickets, createdAt } = customer;
  return (
    <section aria-label="Customer" className="px-4 pt-4 pb-3">
      <div className="flex items-start gap-3">
        <Avatar name={name || email} size="large" />
        <div className="min-w-0 flex-1">
          <h2 className="flex items-center gap-2 font-semibold text-heading" title={name}>
            <span className="line-clamp-2 min-w-0 break-words">{name || email}</span>
            {isBlocked && <Badge tone="danger">Blocked</Badge>}
          </h2>
          {email && (
            <div className="group flex items-start gap-1">
              <span className="min-w-0 select-text text-soft">
                <Address email={email} />
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
        {isAdmin && (
          <IconButton
            icon={Pencil}
            size="small"
            className="self-start"
            label={`Change ${name || email}`}
            onClick={() => useUi.getState().go({ kind: 'setup', section: 'customers', customerId: id })}
          />
        )}
      </div>
      {otherEmails.length > 0 && (
        <ul aria-label="Further addresses" className="mt-2 text-faint text-small">
          {otherEmails.map((other) => (
            <li key={other} className="select-text">
              <Address email={other} />
            </li>
          ))}
        </ul>
      )}
      {isBlocked && <p className="mt-2 text-small text-soft">New mail from them is kept aside.</p>}
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
