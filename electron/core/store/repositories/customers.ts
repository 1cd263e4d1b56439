import type { CustomerId, DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import { OPEN_STATUSES } from '../../../../shared/model/ticket.ts';
import { canSeeDepartment, type DepartmentScope } from '../../domain/actor.ts';
import type { Db } from '../connection.ts';

export interface CustomerRow {
  readonly id: CustomerId;
  readonly name: string;
  readonly email: string;
  readonly createdAt: number;
  readonly deletedAt: number | null;
}

/** What makes two addresses the same: letters' case does not count (behaviour.md 2.2). */
function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

const isOpenStatus = (status: number): boolean => OPEN_STATUSES.some((open) => open === status);

const COLUMNS = 'id, name, email, created_at AS createdAt, deleted_at AS deletedAt';

export function createCustomerRepository(db: Db) {
  const insert = db.prepare(
    'INSERT INTO customers (name, email, email_key, created_at, updated_at) VALUES (@name, @email, @emailKey, @now, @now)',
  );
  const byId = db.prepare<[number], CustomerRow>(`SELECT ${COLUMNS} FROM customers WHERE id = ?`);
  const byEmail = db.prepare<[string], CustomerRow>(
    `SELECT ${COLUMNS} FROM customers WHERE email_key = ? AND deleted_at IS NULL`,
  );
  const setEmail = db.prepare('UPDATE customers SET email = ?, email_key = ?, updated_at = ? WHERE id = ?');
  const setDeleted = db.prepare('UPDATE customers SET deleted_at = ?, updated_at = ? WHERE id = ?');
  const counts = db.prepare<[number], { departmentId: DepartmentId; status: number; tickets: number }>(
    'SELECT department_id AS departmentId, status, tickets FROM customer_counts WHERE customer_id = ?',
  );
  const newestTickets = db
    .prepare<[{ id: number; scope: string | null; limit: number }], TicketId>(
      `SELECT id FROM tickets INDEXED BY tickets_customer WHERE customer_id = @id AND deleted_at IS NULL
         AND (@scope IS NULL OR department_id IN (SELECT value FROM json_each(@scope))) ORDER BY id DESC LIMIT @limit`,
    )
    .pluck();
  const ticketIds = db
    .prepare<[number], number>('SELECT id FROM tickets WHERE customer_id = ? AND deleted_at IS NULL')
    .pluck();
  const byKeyPrefix = db.prepare<[string, string, number], CustomerRow>(
    `SELECT ${COLUMNS} FROM customers WHERE email_key >= ? AND email_key < ? AND deleted_at IS NULL ORDER BY email_key LIMIT ?`,
  );
  const byNamePrefix = db.prepare<[string, string, number], CustomerRow>(
    `SELECT ${COLUMNS} FROM customers WHERE name COLLATE NOCASE >= ? AND name COLLATE NOCASE < ? AND deleted_at IS NULL
     ORDER BY name COLLATE NOCASE LIMIT ?`,
  );
  const newest = db.prepare<[number], CustomerRow>(
    `SELECT ${COLUMNS} FROM customers WHERE deleted_at IS NULL ORDER BY id DESC LIMIT ?`,
  );
  return {
    insert: (values: { name: string; email: string; now: number }): CustomerId =>
      Number(insert.run({ ...values, emailKey: emailKey(values.email) }).lastInsertRowid) as CustomerId,
    /** Deleted ones too: their tickets in the trash still name them. */
    byId: (id: CustomerId): CustomerRow | undefined => byId.get(id),
    byEmail: (email: string): CustomerRow | undefined => byEmail.get(emailKey(email)),
    setEmail: (id: CustomerId, email: string, now: number): void => {
      setEmail.run(email, emailKey(email), now, id);
    },
    setDeleted: (id: CustomerId, deletedAt: number | null, now: number): void => {
      setDeleted.run(deletedAt, now, id);
    },
    /** Of the departments in the scope. */
    ticketCounts: (id: CustomerId, scope: DepartmentScope): { open: number; total: number } => {
      const rows = counts.all(id).filter((row) => canSeeDepartment(scope, row.departmentId));
      const sum = (wanted: typeof rows) => wanted.reduce((total, row) => total + row.tickets, 0);
      return { open: sum(rows.filter((row) => isOpenStatus(row.status))), total: sum(rows) };
    },
    newestTicketIds: (id: CustomerId, scope: DepartmentScope, limit: number): TicketId[] =>
      newestTickets.all({ id, scope: scope === 'all' ? null : JSON.stringify(scope), limit }),
    liveTicketIds: (id: CustomerId): number[] => ticketIds.all(id),
    byEmailPrefix: (prefix: string, limit: number): CustomerRow[] =>
      byKeyPrefix.all(emailKey(prefix), `${emailKey(prefix)}\u{10ffff}`, limit),
    byNamePrefix: (prefix: string, limit: number): CustomerRow[] =>
      byNamePrefix.all(prefix, `${prefix}\u{10ffff}`, limit),
    newest: (limit: number): CustomerRow[] => newest.all(limit),
  };
}
