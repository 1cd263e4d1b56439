import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { AsStored, OutboxState, Sending } from '../../../shared/contract/sync.ts';
import type { MessageId, TicketId } from '../../../shared/model/ids.ts';
import type { DeskRow } from '../store/ticketRows.ts';
import type { ServiceDeps } from './context.ts';
import { goneTickets } from './goneTickets.ts';

/** What only a person can get going again. */
const UNDECIDED: ReadonlySet<OutboxState> = new Set(['held', 'conflict', 'rejected']);

type Mark = NonNullable<TicketRow['sending']>;
/** Of several operations of a ticket the gravest is told. */
const WEIGHT: Readonly<Record<Mark, number>> = { waiting: 0, unsure: 1, undecided: 2 };

function markOf(state: OutboxState): Mark {
  if (UNDECIDED.has(state)) return 'undecided';
  return state === 'uncertain' ? 'unsure' : 'waiting';
}

/**
 * Marks the rows of which something waits to reach the server, and those that it has deleted: one query each for all,
 * none on a desk of its own.
 */
export function withSending(deps: ServiceDeps, rows: readonly DeskRow[]): TicketRow[] {
  const { store } = deps;
  const ids = rows.map(({ id }) => id);
  const marks = new Map<TicketId, Mark>();
  if (rows.length > 0 && store.remoteDesk.get()) {
    for (const { ticketId, state } of store.outbox.ofTickets(ids)) {
      if (ticketId === null) continue;
      const [mark, known] = [markOf(state), marks.get(ticketId)];
      if (!known || WEIGHT[mark] > WEIGHT[known]) marks.set(ticketId, mark);
    }
  }
  const gone = goneTickets(deps, ids);
  return rows.map((row) => ({ ...row, sending: marks.get(row.id) ?? null, isGone: gone.has(row.id) }));
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

/** What the server made of messages of ours, where it is not what was sent; nothing on a desk of its own. */
export function asStoredOf({ store }: ServiceDeps, id: TicketId): ReadonlyMap<MessageId, AsStored> {
  const found = new Map<MessageId, AsStored>();
  if (store.remoteDesk.get()?.firstSyncDoneAt == null) return found;
  for (const { messageId, kinds, sentHtml } of store.messageDifferences.ofTicket(id)) {
    found.set(messageId, { differences: [...kinds], missingFiles: [], sentHtml });
  }
  for (const { messageId, cause } of store.remoteLost.ofTicket(id)) {
    found.set(messageId, {
      differences: [cause === 'restored' ? 'lost' : 'deleted'],
      missingFiles: [],
      sentHtml: null,
    });
  }
  const files = Map.groupBy(store.messageDifferences.missingFiles(id), ({ messageId }) => messageId);
  for (const [messageId, missing] of files) {
    const { differences, sentHtml } = found.get(messageId) ?? { differences: [], sentHtml: null };
    const missingFiles = missing.map(({ name }) => name);
    found.set(messageId, { differences: [...differences, 'files'], missingFiles, sentHtml });
  }
  return found;
}
