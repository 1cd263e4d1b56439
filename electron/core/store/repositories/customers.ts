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
  readonly blockedAt: number | null;
  /** Who has their tickets and addresses since a merge. */
  readonly mergedInto: CustomerId | null;
}

/** What makes two addresses the same: letters' case does not count (behaviour.md 2.2). */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

const isOpenStatus = (status: number): boolean => OPEN_STATUSES.some((open) => open === status);

const COLUMNS = `c.id, c.name, c.email, c.created_at AS createdAt, c.deleted_at AS deletedAt,
  c.blocked_at AS blockedAt, c.merged_into AS mergedInto`;

function createFinders(db: Db) {
  const byId = db.prepare<[number], CustomerRow>(`SELECT ${COLUMNS} FROM customers c WHERE id = ?`);
  const byEmail = db.prepare<[string], CustomerRow>(
    `SELECT ${COLUMNS} FROM customers c WHERE email_key = ? AND deleted_at IS NULL`,
  );
  const byOtherEmail = db.prepare<[string], CustomerRow>(
    `SELECT ${COLUMNS} FROM customer_addresses a CROSS JOIN customers c ON c.id = a.customer_id
     WHERE a.email_key = ? AND a.removed_at IS NULL`,
  );
  const byKeyPrefix = db.prepare<[string, string, number], CustomerRow>(
    `SELECT ${COLUMNS} FROM customers c WHERE email_key >= ? AND email_key < ? AND deleted_at IS NULL ORDER BY email_key LIMIT ?`,
  );
  const byOtherKeyPrefix = db.prepare<[string, string, number], CustomerRow>(
    `SELECT ${COLUMNS} FROM customer_addresses a CROSS JOIN customers c ON c.id = a.customer_id
     WHERE a.email_key >= ? AND a.email_key < ? AND a.removed_at IS NULL ORDER BY a.email_key LIMIT ?`,
  );
  const byNamePrefix = db.prepare<[string, string, number], CustomerRow>(
    `SELECT ${COLUMNS} FROM customers c WHERE name COLLATE NOCASE >= ? AND name COLLATE NOCASE < ? AND deleted_at IS NULL
     ORDER BY name COLLATE NOCASE LIMIT ?`,
  );
  const newest = db.prepare<[number], CustomerRow>(
    `SELECT ${COLUMNS} FROM customers c WHERE deleted_at IS NULL ORDER BY id DESC LIMIT ?`,
  );
  return {
    /** Deleted ones too: their tickets in the trash still name them. */
    byId: (id: CustomerId): CustomerRow | undefined => byId.get(id),
    /** By any of their addresses. */
    byEmail: (email: string): CustomerRow | undefined =>
      byEmail.get(emailKey(email)) ?? byOtherEmail.get(emailKey(email)),
    /** By any of their addresses. */
    byEmailPrefix: (prefix: string, limit: number): CustomerRow[] => {
      const range = [emailKey(prefix), `${emailKey(prefix)}\u{10ffff}`, limit] as const;
      return [...byKeyPrefix.all(...range), ...byOtherKeyPrefix.all(...range)];
    },
    byNamePrefix: (prefix: string, limit: number): CustomerRow[] =>
      byNamePrefix.all(prefix, `${prefix}\u{10ffff}`, limit),
    newest: (limit: number): CustomerRow[] => newest.all(limit),
  };
}

const NO_PLACE: CustomerPlace = { name: '', id: 0 };

/** A place in the list of customers. */
export interface CustomerPlace {
  readonly name: string;
  readonly id: number;
}

