import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type {
  AttachmentId,
  CustomerId,
  DepartmentId,
  MessageId,
  TicketId,
} from '../../../../shared/model/ids.ts';
import { MARKER_LENGTH } from '../../domain/marker.ts';
import { LOST_REASON, remakeTicket } from '../../services/outboxRemake.ts';
import { announce, type SyncContext, write } from '../context.ts';
import { rebase } from '../outbox/rebase.ts';
import type { Lost, MovedThread } from './findLost.ts';

/**
 * Lets go of what the remote lost, a transaction for each thing: what stays here is this desk's own from then on, and
 * its number may mean something else. Ended anywhere, the desk is paused as before, and a new look finds what is left;
 * only the last transaction lets the exchange begin again. Answers false when it was called off.
 */
export async function takeState(
  sync: SyncContext,
  lost: Lost,
  run: { readonly signal: AbortSignal; progress(done: number, total: number): void },
): Promise<boolean> {
  const steps: (() => void)[] = [
    ...lost.customers.map((id) => () => loseCustomer(sync, id)),
    ...lost.departments.map((id) => () => loseDepartment(sync, id)),
    ...lost.tickets.map((id) => () => loseTicket(sync, id)),
    ...lost.threads.map((thread) => () => loseMessages(sync, thread)),
    ...lost.files.map((id) => () => loseFile(sync, id)),
  ];
  for (const [index, step] of steps.entries()) {
    if (run.signal.aborted) return false;
    run.progress(index, steps.length);
    write(sync, step);
    await setImmediate();
  }
  if (run.signal.aborted) return false;
  write(sync, () => beginAnew(sync, lost.highest));
  const { events } = sync.deps;
  events.publish({ type: 'desk_changed', what: 'customers' });
  events.publish({ type: 'desk_changed', what: 'departments' });
  return true;
}

/** What is left is brought in by the runs that follow, as after any absence. */
function beginAnew({ deps: { store } }: SyncContext, highest: number): void {
  store.remoteDesk.set('maxTicketId', highest);
  store.remoteDesk.set('listsAt', null);
  store.remoteDesk.set('fullScanAt', null);
  store.remoteDesk.set('scanDepartmentId', null);
  store.remoteDesk.set('scanPage', 1);
  store.remoteDesk.set('pausedCode', null);
}

/** A ticket that is not there: it stays as one that was never made there, and is made again if a person wants it. */
function loseTicket(sync: SyncContext, known: TicketId): void {
  const { deps } = sync;
  const { store, clock } = deps;
  const now = clock.now();
  for (const row of store.outbox.byTicket(known)) store.outbox.remove(row.id);
  for (const id of store.remoteLost.thread(known)) {
    if (store.remoteTickets.remoteId('messages', id) !== null) loseMessage(sync, id);
    else store.remoteLost.free('messages', id);
  }
  for (const { number } of store.remoteLost.doubles(known)) store.remoteLost.removeDouble(number);
  store.remoteTickets.remove(known);
  const id = store.remoteLost.free('tickets', known);
  if (id !== known) {
    store.search.remove(known);
    store.changes.record('ticket', known, 'deleted', now);
    store.changes.record('ticket', id, 'created', now);
  }
  const ticket = store.tickets.byId(id);
  if (!ticket || ticket.deletedAt !== null) return;
  store.search.enqueue([id]);
  remakeTicket(deps, ticket, deps.ids.group());
  announce(sync, id === known ? [id] : [known, id]);
}

