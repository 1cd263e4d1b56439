import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import type { DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { goneRefusal } from '../../services/goneTickets.ts';
import { recordOperation } from '../../services/operationLog.ts';
import type { OperationRecord } from '../../store/repositories/operations.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { rebaseTicket } from './rebase.ts';

type FieldRow = OutboxRow & { readonly ticketId: TicketId; readonly kind: 'set_status' | 'set_department' };

/** By what name the log has the value. */
export const FIELDS = { set_status: 'status', set_department: 'departmentId' } as const;

/** A status or a department that somebody set on a ticket. */
export const isFieldRow = (row: OutboxRow): row is FieldRow =>
  row.ticketId !== null && (row.kind === 'set_status' || row.kind === 'set_department');

/** What the screen shows of the field. */
function shown({ store }: ServiceDeps, { kind, ticketId }: FieldRow): number | undefined {
  const ticket = store.tickets.byId(ticketId);
  return kind === 'set_status' ? ticket?.status : ticket?.departmentId;
}

/** What stands behind a change of a field builds on its value, and now on another. */
export function buildOn({ store }: ServiceDeps, row: FieldRow, old: unknown, value: unknown): void {
  const next = store.outbox.byTicket(row.ticketId).find(({ kind, id }) => kind === row.kind && id > row.id);
  if (next?.state === 'queued' && next.before.value === old)
    store.outbox.requeue(next.id, { ...next, before: { value } });
}

/** What the ticket has without it stays. The log keeps what was discarded, so that it can be put back. In a transaction. */
export function discardField(deps: ServiceDeps, actor: StaffActor, groupId: string, row: FieldRow): void {
  deps.store.outbox.remove(row.id);
  buildOn(deps, row, row.payload.value, row.before.value);
  rebaseTicket(deps, row.ticketId);
  recordOperation(deps, actor, {
    ...{ groupId, kind: 'discard_change', ticketId: row.ticketId },
    payload: { [FIELDS[row.kind]]: row.payload.value, shown: shown(deps, row) },
    before: row,
  });
}

/**
 * Stands where it stood, and waits for the same reason; not over a value that was set since (undo_overtaken), nor for a
 * department or a ticket that is gone. In a transaction; answers why it does not.
 */
export function restoreField(deps: ServiceDeps, operation: OperationRecord): AppError | null {
  const { outbox, tickets, departments } = deps.store;
  const row = operation.before as FieldRow;
  const { value } = row.payload;
  const ticket = tickets.byId(row.ticketId);
  if (!ticket || outbox.byId(row.id)) return appErrorOf('cannot_undo');
  const gone = goneRefusal(deps, row.ticketId);
  if (gone) return gone;
  if ((operation.payload as { shown?: number }).shown !== shown(deps, row))
    return appErrorOf('undo_overtaken');
  if (row.kind === 'set_department' && !departments.byId(value as DepartmentId))
    return appErrorOf('department_not_found');
  outbox.putBack({ ...row, customerId: ticket.customerId });
  buildOn(deps, row, row.before.value, value);
  rebaseTicket(deps, row.ticketId);
  return null;
}
