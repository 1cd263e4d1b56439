import { STATUS_NAMES, type TicketStatus } from '../../shared/model/ticket.ts';
import { assertNever } from '../../shared/util/assertNever.ts';
import { classes } from './classes.ts';

const marks: Record<TicketStatus, string> = {
  1: 'text-open-mark',
  2: 'text-answered-mark',
  3: 'text-awaiting-mark',
  4: 'text-progress-mark',
  5: 'text-closed-mark',
};
const inks: Record<TicketStatus, string> = {
  1: 'text-open-ink',
  2: 'text-answered-ink',
  3: 'text-awaiting-ink',
  4: 'text-progress-ink',
  5: 'text-closed-ink',
};

// One shape per status, so that colour is never the only difference.
function shape(status: TicketStatus) {
  switch (status) {
    case 1: // open: a ring
      return <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.75" />;
    case 2: // answered: a disc with an arrow back
      return (
        <>
          <circle cx="6" cy="6" r="5" fill="currentColor" />
          <path
            d="M6.6 3.9 4.3 6l2.3 2.1M4.5 6h3.6"
            className="stroke-surface"
            fill="none"
            strokeWidth="1.2"
          />
        </>
      );
    case 3: // awaiting reply: a full disc, the customer spoke last
      return <circle cx="6" cy="6" r="5" fill="currentColor" />;
    case 4: // in progress: a half disc
      return (
        <>
          <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M6 3.4a2.6 2.6 0 0 1 0 5.2z" fill="currentColor" />
        </>
      );
    case 5: // closed: a tick
      return (
        <>
          <circle cx="6" cy="6" r="5" fill="currentColor" />
          <path d="m3.8 6.1 1.5 1.5 2.9-3.1" className="stroke-surface" fill="none" strokeWidth="1.3" />
        </>
      );
    default:
      return assertNever(status);
  }
}

/** A ticket's status as shape, colour and word; `isCompact` leaves the word to screen readers and the tooltip. */
export function StatusMark({
  status,
  isCompact = false,
  className,
}: {
  status: TicketStatus;
  isCompact?: boolean;
  className?: string;
}) {
  const name = STATUS_NAMES[status];
  return (
    <span
      title={isCompact ? name : undefined}
      className={classes('inline-flex items-center gap-1.5 whitespace-nowrap', inks[status], className)}
    >
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        aria-hidden="true"
        className={classes('shrink-0', marks[status])}
      >
        {shape(status)}
      </svg>
      <span className={isCompact ? 'sr-only' : undefined}>{name}</span>
    </span>
  );
}
