import { type Db, openConnection } from '../../electron/core/store/connection.ts';
import { migrate, readMigrations } from '../../electron/core/store/migrate.ts';

/** A ticket row for store tests; what is left out gets an unremarkable value. */
export interface DeskTicket {
  readonly id?: number;
  readonly departmentId?: number;
  readonly customerId?: number;
  readonly assigneeId?: number | null;
  readonly status?: number;
  readonly subject?: string;
  readonly lastMessageAt?: number;
  readonly deletedAt?: number | null;
}

export const DEPARTMENTS = [1, 2, 3, 4] as const;
export const STAFF = [1, 2, 3] as const;
export const CUSTOMERS = [1, 2, 3] as const;

/** A real database with every migration, four departments, three staff and three customers. */
export function openStoreDesk(file = ':memory:'): Db {
  const db = openConnection(file);
  migrate(db, readMigrations());
  const department = db.prepare('INSERT INTO departments (name, position, created_at) VALUES (?, ?, 0)');
  for (const id of DEPARTMENTS) department.run(`Department ${id}`, id);
  const staff = db.prepare(
    "INSERT INTO staff (username, name, email, password_hash, role, created_at) VALUES (?, ?, ?, '', 'agent', 0)",
  );
  for (const id of STAFF) staff.run(`staff${id}`, `Staff ${id}`, `staff${id}@desk.example`);
  const customer = db.prepare(
    'INSERT INTO customers (name, email, email_key, created_at, updated_at) VALUES (?, ?, ?, 0, 0)',
  );
  for (const id of CUSTOMERS)
    customer.run(`Customer ${id}`, `customer${id}@mail.example`, `customer${id}@mail.example`);
  return db;
}

const INSERT_TICKET = `INSERT INTO tickets
  (id, department_id, customer_id, assignee_id, status, subject, created_at, last_message_at, updated_at, source, deleted_at)
  VALUES (@id, @departmentId, @customerId, @assigneeId, @status, @subject, @lastMessageAt, @lastMessageAt, @lastMessageAt, 'demo', @deletedAt)`;

/** Adds a ticket without messages and answers its id. */
export function addTicket(db: Db, ticket: DeskTicket = {}): number {
  const row = {
    id: null,
    departmentId: 1,
    customerId: 1,
    assigneeId: null,
    status: 1,
    subject: 'A subject',
    lastMessageAt: 1000,
    deletedAt: null,
    ...ticket,
  };
  return Number(db.prepare(INSERT_TICKET).run(row).lastInsertRowid);
}

/** Adds a customer's message; the text is the body as it is. */
export function addMessage(db: Db, ticketId: number, bodyHtml: string): number {
  return Number(
    db
      .prepare(
        `INSERT INTO messages (ticket_id, author, body_html, preview, source, created_at) VALUES (?, 'customer', ?, '', 'demo', 0)`,
      )
      .run(ticketId, bodyHtml).lastInsertRowid,
  );
}

/** A connection that remembers every statement prepared on it. */
export function recordStatements(db: Db): { db: Db; statements: Set<string> } {
  const statements = new Set<string>();
  const recording = new Proxy(db, {
    get(target, property) {
      if (property === 'prepare') {
        return (sql: string) => {
          statements.add(sql);
          return target.prepare(sql);
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { db: recording, statements };
}

/** The steps of a statement's plan, as SQLite explains them. */
export function explain(db: Db, sql: string): string[] {
  const names = [...sql.matchAll(/@(\w+)/g)].flatMap((match) => match[1] ?? []);
  const values = names.length > 0 ? [Object.fromEntries(names.map((name) => [name, 1]))] : [];
  const positional = names.length > 0 ? [] : Array.from(sql.matchAll(/\?/g), () => 1);
  const rows = db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values, ...positional);
  return rows.map((row) => row.detail);
}
