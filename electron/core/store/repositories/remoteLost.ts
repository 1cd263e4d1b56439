import type { AttachmentId, MessageId, TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';
import { FIRST_LOCAL_ID } from './remoteDesk.ts';
import type { RemoteTable } from './remoteTickets.ts';

/** `restored`: a backup that was put back does not have it. `deleted`: it went while the remote stayed itself. */
export type LostCause = 'restored' | 'deleted';

export interface NumberedMessage {
  readonly id: MessageId;
  readonly number: number;
  readonly author: 'customer' | 'staff';
  readonly createdAt: number;
}
export interface NumberedFile {
  readonly id: AttachmentId;
  readonly number: number;
  readonly messageNumber: number;
  readonly name: string;
}

const HAS_NUMBER = (table: string): string =>
  `(${table}.remote_id IS NOT NULL OR ${table}.id < ${FIRST_LOCAL_ID})`;
const NUMBER = (table: string): string => `coalesce(${table}.remote_id, ${table}.id)`;
/** Where a row is named without being referred to. */
const NAMED: Partial<Record<RemoteTable, readonly string[]>> = {
  tickets: ['UPDATE operations SET ticket_id = @to WHERE ticket_id = @from'],
  messages: ['UPDATE operations SET message_id = @to WHERE message_id = @from'],
  departments: [
    `UPDATE outbox SET payload = json_set(payload, '$.departmentId', @to)
       WHERE kind = 'create_ticket' AND json_extract(payload, '$.departmentId') = @from`,
    `UPDATE outbox SET payload = json_set(payload, '$.value', @to)
       WHERE kind = 'set_department' AND json_extract(payload, '$.value') = @from`,
  ],
};
const LANES: Partial<Record<RemoteTable, string>> = {
  tickets: 'ticket',
  customers: 'customer',
  departments: 'department',
};

/** What the remote has no more, and the numbers that it may give again. */
export function createRemoteLostRepository(db: Db) {
  const renumber = createRenumber(db);
  const mark = db.prepare('INSERT OR IGNORE INTO remote_lost (message_id, cause, found_at) VALUES (?, ?, ?)');
  const clear = db.prepare('DELETE FROM remote_lost WHERE message_id = ?');
  const ofTicket = db.prepare<[number], { messageId: MessageId; cause: LostCause }>(
    `SELECT l.message_id AS messageId, l.cause FROM messages m CROSS JOIN remote_lost l ON l.message_id = m.id
     WHERE m.ticket_id = ?`,
  );
  const isLost = db
    .prepare<[number], 0 | 1>('SELECT EXISTS (SELECT 1 FROM remote_lost WHERE message_id = ?)')
    .pluck();
  const tickets = db.prepare<[], { id: TicketId; number: number }>(
    `SELECT id, ${NUMBER('tickets')} AS number FROM tickets WHERE ${HAS_NUMBER('tickets')} ORDER BY id`,
  );
  const rows = (table: RemoteTable) =>
    db.prepare<[], { id: number; number: number }>(
      `SELECT id, ${NUMBER(table)} AS number FROM ${table} WHERE ${HAS_NUMBER(table)} ORDER BY id`,
    );
  const people = { customers: rows('customers'), departments: rows('departments') };
  const messages = db.prepare<[number], NumberedMessage>(
    `SELECT id, ${NUMBER('messages')} AS number, author, created_at AS createdAt FROM messages
     WHERE ticket_id = ? AND ${HAS_NUMBER('messages')} ORDER BY created_at, id`,
  );
  const thread = db
    .prepare<[number], MessageId>('SELECT id FROM messages WHERE ticket_id = ? ORDER BY created_at, id')
    .pluck();
  const files = db.prepare<[], NumberedFile>(
    `SELECT attachments.id, ${NUMBER('attachments')} AS number, ${NUMBER('messages')} AS messageNumber, name
     FROM attachments JOIN messages ON messages.id = attachments.message_id WHERE ${HAS_NUMBER('attachments')}`,
  );
  const filesOf = db
    .prepare<[number], AttachmentId>(
      `SELECT id FROM attachments WHERE message_id = ? AND ${HAS_NUMBER('attachments')}`,
    )
    .pluck();
  const removeChecks = db.prepare('DELETE FROM remote_file_checks WHERE message_id = ?');
  const doubles = db.prepare<[number], { number: number; messageId: MessageId }>(
    `SELECT remote_message_id AS number, message_id AS messageId FROM remote_doubles JOIN messages ON messages.id = message_id WHERE ticket_id = ?`,
  );
  const removeDouble = db.prepare('DELETE FROM remote_doubles WHERE remote_message_id = ?');
  return {
    /** Every row that has one of the remote's numbers, those in the trash too. */
    tickets: () => tickets.all(),
    customers: () => people.customers.all(),
    departments: () => people.departments.all(),
    messages: (id: TicketId): NumberedMessage[] => messages.all(id),
    /** The deleted and the unsent too, in their order. */
    thread: (id: TicketId): MessageId[] => thread.all(id),
    files: (): NumberedFile[] => files.all(),
    filesOf: (id: MessageId): AttachmentId[] => filesOf.all(id),
    /** Numbers of copies that are not shown, in this ticket. */
    doubles: (id: TicketId) => doubles.all(id),
    removeDouble: (number: number): void => {
      removeDouble.run(number);
    },
    /**
     * A row gives its number up: it is one of this desk's own from now on, and whatever else gets that number is
     * something else. Answers its id, which is another where it was the number itself. In a transaction.
     */
    free: <T extends number>(table: RemoteTable, id: T): T => renumber(table, id) as T,
    /** Kept here, and shown as what the remote has no more. */
    mark: (id: MessageId, cause: LostCause, now: number): void => {
      mark.run(id, cause, now);
      removeChecks.run(id);
    },
    clear: (id: MessageId): void => {
      clear.run(id);
    },
    isLost: (id: MessageId): boolean => isLost.get(id) === 1,
    ofTicket: (id: TicketId) => ofTicket.all(id),
  };
}

function createRenumber(db: Db) {
  const steps = new Map<RemoteTable, readonly string[]>();
  const stepsOf = (table: RemoteTable): readonly string[] => {
    const known = steps.get(table) ?? renumbering(db, table);
    steps.set(table, known);
    return known;
  };
  const nextId = db
    .prepare<[string], number>('UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = ? RETURNING seq')
    .pluck();
  return (table: RemoteTable, id: number): number => {
    // Messages of one second stand in the order of their ids: all get new ones, in theirs.
    if (id >= FIRST_LOCAL_ID && table !== 'messages') {
      db.prepare(`UPDATE ${table} SET remote_id = NULL WHERE id = ?`).run(id);
      return id;
    }
    const to = nextId.get(table);
    if (to === undefined) throw new Error(`no sequence of ${table}`);
    // Whatever refers to it follows within this transaction.
    db.pragma('defer_foreign_keys = ON');
    for (const sql of stepsOf(table)) db.prepare(sql).run({ from: id, to });
    const lane = LANES[table];
    if (lane) db.prepare('UPDATE outbox SET lane = ? WHERE lane = ?').run(`${lane} ${to}`, `${lane} ${id}`);
    return to;
  };
}

/** Moves a row and all that refers to it, as the schema says. */
function renumbering(db: Db, table: RemoteTable): string[] {
  const names = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%REFERENCES%'")
    .pluck()
    .all();
  const referring = names.flatMap((name) => {
    const keys = db.pragma(`foreign_key_list(${name})`) as { table: string; from: string }[];
    return keys
      .filter((key) => key.table === table)
      .map(({ from }) => `UPDATE ${name} SET ${from} = @to WHERE ${from} = @from`);
  });
  return [...MOVES[table], ...referring, ...(NAMED[table] ?? [])];
}

const move = (table: RemoteTable): string =>
  `UPDATE ${table} SET id = @to, remote_id = NULL WHERE id = @from`;
const MOVES: Readonly<Record<RemoteTable, readonly string[]>> = {
  // Naming deleted_at has the triggers count it where it is now (migration 0001).
  tickets: ['UPDATE tickets SET id = @to, remote_id = NULL, deleted_at = deleted_at WHERE id = @from'],
  messages: [move('messages')],
  attachments: [move('attachments')],
  customers: [
    `UPDATE customer_buckets SET customers = customers - 1
       WHERE bucket = @from >> 12 AND EXISTS (SELECT 1 FROM customers WHERE id = @from AND deleted_at IS NULL)`,
    `INSERT INTO customer_buckets SELECT @to >> 12, 1 FROM customers WHERE id = @from AND deleted_at IS NULL
       ON CONFLICT DO UPDATE SET customers = customers + 1`,
    move('customers'),
  ],
  departments: [move('departments')],
};
