import type { TicketRow } from '../../../../shared/contract/queues.ts';
import { useViewer } from '../../../api/desk.ts';
import { useUi } from '../../../stores/index.ts';
import { RelativeTime, StatusMark } from '../../../ui/index.ts';

/** A customer's tickets, a line each; one press opens one. */
export function TicketLines({
  tickets,
  hasNumbers = false,
}: {
  tickets: readonly TicketRow[];
  /** Where there is room for them. */
  hasNumbers?: boolean;
}) {
  const timeZone = useViewer()?.timeZone;
  return (
    <ul className="-mx-2">
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <button
            type="button"
            onClick={() => useUi.getState().openTicket(ticket.id)}
            className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover"
          >
            <StatusMark status={ticket.status} isCompact />
            {hasNumbers && <span className="text-faint tabular-nums">#{ticket.number}</span>}
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
  );
}
