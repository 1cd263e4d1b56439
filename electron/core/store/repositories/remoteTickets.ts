import type { CustomerId, DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';
import { FIRST_LOCAL_ID } from './remoteDesk.ts';

/** The last state of a ticket that the remote confirmed; ids are the remote's, `lastUpdateS` its seconds. */
export interface RemoteTicketRow {
  readonly ticketId: TicketId;
  readonly customerId: number;
  readonly departmentId: number;
  readonly subject: string;
  readonly status: number;
  readonly replies: number;
  readonly lastUpdateS: number;
  readonly customerName: string;
  /** Null until the remote has told it. */
  readonly createdAtS: number | null;
}

export interface PulledTicket {
  readonly id: number;
  readonly departmentId: DepartmentId;
  readonly customerId: CustomerId;
  readonly status: number;
  readonly subject: string;
  readonly createdAt: number;
  readonly lastMessageAt: number;
}

/** What has ids of its own here and there. */
export type RemoteTable = 'tickets' | 'messages' | 'attachments' | 'customers' | 'departments';

const COLUMNS = `ticket_id AS ticketId, customer_remote_id AS customerId, department_remote_id AS departmentId, subject,
  status, replies, last_update AS lastUpdateS, customer_name AS customerName, created AS createdAtS`;
const STALE = 'thread_replies IS NULL OR thread_replies <> replies OR thread_update <> last_update';
/** The same without what is closed and was never read: a desk may leave that until somebody opens it. */
const WANTED = `(${STALE}) AND NOT (status = 5 AND thread_update IS NULL)`;

/** Rows as the remote has them, and which of ours they are. */
export function createRemoteTicketRepository(db: Db) {
  const byTicket = db.prepare<[number], RemoteTicketRow>(
    `SELECT ${COLUMNS} FROM remote_tickets WHERE ticket_id = ?`,
  );
  const upsert = db.prepare(
    `INSERT INTO remote_tickets (ticket_id, customer_remote_id, department_remote_id, subject, status, replies, last_update, customer_name, created)
     VALUES (@ticketId, @customerId, @departmentId, @subject, @status, @replies, @lastUpdateS, @customerName, @createdAtS)
     ON CONFLICT (ticket_id) DO UPDATE SET department_remote_id = @departmentId, subject = @subject, status = @status,
       replies = @replies, last_update = @lastUpdateS, customer_name = @customerName, created = coalesce(@createdAtS, created)`,
  );
  const remove = db.prepare('DELETE FROM remote_tickets WHERE ticket_id = ?');
  const gone = db
    .prepare<[string], TicketId>(
      `SELECT t.id FROM json_each(?) asked CROSS JOIN tickets t ON t.id = asked.value
       WHERE (t.remote_id IS NOT NULL OR t.id < ${FIRST_LOCAL_ID})
         AND NOT EXISTS (SELECT 1 FROM remote_tickets r WHERE r.ticket_id = t.id)`,
    )
    .pluck();
  const inStatus = db
    .prepare<[{ status: number; departmentId: number | null }], TicketId>(
      `SELECT ticket_id FROM remote_tickets WHERE status = @status
         AND (@departmentId IS NULL OR department_remote_id = @departmentId) ORDER BY ticket_id`,
    )
    .pluck();
  const departments = db
    .prepare<[], number>(
      `SELECT DISTINCT department_remote_id FROM remote_tickets
       UNION SELECT coalesce(remote_id, id) FROM departments
         WHERE deleted_at IS NULL AND (remote_id IS NOT NULL OR id < 1000000000) ORDER BY 1`,
    )
    .pluck();
  const counts = db.prepare<[], { status: number; tickets: number }>(
    'SELECT status, count(*) AS tickets FROM remote_tickets GROUP BY status',
  );
  // Two statements, since each has an index of its own.
  const threads = (condition: string) => ({
    page: db.prepare<[number, number, number], { ticketId: TicketId; lastUpdateS: number }>(
      `SELECT ticket_id AS ticketId, last_update AS lastUpdateS FROM remote_tickets
       WHERE ${condition} AND (last_update, -ticket_id) < (?, ?) ORDER BY last_update DESC, -ticket_id DESC LIMIT ?`,
    ),
    count: db.prepare<[], number>(`SELECT count(*) FROM remote_tickets WHERE ${condition}`).pluck(),
  });
  const stale = threads(`(${STALE})`);
  const wanted = threads(WANTED);
  const leavesOld = db.prepare<[], 0 | 1>('SELECT leaves_old FROM remote_desk').pluck();
  const toRead = () => (leavesOld.get() === 1 ? wanted : stale);
  const total = db.prepare<[], number>('SELECT count(*) FROM remote_tickets').pluck();
  const wasRead = db
    .prepare<[number], 0 | 1>('SELECT thread_update IS NOT NULL FROM remote_tickets WHERE ticket_id = ?')
    .pluck();
  const isStale = db
    .prepare<[number], 0 | 1>(`SELECT ${STALE} FROM remote_tickets WHERE ticket_id = ?`)
    .pluck();
  const threadRead = db.prepare(
    `UPDATE remote_tickets SET thread_replies = @replies, thread_update = @lastUpdateS
     WHERE ticket_id = @id AND (thread_replies IS NOT @replies OR thread_update IS NOT @lastUpdateS)`,
  );
  const threadStale = db.prepare('UPDATE remote_tickets SET thread_replies = NULL WHERE ticket_id = ?');
  const readReplies = db
    .prepare<[number], number | null>('SELECT thread_replies FROM remote_tickets WHERE ticket_id = ?')
    .pluck();
  const insertTicket = db.prepare(
    `INSERT INTO tickets (id, department_id, customer_id, status, subject, source, created_at, last_message_at, updated_at)
     VALUES (@id, @departmentId, @customerId, @status, @subject, 'remote', @createdAt, @lastMessageAt, @lastMessageAt)`,
  );
  const idOf = (table: RemoteTable) =>
    db
      .prepare<[number, number], number>(
        `SELECT id FROM ${table} WHERE remote_id = ? UNION ALL SELECT id FROM ${table} WHERE id = ? AND remote_id IS NULL LIMIT 1`,
      )
      .pluck();
  const ids = {
    tickets: idOf('tickets'),
    messages: idOf('messages'),
    attachments: idOf('attachments'),
    customers: idOf('customers'),
    departments: idOf('departments'),
  };
  const linkers = {
    tickets: db.prepare('UPDATE tickets SET remote_id = ? WHERE id = ?'),
    messages: db.prepare('UPDATE messages SET remote_id = ? WHERE id = ?'),
    attachments: db.prepare('UPDATE attachments SET remote_id = ? WHERE id = ?'),
    customers: db.prepare('UPDATE customers SET remote_id = ? WHERE id = ?'),
    departments: db.prepare('UPDATE departments SET remote_id = ? WHERE id = ?'),
  };
  const remoteIdIn = (table: RemoteTable) =>
    db.prepare<[number], number | null>(`SELECT remote_id FROM ${table} WHERE id = ?`).pluck();
  const remoteIdOf = {
    tickets: remoteIdIn('tickets'),
    messages: remoteIdIn('messages'),
    attachments: remoteIdIn('attachments'),
    customers: remoteIdIn('customers'),
    departments: remoteIdIn('departments'),
  };
  return {
    byTicket: (id: TicketId): RemoteTicketRow | undefined => byTicket.get(id),
    upsert: (row: RemoteTicketRow): void => {
      upsert.run(row);
    },
    remove: (id: TicketId): void => {
      remove.run(id);
    },
    /** Which of these the remote had, and has no more. */
    gone: (ids: readonly TicketId[]): TicketId[] => gone.all(JSON.stringify(ids)),
    /** Tickets of a status, of one department when it is named. */
    inStatus: ({ status, departmentId }: { status: number; departmentId?: number }): TicketId[] =>
      inStatus.all({ status, departmentId: departmentId ?? null }),
    /** Every department that the remote has, or has tickets in. */
    departments: (): number[] => departments.all(),
    counts: (): ReadonlyMap<number, number> =>
      new Map(counts.all().map(({ status, tickets }) => [status, tickets])),
    /** Tickets whose thread moved since it was read, newest first, from a place in that order. */
    staleThreads: (after: { ticketId: number; lastUpdateS: number }, limit: number) =>
      toRead().page.all(after.lastUpdateS, -after.ticketId, limit),
    isThreadStale: (id: TicketId): boolean => isStale.get(id) === 1,
    staleThreadCount: (): number => toRead().count.get() ?? 0,
    total: (): number => total.get() ?? 0,
    /** Whether its messages were ever read to the end. */
    wasThreadRead: (id: TicketId): boolean => wasRead.get(id) === 1,
    /** How many replies there were when the thread was last read as a whole; null = it is to be read again. */
    readReplies: (id: TicketId): number | null => readReplies.get(id) ?? null,
    markThreadRead: (id: TicketId, at: { replies: number; lastUpdateS: number }): void => {
      threadRead.run({ id, replies: at.replies, lastUpdateS: at.lastUpdateS });
    },
    markThreadStale: (id: TicketId): void => {
      threadStale.run(id);
    },
    insertTicket: (ticket: PulledTicket): void => {
      insertTicket.run(ticket);
    },
    /** Which of our rows a remote id means: one that got this id, else one that was pulled with it. */
    localId: (table: RemoteTable, remoteId: number): number | undefined => ids[table].get(remoteId, remoteId),
    /** What the remote calls a row; null while it does not know it. */
    remoteId: (table: RemoteTable, id: number): number | null =>
      remoteIdOf[table].get(id) ?? (id < FIRST_LOCAL_ID ? id : null),
    link: (table: RemoteTable, id: number, remoteId: number): void => {
      linkers[table].run(remoteId, id);
    },
  };
}