/** A message gives its number up; the words stay, and are found again by their marker when they are sent once more. */
function loseMessage(sync: SyncContext, known: MessageId): MessageId {
  const { store, clock } = sync.deps;
  const number = store.remoteTickets.remoteId('messages', known);
  for (const file of store.remoteLost.filesOf(known)) loseFile(sync, file);
  const id = number === null ? known : store.remoteLost.free('messages', known);
  if (store.remoteMessages.markerOf(id) === null) {
    const { createdAt = 0, bodyHtml = '' } = store.messages.byId(id) ?? {};
    // The same on every desk that had it: whoever sends it again, the others know it.
    const url = store.remoteDesk.get()?.url ?? '';
    const digest = createHash('sha256').update(`${url} ${number} ${createdAt} ${bodyHtml}`).digest('hex');
    store.remoteMessages.setMarker(id, digest.slice(0, MARKER_LENGTH));
  }
  store.remoteLost.mark(id, 'restored', clock.now());
  if (id !== known) {
    store.changes.record('message', known, 'deleted', clock.now());
    store.changes.record('message', id, 'created', clock.now());
  }
  return id;
}

/** A ticket that is there and has lost messages: each waits for a person, beside what else is done in the ticket. */
function loseMessages(sync: SyncContext, { ticketId, row, lost, doubles }: MovedThread): void {
  const { deps } = sync;
  const { store, clock } = deps;
  for (const number of doubles) store.remoteLost.removeDouble(number);
  for (const known of lost) {
    const id = loseMessage(sync, known);
    const before = store.outbox.byMessage(id);
    if (before?.state === 'sent') store.outbox.remove(before.id);
    const message = store.messages.byId(id);
    if (!message || message.deletedAt !== null || store.outbox.byMessage(id)) continue;
    const held = store.outbox.insert({
      kind: message.author === 'staff' ? 'reply' : 'customer_reply',
      groupId: deps.ids.group(),
      // Of their own: what is done in the ticket from now on does not wait for them.
      lane: `lost ${ticketId}`,
      ...{ ticketId, messageId: id, customerId: null, payload: { lost: true }, before: {} },
      seenMessages: row.replies + 1,
      createdAt: clock.now(),
    });
    store.outbox.set(held, 'held', LOST_REASON);
    store.outbox.noteAside(held, clock.now());
  }
  if (!store.remoteTickets.byTicket(ticketId)) return;
  store.remoteTickets.upsert({ ...row, ticketId });
  store.remoteTickets.markThreadStale(ticketId);
  rebase(sync, ticketId);
  store.changes.record('ticket', ticketId, 'changed', clock.now());
  announce(sync, [ticketId]);
}

/** Its bytes stay if they are here; else nobody has them any more. */
function loseFile(sync: SyncContext, known: AttachmentId): void {
  const { store, clock } = sync.deps;
  // Its message may have taken it along.
  if (!store.attachments.byId(known) || store.remoteTickets.remoteId('attachments', known) === null) return;
  const id = store.remoteLost.free('attachments', known);
  if (store.attachments.byId(id)?.sha256 === '') store.aboard.setProblem(id, 'gone', clock.now());
  if (id === known) return;
  store.changes.record('attachment', known, 'deleted', clock.now());
  store.changes.record('attachment', id, 'created', clock.now());
}

/** Made again there when something of theirs is. */
function loseCustomer(sync: SyncContext, known: CustomerId): void {
  const { store, clock } = sync.deps;
  for (const { id, kind } of store.outbox.byLane(`customer ${known}`))
    if (kind === 'update_customer' || kind === 'delete_customer') store.outbox.remove(id);
  const id = store.remoteLost.free('customers', known);
  if (id === known) return;
  store.search.enqueueCustomer(id);
  store.changes.record('customer', known, 'deleted', clock.now());
  store.changes.record('customer', id, 'created', clock.now());
}

function loseDepartment(sync: SyncContext, known: DepartmentId): void {
  const { store, clock } = sync.deps;
  const now = clock.now();
  for (const { id, kind } of store.outbox.byLane(`department ${known}`))
    if (kind === 'update_department' || kind === 'delete_department') store.outbox.remove(id);
  const id = store.remoteLost.free('departments', known);
  if (id !== known) {
    store.changes.record('department', known, 'deleted', now);
    store.changes.record('department', id, 'created', now);
  }
  if (store.remoteContents.allOfDepartment(id).length === 0) store.departments.setDeleted(id, now);
  for (const ticketId of store.remoteContents.allOfDepartment(id)) store.search.enqueue([ticketId]);
}
