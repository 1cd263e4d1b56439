import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { OutboxState, Sending } from '../../../shared/contract/sync.ts';
import type { MessageId, TicketId } from '../../../shared/model/ids.ts';
import type { DeskRow } from '../store/ticketRows.ts';
import type { ServiceDeps } from './context.ts';

/** What only a person can get going again. */
const UNDECIDED: ReadonlySet<OutboxState> = new Set(['held', 'conflict', 'rejected']);

/** Marks the rows of which something waits to reach the server: one query for all, none on a desk of its own. */
export function withSending({ store }: ServiceDeps, rows: readonly DeskRow[]): TicketRow[] {
  const marks = new Map<TicketId, TicketRow['sending']>();
  if (rows.length > 0 && store.remoteDesk.get()) {
    for (const { ticketId, state } of store.outbox.ofTickets(rows.map(({ id }) => id))) {
      if (ticketId === null || marks.get(ticketId) === 'undecided') continue;
      marks.set(ticketId, UNDECIDED.has(state) ? 'undecided' : 'waiting');
    }
  }
  return rows.map((row) => ({ ...row, sending: marks.get(row.id) ?? null }));
}

/** How far the messages of a ticket are that the server has not confirmed. */
export function sendingOf({ store }: ServiceDeps, row: TicketRow): ReadonlyMap<MessageId, Sending> {
  const found = new Map<MessageId, Sending>();
  if (row.sending === null) return found;
  for (const { messageId, state, reason } of store.outbox.ofTickets([row.id])) {
    if (messageId !== null) found.set(messageId, { state, reason });
  }
  return found;
}
