import type { TicketRow } from '../../../shared/contract/queues.ts';
import { customerId, departmentId, ticketId } from '../../../shared/model/ids.ts';

/** A ticket for tests: open, unassigned, in department 1, unless said otherwise. */
export function rowOf(values: Partial<Omit<TicketRow, 'id'>> & { id: number }): TicketRow {
  return {
    number: values.id,
    subject: `Ticket ${values.id}`,
    preview: '',
    status: 1,
    priority: 1,
    departmentId: departmentId.parse(1),
    assigneeId: null,
    customerId: customerId.parse(1),
    customerName: 'Ann Lee',
    customerEmail: 'ann@acme.io',
    messageCount: 1,
    attachmentCount: 0,
    lastReplier: 'customer',
    createdAt: 0,
    lastMessageAt: 0,
    tags: [],
    isUnread: false,
    hasDraft: false,
    deletedAt: null,
    sending: null,
    isGone: false,
    ...values,
    id: ticketId.parse(values.id),
  };
}
