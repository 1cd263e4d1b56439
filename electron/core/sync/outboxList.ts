import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { STATUS_NAMES, type TicketStatus } from '../../../shared/model/ticket.ts';
import type { ServiceDeps } from '../services/context.ts';
import type { OutboxRow } from '../store/repositories/outbox.ts';

/** Every operation that waits, oldest first, in words for a person. */
export function listOutbox(deps: ServiceDeps): OutboxItem[] {
  return deps.store.outbox.all().map((row) => itemOf(deps, row));
}

function itemOf(deps: ServiceDeps, row: OutboxRow): OutboxItem {
  const { id, kind, state, ticketId, messageId, reason, attempts, createdAt, dueAt } = row;
  return {
    ...{ id, kind, state, ticketId, messageId, reason, attempts, createdAt, dueAt },
    title: titleOf(deps, row),
    detail: detailOf(deps, row),
  };
}

function titleOf({ store }: ServiceDeps, { ticketId, customerId }: OutboxRow): string {
  if (ticketId !== null) return store.tickets.byId(ticketId)?.subject ?? '';
  return customerId === null ? '' : (store.customers.byId(customerId)?.name ?? '');
}

function detailOf({ store }: ServiceDeps, row: OutboxRow): string {
  if (row.messageId !== null) return store.messages.byId(row.messageId)?.preview ?? '';
  if (row.kind === 'set_status') return STATUS_NAMES[row.payload.value as TicketStatus];
  if (row.kind === 'set_department') return store.departments.byId(row.payload.value as never)?.name ?? '';
  return row.customerId === null ? '' : (store.customers.byId(row.customerId)?.email ?? '');
}
