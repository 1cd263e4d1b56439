import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import type { ServiceDeps } from '../services/context.ts';
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

/** What discarding can take back. A customer or a ticket that others stand on can't be. */
export function canDiscard({ kind, state }: Pick<OutboxRow, 'kind' | 'state'>): boolean {
  if (state === 'sending' || state === 'sent') return false;
  return kind === 'reply' || kind === 'set_status' || kind === 'set_department';
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
  const { store } = deps;
  if (row.kind === 'reply') {
    // Undo takes back what is queued, and puts the text where it was written.
    store.outbox.set(row.id, 'queued', row.reason, Number.MAX_SAFE_INTEGER);
    const undone = await undoGroup(deps, actor, row.groupId);
    if (undone.ok) return ok(undefined);
    store.outbox.set(row.id, row.state, row.reason, row.dueAt);
    return undone;
  }
  if (!canDiscard(row)) return err(appErrorOf('cannot_undo'));
  return store.write(() => {
    store.outbox.remove(row.id);
    if (row.ticketId !== null) rebaseTicket(deps, row.ticketId);
    return ok(undefined);
  });
}
