import type { DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import { isDeletion } from '../../services/outboxDirectory.ts';
import type { RemoteTicketRow } from '../../store/repositories/remoteTickets.ts';
import { noteClosedElsewhere, noteNews } from '../away.ts';
import type { SyncContext } from '../context.ts';
import { rebase } from '../outbox/rebase.ts';
import { putAside } from '../push/pushOutcome.ts';
import type { RemoteTicket } from '../remote.ts';
import { bringBack } from './bringBack.ts';
import { customerOf } from './pullLists.ts';
import { refuseOtherPast } from './wentBack.ts';

/** `unclear`: a ticket of ours is on its way for this customer, and this row may be it. */
export type Applied = 'same' | 'changed' | 'new' | 'unclear';

/**
 * Compares a row of the remote with the one that is kept, and brings in what differs (behaviour.md 3.7, 1: row diff,
 * not timestamps). Runs in the caller's transaction. With `isForeign` it is known to be nobody's of ours.
 */
export function applyTicket(sync: SyncContext, row: RemoteTicket, isForeign = false): Applied {
  const { store } = sync.deps;
  const id = store.remoteTickets.localId('tickets', row.id) as TicketId | undefined;
  const kept = id === undefined ? undefined : store.remoteTickets.byTicket(id);
  if (kept && isSame(kept, row)) return 'same';
  refuseOtherPast(sync, row, id, kept);
  if (id === undefined) {
    const customerId = customerOf(sync, row.customerId, row.customerName);
    if (!isForeign && store.outbox.openCreates(customerId).length > 0) return 'unclear';
    insertTicket(sync, row);
    return 'new';
  }
  if (!kept) noteReturned(sync, id);
  store.remoteTickets.upsert({ ...row, ticketId: id });
  departmentOf(sync, row.departmentId, store.remoteContents.isToBeDeleted(id));
  sync.counts.pulled += 1;
  if (kept?.customerName !== row.customerName) renameCustomer(sync, row);
  setSubject(sync, id, row.subject, kept?.subject ?? sentSubject(sync, id));
  noteClosedElsewhere(sync, id, row.status);
  rebase(sync, id);
  // Moved out of a department that is to be deleted, it stays.
  bringBack(sync, id, kept ? row.replies - kept.replies : null);
  return 'changed';
}

function isSame(kept: RemoteTicketRow, row: RemoteTicket): boolean {
  return (
    kept.status === row.status &&
    kept.departmentId === row.departmentId &&
    kept.subject === row.subject &&
    kept.lastUpdateS === row.lastUpdateS &&
    kept.replies === row.replies &&
    kept.createdAtS === row.createdAtS &&
    kept.customerName === row.customerName
  );
}

function insertTicket(sync: SyncContext, row: RemoteTicket): void {
  const { store, clock } = sync.deps;
  const customerId = customerOf(sync, row.customerId, row.customerName);
  const id = row.id as TicketId;
  store.remoteTickets.insertTicket({
    ...row,
    departmentId: departmentOf(sync, row.departmentId),
    customerId,
    createdAt: row.createdAtS * 1000,
    lastMessageAt: row.lastUpdateS * 1000,
  });
  store.remoteTickets.upsert({ ...row, ticketId: id });
  store.search.enqueue([id]);
  store.changes.record('ticket', id, 'created', clock.now());
  noteNews(sync, 'new', id);
  rememberHighest(sync, row.id);
  sync.counts.pulled += 1;
}

/** Ids only grow: new tickets are looked for above the highest that was seen (3.7, 4). */
export function rememberHighest({ deps }: SyncContext, remoteId: number): void {
  const desk = deps.store.remoteDesk.get();
  if (desk && remoteId > desk.maxTicketId) deps.store.remoteDesk.set('maxTicketId', remoteId);
}

/**
 * A department that is not listed yet: its ticket must not be lost over it. One that was deleted here comes back with
 * a ticket, but not with one that is to be deleted there as well.
 */
function departmentOf({ deps }: SyncContext, remoteId: number, isToBeDeleted = false): DepartmentId {
  const { store, clock } = deps;
  const known = store.remoteTickets.localId('departments', remoteId) as DepartmentId | undefined;
  const id = known ?? (remoteId as DepartmentId);
  if (known !== undefined && (isToBeDeleted || store.departments.byId(known))) return known;
  if (known !== undefined) store.departments.setDeleted(known, null);
  else {
    const name = `Department ${remoteId}`;
    store.remoteDirectory.upsertDepartment({
      ...{ id, name, isPrivate: false },
      position: remoteId,
      now: clock.now(),
    });
  }
  store.remoteDesk.set('listsAt', null);
  return id;
}

function renameCustomer(sync: SyncContext, row: RemoteTicket): void {
  const { store, clock } = sync.deps;
  const customerId = customerOf(sync, row.customerId, row.customerName);
  const customer = store.customers.byId(customerId);
  // Deleted here: it is not for a name to bring them back.
  if (!customer || customer.deletedAt !== null || customer.name === row.customerName) return;
  store.remoteDirectory.updateCustomer(
    customerId,
    { name: row.customerName, email: customer.email },
    clock.now(),
  );
  store.search.enqueueCustomer(customerId);
}

/** What a ticket of ours was opened with, until a row of the remote says it. */
function sentSubject({ deps }: SyncContext, id: TicketId): string | undefined {
  const create = deps.store.outbox.byTicket(id).find(({ kind }) => kind === 'create_ticket');
  return create?.payload.subject as string | undefined;
}

/** A subject that was changed on this desk only stays; the remote can't hold it. */
function setSubject({ deps }: SyncContext, id: TicketId, subject: string, before: string | undefined): void {
  const { store, clock } = deps;
  const shown = store.tickets.byId(id)?.subject;
  if (shown === subject || shown !== before) return;
  store.tickets.set(id, 'subject', subject, clock.now());
  store.search.enqueue([id]);
}

const GONE_REASON = 'The server has deleted this ticket.';

/** Deleted there, and there again: what is still to be sent for it can be sent. */
function noteReturned({ deps: { store } }: SyncContext, id: TicketId): void {
  for (const row of store.outbox.byTicket(id)) {
    if (row.state === 'conflict' && row.reason === GONE_REASON)
      store.outbox.set(row.id, row.state, 'The server had deleted this ticket, and has it again.');
  }
}

/**
 * The remote says that it has no such ticket. It goes to this desk's trash as the remote had it last, and what was still
 * to be sent for it is shown as a conflict.
 */
export function removeTicket(sync: SyncContext, id: TicketId): void {
  const { store, clock } = sync.deps;
  const now = clock.now();
  const isNews = store.remoteTickets.byTicket(id) !== undefined;
  for (const row of store.outbox.byTicket(id)) {
    if (row.state === 'sending' && isDeletion(row.kind)) continue;
    // Nothing is to be confirmed any more: a deletion finds out that it is done.
    if (isDeletion(row.kind)) store.outbox.set(row.id, 'queued');
    else putAside(sync, row.id, 'conflict', GONE_REASON);
  }
  rebase(sync, id);
  store.remoteTickets.remove(id);
  // Known before, somebody may have taken it out of the trash since.
  if (!isNews || store.tickets.byId(id)?.deletedAt !== null) return;
  store.tickets.set(id, 'deletedAt', now, now);
  store.search.remove(id);
  store.changes.record('ticket', id, 'deleted', now);
  sync.counts.pulled += 1;
}