/** The list by name; its two filters each have an index that ends in the row's id, so a page never sorts. */
function createList(db: Db) {
  // Two questions: asked as one, (name, id) > (?, ?), the collation makes SQLite read the list from its beginning.
  const page = (filter: string) => {
    const rows = `SELECT ${COLUMNS} FROM customers c WHERE deleted_at IS NULL${filter}`;
    return {
      namesakes: db.prepare<[string, number, number], CustomerRow>(
        `${rows} AND name COLLATE NOCASE = ? AND id > ? ORDER BY id LIMIT ?`,
      ),
      others: db.prepare<[string, number], CustomerRow>(
        `${rows} AND name COLLATE NOCASE > ? ORDER BY name COLLATE NOCASE, id LIMIT ?`,
      ),
    };
  };
  const pages = { all: page(''), blocked: page(' AND blocked_at IS NOT NULL') };
  const countAll = db.prepare<[], number>('SELECT coalesce(sum(customers), 0) FROM customer_buckets').pluck();
  const countBlocked = db
    .prepare<[number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM customers INDEXED BY customers_blocked
       WHERE deleted_at IS NULL AND blocked_at IS NOT NULL LIMIT ?)`,
    )
    .pluck();
  return {
    page: (filter: 'all' | 'blocked', after: CustomerPlace | null, limit: number): CustomerRow[] => {
      const { name, id } = after ?? NO_PLACE;
      const first = pages[filter].namesakes.all(name, id, limit);
      return [...first, ...pages[filter].others.all(name, limit - first.length)];
    },
    countAll: (): number => countAll.get() ?? 0,
    /** At most `limit`. */
    countBlocked: (limit: number): number => countBlocked.get(limit) ?? 0,
  };
}

export function createCustomerRepository(db: Db) {
  const insert = db.prepare(
    'INSERT INTO customers (name, email, email_key, created_at, updated_at) VALUES (@name, @email, @emailKey, @now, @now)',
  );
  const setEmail = db.prepare('UPDATE customers SET email = ?, email_key = ?, updated_at = ? WHERE id = ?');
  const setName = db.prepare('UPDATE customers SET name = ?, updated_at = ? WHERE id = ?');
  const setBlocked = db.prepare('UPDATE customers SET blocked_at = ?, updated_at = ? WHERE id = ?');
  const setDeleted = db.prepare(
    'UPDATE customers SET deleted_at = ?, merged_into = ?, updated_at = ? WHERE id = ?',
  );
  const erase = db.prepare(
    "UPDATE customers SET name = '', email = '', email_key = '', updated_at = ? WHERE id = ? AND deleted_at IS NOT NULL",
  );
  const eraseMails = db.prepare('DELETE FROM mail_outbox WHERE customer_id = ?');
  const mergedInto = db
    .prepare<[number], CustomerId>('SELECT id FROM customers WHERE merged_into = ?')
    .pluck();
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
  const trashedIds = db
    .prepare<[number], number>('SELECT id FROM tickets WHERE customer_id = ? AND deleted_at IS NOT NULL')
    .pluck();
  return {
    ...createFinders(db),
    list: createList(db),
    insert: (values: { name: string; email: string; now: number }): CustomerId =>
      Number(insert.run({ ...values, emailKey: emailKey(values.email) }).lastInsertRowid) as CustomerId,
    setEmail: (id: CustomerId, email: string, now: number): void => {
      setEmail.run(email, emailKey(email), now, id);
    },
    setName: (id: CustomerId, name: string, now: number): void => {
      setName.run(name, now, id);
    },
    setBlocked: (id: CustomerId, blockedAt: number | null, now: number): void => {
      setBlocked.run(blockedAt, now, id);
    },
    /** `mergedInto`: who takes their place. Their further addresses are `customerAddresses`' business. */
    setDeleted: (
      id: CustomerId,
      deletedAt: number | null,
      now: number,
      mergedInto: CustomerId | null = null,
    ): void => {
      setDeleted.run(deletedAt, mergedInto, now, id);
    },
    /** Takes name, address and mails of a deleted customer away for good; the row stays for what refers to it. */
    erase: (id: CustomerId, now: number): void => {
      eraseMails.run(id);
      erase.run(now, id);
    },
    /** Those whose place this customer took, directly. */
    mergedInto: (id: CustomerId): CustomerId[] => mergedInto.all(id),
    /** Of the departments in the scope. */
    ticketCounts: (id: CustomerId, scope: DepartmentScope): { open: number; total: number } => {
      const rows = counts.all(id).filter((row) => canSeeDepartment(scope, row.departmentId));
      const sum = (wanted: typeof rows) => wanted.reduce((total, row) => total + row.tickets, 0);
      return { open: sum(rows.filter((row) => isOpenStatus(row.status))), total: sum(rows) };
    },
    newestTicketIds: (id: CustomerId, scope: DepartmentScope, limit: number): TicketId[] =>
      newestTickets.all({ id, scope: scope === 'all' ? null : JSON.stringify(scope), limit }),
    liveTicketIds: (id: CustomerId): number[] => ticketIds.all(id),
    trashedTicketIds: (id: CustomerId): number[] => trashedIds.all(id),
  };
}
