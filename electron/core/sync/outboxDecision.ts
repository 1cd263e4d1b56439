import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import type { ServiceDeps } from '../services/context.ts';
import { finish, newAct, setTrashed } from '../services/ticketChanges.ts';
import { publishTickets } from '../services/ticketEvents.ts';
import { undoGroup } from '../services/undo.ts';
import type { OutboxRow } from '../store/repositories/outbox.ts';
import { rebaseTicket } from './rebase.ts';

/**
 * What a person decides about an operation that waits. `send`: now, as it is, on top of whatever stands there; for an
 * uncertain one that means once more, knowingly. `discard`: the remote's state stays; a text goes back to its writer.
 */
export type OutboxDecision = 'send' | 'discard';

export async function decideOutbox(
  deps: ServiceDeps,
  actor: StaffActor,
  input: { readonly id: number; readonly decision: OutboxDecision },
): Promise<Result<void>> {
  const row = deps.store.outbox.byId(input.id);
  if (!row) return err(appErrorOf('not_found'));
  // On its way, or there already: nothing is left to decide.
  if (row.state === 'sending' || row.state === 'sent') return err(appErrorOf('cannot_undo'));
  const decided = input.decision === 'send' ? sendAsItIs(deps, row) : await discard(deps, actor, row);
  if (!decided.ok) return decided;
  deps.events.publish({ type: 'desk_changed', what: 'sync' });
  if (row.ticketId !== null) publishTickets(deps, [row.ticketId], departmentsOf(deps, row.ticketId));
  return decided;
}

function departmentsOf({ store }: ServiceDeps, ticketId: TicketId): DepartmentId[] {
  const departmentId = store.tickets.byId(ticketId)?.departmentId;
  return departmentId === undefined ? [] : [departmentId];
}

/** What discarding can take back: whatever is not on its way, but a customer whose tickets wait for them. */
export function canDiscard({ store }: ServiceDeps, { kind, state, customerId }: OutboxRow): boolean {
  if (state === 'sending' || state === 'sent') return false;
  return kind !== 'create_customer' || customerId === null || !store.outbox.hasTicketsOf(customerId);
}

function sendAsItIs(deps: ServiceDeps, row: OutboxRow): Result<void> {
  const { store } = deps;
  return store.write(() => {
    const base = row.ticketId === null ? undefined : store.remoteTickets.byTicket(row.ticketId);
    const now = row.kind === 'set_department' ? base?.departmentId : base?.status;
    const before = row.kind.startsWith('set_') && now !== undefined ? { value: now } : row.before;
    store.outbox.requeue(row.id, {
      payload: { ...row.payload, asItIs: true },
      before,
      seenMessages: base ? Math.max(row.seenMessages, base.replies + 1) : row.seenMessages,
    });
    if (row.ticketId !== null) rebaseTicket(deps, row.ticketId);
    return ok(undefined);
  });
}

async function discard(deps: ServiceDeps, actor: StaffActor, row: OutboxRow): Promise<Result<void>> {
  if (!canDiscard(deps, row)) return err(appErrorOf('cannot_undo'));
  if (row.kind === 'reply') return giveTextBack(deps, actor, row);
  const act = newAct(deps, actor);
  const discarded = deps.store.write(() => {
    discardRow(deps, act, row);
    return ok(undefined);
  });
  finish(deps, act);
  return discarded;
}

/** Undo takes back what is queued, and puts the text where it was written. */
async function giveTextBack(deps: ServiceDeps, actor: StaffActor, row: OutboxRow): Promise<Result<void>> {
  const { outbox } = deps.store;
  outbox.set(row.id, 'queued', row.reason, Number.MAX_SAFE_INTEGER);
  const undone = await undoGroup(deps, actor, row.groupId);
  if (undone.ok) return ok(undefined);
  outbox.set(row.id, row.state, row.reason, row.dueAt);
  return undone;
}

/** What was made here only goes to the trash; what was changed here is again as the remote has it. */
function discardRow(deps: ServiceDeps, act: ReturnType<typeof newAct>, row: OutboxRow): void {
  const { store, clock } = deps;
  const ticket = row.ticketId === null ? undefined : store.tickets.byId(row.ticketId);
  const isNewTicket = row.kind === 'create_ticket' && ticket !== undefined;
  // A ticket that is never made takes along whatever was to follow it.
  for (const { id } of isNewTicket ? store.outbox.byTicket(ticket.id) : [row]) store.outbox.remove(id);
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
