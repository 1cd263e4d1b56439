import { PRIORITY_NAMES, type TicketPriority } from '../../shared/model/ticket.ts';
import { classes } from './classes.ts';

const inks: Record<TicketPriority, string> = {
  1: 'text-faint',
  2: 'text-faint',
  3: 'text-awaiting-ink',
  4: 'text-awaiting-ink',
  5: 'text-danger-ink',
  6: 'text-danger-ink',
};

/** Priority as rising bars and a word. */
export function PriorityMark({
  priority,
  isCompact = false,
  className,
}: {
  priority: TicketPriority;
  isCompact?: boolean;
  className?: string;
}) {
  const name = PRIORITY_NAMES[priority];
  const filled = Math.ceil(priority / 2) + (priority >= 5 ? 1 : 0);
  return (
    <span
      title={isCompact ? `${name} priority` : undefined}
      className={classes('inline-flex items-center gap-1.5 whitespace-nowrap', inks[priority], className)}
    >
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" className="shrink-0">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={bar * 3}
            y={9 - bar * 2.4}
            width="2"
            height={3 + bar * 2.4}
            rx="0.75"
            fill="currentColor"
            opacity={bar < filled ? 1 : 0.28}
          />
        ))}
      </svg>
      <span className={isCompact ? 'sr-only' : undefined}>{isCompact ? `${name} priority` : name}</span>
    </span>
  );
}
