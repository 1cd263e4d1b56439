import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import type { ServiceDeps } from './context.ts';

const MANY = 100;

/** Tells the windows, after the commit, that tickets changed; above 100 they refetch their lists instead. */
export function publishTickets(
  deps: ServiceDeps,
  ticketIds: readonly TicketId[],
  departmentIds: readonly DepartmentId[],
  isNew = false,
): void {
  if (ticketIds.length === 0) return;
  deps.events.publish({
    type: 'tickets_changed',
    ticketIds: ticketIds.length > MANY ? [] : [...ticketIds],
    departmentIds: [...new Set(departmentIds)],
    isNew,
  });
}

/** What a native notification is made of. */
export function publishCustomerMessage(deps: ServiceDeps, id: TicketId, isNewTicket: boolean): void {
  const ticket = deps.store.tickets.byId(id);
  if (!ticket) return;
  const customer = deps.store.customers.byId(ticket.customerId);
  const newest = deps.store.messages.newestBefore(id, { at: Number.MAX_SAFE_INTEGER, id: 0 }, 1)[0];
  deps.events.publish({
    type: 'customer_message',
    ticketId: id,
    departmentIds: [ticket.departmentId],
    assigneeId: ticket.assigneeId,
    customerName: customer?.name ?? '',
    subject: ticket.subject,
    preview: newest?.preview ?? '',
    isNewTicket,
  });
}
