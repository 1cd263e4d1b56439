import type { TicketId } from '../../../../shared/model/ids.ts';
import type { TicketStatus } from '../../../../shared/model/ticket.ts';
import { type FieldOperation, replay } from '../../domain/syncRules.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { localId } from '../../services/shownIds.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import type { SyncContext } from '../context.ts';

/**
 * Sets what the screen shows of a ticket: base + replay of the outbox. Runs in the transaction that moved either
 * of them. Answers whether anything changed.
 */
export function rebase({ deps }: SyncContext, ticketId: TicketId): boolean {
  return rebaseTicket(deps, ticketId);
}

/** The same, where no run of the engine is under way. */
export function rebaseTicket({ store, clock }: ServiceDeps, ticketId: TicketId): boolean {
  const base = store.remoteTickets.byTicket(ticketId);
  const ticket = store.tickets.byId(ticketId);
  // A ticket that the remote does not know yet is what was written here.
  if (!base || !ticket) return false;
  const operations = store.outbox.byTicket(ticketId).flatMap(fieldOperation);
  const departmentId = localId({ store }, 'departments', base.departmentId);
  const shown = replay({ status: base.status as TicketStatus, departmentId }, operations);
  const now = clock.now();
  const isMoved = shown.departmentId !== ticket.departmentId;
  if (shown.status !== ticket.status) store.tickets.set(ticketId, 'status', shown.status, now);
  if (isMoved) store.tickets.set(ticketId, 'departmentId', shown.departmentId as never, now);
  if (!isMoved && shown.status === ticket.status) return false;
  if (isMoved) store.search.index(ticketId);
  store.changes.record('ticket', ticketId, 'changed', now);
  return true;
}

/**
 * What an outbox row still adds to the base. A message that was acknowledged is in the base already; a change that
 * waits for a person's decision does not hide what the server has.
 */
function fieldOperation(row: OutboxRow): FieldOperation[] {
  if (row.state === 'sent' || row.state === 'rejected') return [];
  const isUndecided = row.state === 'held' || row.state === 'conflict';
  switch (row.kind) {
    case 'reply':
    case 'customer_reply': {
      const author = row.kind === 'reply' ? 'staff' : 'customer';
      return [{ kind: 'message', author, close: row.payload.close === true && !isUndecided }];
    }
    case 'set_status':
      return isUndecided ? [] : [{ kind: 'set_status', value: row.payload.value as TicketStatus }];
    case 'set_department':
      return isUndecided ? [] : [{ kind: 'set_department', value: row.payload.value as number }];
    default:
      return [];
  }
}
