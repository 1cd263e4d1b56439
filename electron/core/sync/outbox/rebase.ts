import type { TicketId } from '../../../../shared/model/ids.ts';
import { STATUS, type TicketStatus } from '../../../../shared/model/ticket.ts';
import { type FieldOperation, type RemoteFields, replay } from '../../domain/syncRules.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { localId } from '../../services/shownIds.ts';
import { publishTickets } from '../../services/ticketEvents.ts';
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
export function rebaseTicket(deps: ServiceDeps, ticketId: TicketId): boolean {
  const { store, clock } = deps;
  const ticket = store.tickets.byId(ticketId);
  const rows = store.outbox.byTicket(ticketId);
  const base = baseOf(store, ticketId, rows);
  if (!base || !ticket) return false;
  const shown = replay(base, rows.flatMap(fieldOperation));
  const now = clock.now();
  const isMoved = shown.departmentId !== ticket.departmentId;
  if (shown.status !== ticket.status) store.tickets.set(ticketId, 'status', shown.status, now);
  if (isMoved) store.tickets.set(ticketId, 'departmentId', shown.departmentId as never, now);
  if (!isMoved && shown.status === ticket.status) return false;
  if (isMoved) store.search.index(ticketId);
  // Who sees only the department that it leaves has it in a list; whoever called tells the others.
  if (isMoved) publishTickets(deps, [ticketId], [ticket.departmentId]);
  store.changes.record('ticket', ticketId, 'changed', now);
  return true;
}

/** What the remote has. A ticket that it does not know yet will be there as it makes it: open (behaviour.md 2.4). */
function baseOf(
  store: ServiceDeps['store'],
  ticketId: TicketId,
  rows: readonly OutboxRow[],
): RemoteFields | undefined {
  const known = store.remoteTickets.byTicket(ticketId);
  if (known) {
    const departmentId = localId({ store }, 'departments', known.departmentId);
    return { status: known.status as TicketStatus, departmentId };
  }
  const making = rows.find(({ kind }) => kind === 'create_ticket');
  return making && { status: STATUS.open, departmentId: making.payload.departmentId as number };
}

/**
 * What an outbox row still adds to the base. A message that was acknowledged is in the base already; a change that
 * waits for a person's decision does not hide what the server has.
 */
function fieldOperation(row: OutboxRow): FieldOperation[] {
  if (row.state === 'sent' || row.state === 'rejected') return [];
  const isUndecided = row.state === 'held' || row.state === 'conflict';
  // What a restored server lost is not on its way until somebody wants it to be.
  if (isUndecided && row.payload.lost === true) return [];
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
