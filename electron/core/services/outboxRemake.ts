import { STATUS } from '../../../shared/model/ticket.ts';
import type { NewOutboxRow } from '../store/repositories/outbox.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';

/** More than this nobody writes into a ticket that the remote does not know. */
const MOST = 10_000;

/**
 * A ticket that comes out of the trash and was never made on the remote, because its making was discarded: it is made
 * there now, with all that was written in it. What may have left before it was discarded is looked for first. Runs in
 * the caller's transaction.
 */
export function remakeTicket(deps: ServiceDeps, ticket: TicketRecord, groupId: string): void {
  const { store, clock } = deps;
  const { id: ticketId, customerId, subject, departmentId } = ticket;
  if (store.remoteTickets.remoteId('tickets', ticketId) !== null) return;
  if (store.outbox.byTicket(ticketId).some(({ kind }) => kind === 'create_ticket')) return;
  const [first, ...rest] = store.messages.page(ticketId, 'asc', MOST, 0);
  if (!first) return;
  const insert = (row: Pick<NewOutboxRow, 'kind' | 'payload' | 'before' | 'messageId' | 'seenMessages'>) =>
    store.outbox.insert({
      ...{ groupId, lane: `ticket ${ticketId}`, ticketId, customerId, createdAt: clock.now() },
      ...row,
    });
  const payload = { subject, departmentId };
  const created = insert({
    kind: 'create_ticket',
    payload,
    before: {},
    messageId: first.id,
    seenMessages: 0,
  });
  if (store.remoteMessages.markerOf(first.id) !== null) {
    store.outbox.begin(created, clock.now());
    store.outbox.set(created, 'uncertain', 'It may have arrived before it was discarded.');
  }
  let status: number = STATUS.open;
  for (const [index, { id: messageId, author }] of rest.entries()) {
    const kind = author === 'staff' ? 'reply' : 'customer_reply';
    insert({ kind, payload: {}, before: {}, messageId, seenMessages: index + 1 });
    status = author === 'staff' ? STATUS.answered : STATUS.awaitingReply;
  }
  if (ticket.status === status) return;
  const change = { payload: { value: ticket.status }, before: { value: status } };
  insert({ kind: 'set_status', ...change, messageId: null, seenMessages: rest.length + 1 });
}
