import type { CustomerId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';
import { FIRST_LOCAL_ID } from './remoteDesk.ts';

/** Departments, staff and customers as the remote has them, under the remote's ids. Answers tell what changed. */
export function createRemoteDirectory(db: Db) {
  const department = db.prepare(
    `INSERT INTO departments (id, name, is_private, position, created_at) VALUES (@id, @name, @isPrivate, @position, @now)
     ON CONFLICT (id) DO UPDATE SET name = @name, is_private = @isPrivate, position = @position, deleted_at = NULL
       WHERE name <> @name OR is_private <> @isPrivate OR position <> @position OR deleted_at IS NOT NULL`,
  );
  // Somebody took tickets that the remote has deleted out of the trash: without their department they were in no queue.
  const removeDepartments = db.prepare(
    `UPDATE departments SET deleted_at = @now WHERE deleted_at IS NULL AND (remote_id IS NOT NULL OR id < ${FIRST_LOCAL_ID})
       AND coalesce(remote_id, id) NOT IN (SELECT value FROM json_each(@ids))
       AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.department_id = departments.id AND t.deleted_at IS NULL
         AND (t.remote_id IS NOT NULL OR t.id < ${FIRST_LOCAL_ID})
         AND NOT EXISTS (SELECT 1 FROM remote_tickets r WHERE r.ticket_id = t.id))`,
  );
  // No password: nobody signs in with an account that was only pulled.
  const staff = db.prepare(
    `INSERT INTO staff (id, username, name, email, password_hash, role, created_at)
     VALUES (@id, @username, @name, @email, '', 'agent', @now)
     ON CONFLICT (id) DO UPDATE SET username = @username, name = @name, email = @email
       WHERE username <> @username OR name <> @name OR email <> @email`,
  );
  const emailTaken = db
    .prepare<[string], number>('SELECT id FROM customers WHERE email_key = ? AND deleted_at IS NULL')
    .pluck();
  const insertCustomer = db.prepare(
    'INSERT INTO customers (id, name, email, email_key, created_at, updated_at) VALUES (@id, @name, @email, @key, @now, @now)',
  );
  const updateCustomer = db.prepare(
    `UPDATE customers SET name = @name, email = @email, email_key = @key, updated_at = @now, deleted_at = NULL
     WHERE id = @id AND (name <> @name OR email <> @email OR deleted_at IS NOT NULL)`,
  );
  const THERE = `deleted_at IS NULL AND (remote_id IS NOT NULL OR id < ${FIRST_LOCAL_ID})`;
  const customerCount = db.prepare<[], number>(`SELECT count(*) FROM customers WHERE ${THERE}`).pluck();
  const customersExcept = db
    .prepare<[string, number], CustomerId>(
      `SELECT id FROM customers WHERE ${THERE} AND coalesce(remote_id, id) NOT IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE customer_id = customers.id) LIMIT ?`,
    )
    .pluck();
  /** The remote only checks that addresses differ (behaviour.md 2.2): a second holder keeps its own key. */
  const keyFor = (email: string, id: number): string => {
    const key = email.trim().toLowerCase();
    const holder = emailTaken.get(key);
    return key === '' || (holder !== undefined && holder !== id) ? `${key}#${id}` : key;
  };
  return {
    upsertDepartment: (row: {
      id: number;
      name: string;
      isPrivate: boolean;
      position: number;
      now: number;
    }): number => department.run({ ...row, isPrivate: row.isPrivate ? 1 : 0 }).changes,
    /** By the remote's numbers. */
    removeDepartmentsExcept: (ids: readonly number[], now: number): number =>
      removeDepartments.run({ ids: JSON.stringify(ids), now }).changes,
    upsertStaff: (row: { id: number; username: string; name: string; email: string; now: number }): number =>
      staff.run(row).changes,
    /** How many the remote has, as far as this desk knows. */
    customerCount: (): number => customerCount.get() ?? 0,
    /** Those with other numbers of the remote's, and nothing of ours waiting for them. */
    customersExcept: (ids: readonly number[], limit: number): CustomerId[] =>
      customersExcept.all(JSON.stringify(ids), limit),
    insertCustomer: (row: { id: number; name: string; email: string; now: number }): void => {
      insertCustomer.run({ ...row, key: keyFor(row.email, row.id) });
    },
    updateCustomer: (id: CustomerId, row: { name: string; email: string }, now: number): boolean =>
      updateCustomer.run({ ...row, id, key: keyFor(row.email, id), now }).changes > 0,
  };
}
