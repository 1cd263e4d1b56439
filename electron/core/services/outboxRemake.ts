import type { TicketId } from '../../../shared/model/ids.ts';
import { STATUS, type TicketStatus } from '../../../shared/model/ticket.ts';
import { statusAfterMessage } from '../domain/ticketLifecycle.ts';
import type { NewOutboxRow } from '../store/repositories/outbox.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';

/** Why what a restored remote lost waits for a person. */
export const LOST_REASON = 'The server lost this when it was restored from a backup.';

/** More than this nobody writes into a ticket that the remote does not know. */
const MOST = 10_000;

const LIKELY_THERE =
  'It may have arrived before it was discarded: the server has a ticket of this customer with this subject.';

/**
 * A ticket that comes out of the trash and was never made on the remote, because its making was discarded: it is made
 * there now, with all that was written in it. What may have left before it was discarded is looked for first, and a
 * person is asked where it may have come back as a ticket of the remote's. One that a restored remote lost waits until a
 * person wants it made again. Runs in the caller's transaction.
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
  const opened = openingOf(deps, ticketId);
  const isLost = store.remoteLost.isLost(first.id);
  const lost = isLost ? { lost: true } : {};
  const created = insert({
    kind: 'create_ticket',
    payload: { subject, departmentId, ...lost, ...(opened.notify === true ? { notify: true } : {}) },
    before: {},
    messageId: first.id,
    seenMessages: 0,
  });
  if (isLost) {
    store.outbox.set(created, 'held', LOST_REASON);
    store.outbox.noteAside(created, clock.now());
  } else if (store.remoteMessages.markerOf(first.id) !== null) {
    const isLikelyThere = hasTicketCalled(deps, ticket, [subject, opened.subject]);
    store.outbox.begin(created, clock.now());
    if (isLikelyThere) store.outbox.set(created, 'held', LIKELY_THERE);
    else store.outbox.set(created, 'uncertain', 'It may have arrived before it was discarded.');
    store.outbox.noteAside(created, clock.now());
  }
  let status: TicketStatus = STATUS.open;
  for (const [index, { id: messageId, author }] of rest.entries()) {
    const kind = author === 'staff' ? 'reply' : 'customer_reply';
    insert({ kind, payload: lost, before: {}, messageId, seenMessages: index + 1 });
    status = statusAfterMessage(status, author, false);
  }
  if (ticket.status === status) return;
  const change = { payload: { value: ticket.status, ...lost }, before: { value: status } };
  insert({ kind: 'set_status', ...change, messageId: null, seenMessages: rest.length + 1 });
}

/** What it was opened with, as the log has it. */
function openingOf({ store }: ServiceDeps, id: TicketId): { subject?: string; notify?: boolean } {
  const opening = store.operations.byTicket(id).find(({ kind }) => kind === 'create_ticket');
  return (opening?.payload ?? {}) as { subject?: string; notify?: boolean };
}

function hasTicketCalled(
  { store }: ServiceDeps,
  { customerId }: TicketRecord,
  subjects: readonly (string | undefined)[],
): boolean {
  const there = store.remoteContents.customerTickets(customerId);
  return there.some((id) => subjects.includes(store.tickets.byId(id)?.subject));
}
