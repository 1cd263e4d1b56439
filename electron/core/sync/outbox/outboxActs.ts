import type { DraftId, TicketId } from '../../../../shared/model/ids.ts';
import { ok, type Result } from '../../../../shared/util/result.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { localId } from '../../services/shownIds.ts';
import { type newAct, setTrashed } from '../../services/ticketChanges.ts';
import { publishTickets } from '../../services/ticketEvents.ts';
import { undoGroup } from '../../services/undo.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { rebaseTicket } from './rebase.ts';

/** After the commit: the windows look again. */
export function announceOutbox(deps: ServiceDeps, ticketId: TicketId | null): void {
  deps.events.publish({ type: 'desk_changed', what: 'sync' });
  const ticket = ticketId === null ? undefined : deps.store.tickets.byId(ticketId);
  if (ticket) publishTickets(deps, [ticket.id], [ticket.departmentId]);
}

/** On top of what stands there now: that, and what came, has been seen. */
export function requeue(
  deps: ServiceDeps,
  row: OutboxRow,
  payload: Readonly<Record<string, unknown>>,
): Result<void> {
  const { store } = deps;
  return store.write(() => {
    const base = row.ticketId === null ? undefined : store.remoteTickets.byTicket(row.ticketId);
    const now =
      row.kind === 'set_department' && base ? localId(deps, 'departments', base.departmentId) : base?.status;
    store.outbox.requeue(row.id, {
      payload,
      before: row.kind.startsWith('set_') && now !== undefined ? { value: now } : row.before,
      seenMessages: base ? Math.max(row.seenMessages, base.replies + 1) : row.seenMessages,
    });
    if (row.ticketId !== null) rebaseTicket(deps, row.ticketId);
    return ok(undefined);
  });
}

/** Undo takes back what is queued, and puts the text where it was written. */
export async function giveTextBack(
  deps: ServiceDeps,
  actor: StaffActor,
  row: OutboxRow,
): Promise<Result<DraftId | null>> {
  const { outbox } = deps.store;
  outbox.set(row.id, 'queued', row.reason, Number.MAX_SAFE_INTEGER);
  const undone = await undoGroup(deps, actor, row.groupId);
  if (undone.ok) return ok(undone.value.restoredDraftId);
  outbox.set(row.id, row.state, row.reason, row.dueAt);
  return undone;
}

/** The changes and the deletion of somebody, or of a department, that the remote never gets to know: or the row alone. */
export function ofWhatIsNeverMade({ store }: ServiceDeps, row: OutboxRow): OutboxRow[] {
  const isMaking = row.kind === 'create_customer' || row.kind === 'create_department';
  return isMaking ? store.outbox.byLane(row.lane) : [row];
}

/** What was made here only goes to the trash; what was changed here is again as the remote has it. */
export function discardRow(deps: ServiceDeps, act: ReturnType<typeof newAct>, row: OutboxRow): void {
  const { store, clock } = deps;
  const ticket = row.ticketId === null ? undefined : store.tickets.byId(row.ticketId);
  const isNewTicket = row.kind === 'create_ticket' && ticket !== undefined;
  // What is never made takes along whatever was to follow it.
  const followers = isNewTicket ? store.outbox.byTicket(ticket.id) : ofWhatIsNeverMade(deps, row);
  for (const { id } of followers) store.outbox.remove(id);
  if (isNewTicket && ticket.deletedAt === null) setTrashed(deps, act, ticket, true);
  if (row.kind === 'create_customer' && row.customerId !== null) {
    store.customers.setDeleted(row.customerId, clock.now(), clock.now());
    store.changes.record('customer', row.customerId, 'deleted', clock.now());
  }
  if (row.kind === 'customer_reply' && row.messageId !== null && ticket) {
    store.messages.setDeleted(row.messageId, clock.now());
    store.changes.record('message', row.messageId, 'deleted', clock.now());
    store.tickets.refreshFromThread(ticket.id, clock.now());
    store.search.index(ticket.id);
  }
  if (ticket && !isNewTicket) rebaseTicket(deps, ticket.id);
}
