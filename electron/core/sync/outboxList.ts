import type { OutboxItem } from '../../../shared/contract/sync.ts';
import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { STATUS_NAMES, type TicketStatus } from '../../../shared/model/ticket.ts';
import type { ServiceDeps } from '../services/context.ts';
import type { OutboxRow } from '../store/repositories/outbox.ts';
import { canDiscard } from './outboxDecision.ts';

/** Every operation that waits, oldest first, in words for a person. */
export function listOutbox(deps: ServiceDeps): OutboxItem[] {
  return deps.store.outbox.all().map((row) => itemOf(deps, row));
}

function itemOf(deps: ServiceDeps, row: OutboxRow): OutboxItem {
  const { id, kind, state, ticketId, messageId, attempts, createdAt, dueAt } = row;
  return {
    ...{ id, kind, state, ticketId, messageId, attempts, createdAt, dueAt },
    reason: row.reason || waitsFor(deps, row),
    title: titleOf(deps, row),
    detail: detailOf(deps, row),
    theirs: theirsOf(deps, row),
    canDiscard: canDiscard(deps, row),
  };
}

/** What a queued operation stands behind, when it is not simply its turn. */
function waitsFor({ store }: ServiceDeps, { id, kind, state, ticketId, customerId }: OutboxRow): string {
  if (state !== 'queued' || ticketId === null) return '';
  const isBehind = store.outbox
    .byTicket(ticketId)
    .some((other) => other.id < id && other.state !== 'queued' && other.state !== 'sent');
  if (isBehind) return 'Waits for what was done in this ticket before.';
  if (kind !== 'create_ticket') return '';
  if (store.tickets.byId(ticketId)?.deletedAt != null)
    return 'The ticket lies in the trash. It goes once it is restored.';
  const isCustomerThere =
    customerId === null || store.remoteTickets.remoteId('customers', customerId) !== null;
  return isCustomerThere ? '' : 'Waits for its customer.';
}

function titleOf({ store }: ServiceDeps, { ticketId, customerId }: OutboxRow): string {
  if (ticketId !== null) return store.tickets.byId(ticketId)?.subject ?? '';
  return customerId === null ? '' : (store.customers.byId(customerId)?.name ?? '');
}

function detailOf(deps: ServiceDeps, row: OutboxRow): string {
  const { store } = deps;
  if (row.messageId !== null) return store.messages.byId(row.messageId)?.preview ?? '';
  if (row.kind === 'set_status' || row.kind === 'set_department') {
    return valueName(deps, row.kind, row.payload.value);
  }
  return row.customerId === null ? '' : (store.customers.byId(row.customerId)?.email ?? '');
}

function theirsOf(deps: ServiceDeps, { kind, state, ticketId }: OutboxRow): string {
  if (ticketId === null || (state !== 'conflict' && state !== 'held')) return '';
  const base = deps.store.remoteTickets.byTicket(ticketId);
  const isField = kind === 'set_status' || kind === 'set_department';
  if (!base || !isField) return '';
  if (state === 'held') return newestMessage(deps, ticketId);
  return valueName(deps, kind, kind === 'set_status' ? base.status : base.departmentId);
}

/** What came while somebody closed the ticket here. */
function newestMessage({ store }: ServiceDeps, ticketId: TicketId): string {
  const end = { at: Number.MAX_SAFE_INTEGER, id: 0 };
  return store.messages.newestBefore(ticketId, end, 1)[0]?.preview ?? '';
}

function valueName({ store }: ServiceDeps, kind: 'set_status' | 'set_department', value: unknown): string {
  if (kind === 'set_status') return STATUS_NAMES[value as TicketStatus];
  return store.departments.byId(value as DepartmentId)?.name ?? '';
}
