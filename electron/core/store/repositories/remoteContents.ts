import type { CustomerId, DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';
import type { OutboxRow } from './outbox.ts';

/** What a deletion takes along on the remote. */
export interface RemoteContents {
  readonly tickets: number;
  readonly messages: number;
}

/** A deletion, and what it is about. */
export type TicketsGoing = Pick<OutboxRow, 'kind'> &
  Partial<Pick<OutboxRow, 'ticketId' | 'customerId' | 'departmentId'>>;

/** What the remote has of a ticket, a customer, a department, as far as this desk knows; what waits here counts. */
export function createRemoteContents(db: Db) {
  const contents = (column: string) =>
    db.prepare<[number], RemoteContents>(
      `SELECT count(*) AS tickets, coalesce(sum(b.replies + 1 + (
         SELECT count(*) FROM outbox o WHERE o.ticket_id = t.id AND o.kind IN ('reply', 'customer_reply')
           AND o.state NOT IN ('sent', 'rejected'))), 0) AS messages
       FROM tickets t CROSS JOIN remote_tickets b ON b.ticket_id = t.id WHERE t.${column} = ?`,
    );
  const ofTicket = contents('id');
  const ofCustomer = contents('customer_id');
  const ofDepartment = contents('department_id');
  const ids = (column: string) =>
    db
      .prepare<[number], TicketId>(
        `SELECT t.id FROM tickets t CROSS JOIN remote_tickets b ON b.ticket_id = t.id WHERE t.${column} = ?`,
      )
      .pluck();
  const customerTickets = ids('customer_id');
  const departmentTickets = ids('department_id');
  const all = db.prepare<[number], TicketId>('SELECT id FROM tickets WHERE department_id = ?').pluck();
  const deletion = db
    .prepare<[number], 0 | 1>(
      `SELECT EXISTS (SELECT 1 FROM outbox WHERE ticket_id = t.id AND kind = 'delete_ticket')
         OR EXISTS (SELECT 1 FROM outbox WHERE customer_id = t.customer_id AND kind = 'delete_customer')
         OR EXISTS (SELECT 1 FROM outbox WHERE department_id = t.department_id AND kind = 'delete_department')
       FROM tickets t WHERE t.id = ?`,
    )
    .pluck();
  const one = (row: RemoteContents | undefined): RemoteContents => row ?? { tickets: 0, messages: 0 };
  return {
    ofTicket: (id: TicketId): RemoteContents => one(ofTicket.get(id)),
    ofCustomer: (id: CustomerId): RemoteContents => one(ofCustomer.get(id)),
    ofDepartment: (id: DepartmentId): RemoteContents => one(ofDepartment.get(id)),
    /** Tickets that the remote has, those in the trash here too. */
    customerTickets: (id: CustomerId): TicketId[] => customerTickets.all(id),
    /** Those of a deletion: one ticket, or all of a customer or a department. */
    goingWith: ({ kind, ticketId, customerId, departmentId }: TicketsGoing): TicketId[] => {
      if (kind === 'delete_customer') return customerId == null ? [] : customerTickets.all(customerId);
      if (kind === 'delete_department')
        return departmentId == null ? [] : departmentTickets.all(departmentId);
      return kind === 'delete_ticket' && ticketId != null ? [ticketId] : [];
    },
    /** Every ticket of a department, those in the trash and those the remote has not too. */
    allOfDepartment: (id: DepartmentId): TicketId[] => all.all(id),
    /** Whether somebody here wants it deleted there, by itself or with its customer or department. */
    isToBeDeleted: (id: TicketId): boolean => deletion.get(id) === 1,
  };
}
