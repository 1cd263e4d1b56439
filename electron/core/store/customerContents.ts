import type { CustomerContents } from '../../../shared/contract/customers.ts';
import type { CustomerId } from '../../../shared/model/ids.ts';
import type { Db } from './connection.ts';

/** Counts what belongs to a customer: a look at each of their tickets, so it runs on the reader. */
export function createCustomerContents(db: Db): (id: CustomerId) => CustomerContents {
  const ofTickets = (where: string) =>
    `SELECT id, message_count FROM tickets WHERE customer_id = @id AND ${where}`;
  const tickets = db.prepare<[{ id: number }], { tickets: number; messages: number }>(
    `SELECT count(*) AS tickets, coalesce(sum(message_count), 0) AS messages FROM (
       ${ofTickets('deleted_at IS NULL')} UNION ALL ${ofTickets('deleted_at IS NOT NULL')})`,
  );
  const trashed = db
    .prepare<[{ id: number }], number>(
      'SELECT count(*) FROM tickets WHERE customer_id = @id AND deleted_at IS NOT NULL',
    )
    .pluck();
  const files = db.prepare<[{ id: number }], { attachments: number; attachmentBytes: number }>(
    `SELECT count(*) AS attachments, coalesce(sum(a.size_bytes), 0) AS attachmentBytes FROM (
       ${ofTickets('deleted_at IS NULL')} UNION ALL ${ofTickets('deleted_at IS NOT NULL')}) t
     CROSS JOIN attachments a ON a.ticket_id = t.id AND a.deleted_at IS NULL`,
  );
  return (id) => ({
    tickets: 0,
    messages: 0,
    attachments: 0,
    attachmentBytes: 0,
    ...tickets.get({ id }),
    ...files.get({ id }),
    trashedTickets: trashed.get({ id }) ?? 0,
  });
}
