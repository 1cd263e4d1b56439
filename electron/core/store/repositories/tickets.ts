import type { CustomerId, DepartmentId, StaffId, TicketId } from '../../../../shared/model/ids.ts';
import type { AuthorKind, TicketPriority, TicketStatus } from '../../../../shared/model/ticket.ts';
import type { Db } from '../connection.ts';

export interface TicketRecord {
  readonly id: TicketId;
  readonly departmentId: DepartmentId;
  readonly customerId: CustomerId;
  readonly assigneeId: StaffId | null;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly subject: string;
  readonly lastReplier: AuthorKind;
  readonly messageCount: number;
  readonly createdAt: number;
  readonly lastMessageAt: number;
  readonly deletedAt: number | null;
}

export interface NewTicket {
  readonly departmentId: DepartmentId;
  readonly customerId: CustomerId;
  readonly assigneeId: StaffId | null;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly subject: string;
  readonly source: string;
  readonly createdAt: number;
}

/** The fields a change may set; the columns are fixed here, never taken from input. */
export interface TicketFields {
  readonly status?: TicketStatus;
  readonly departmentId?: DepartmentId;
  readonly priority?: TicketPriority;
  readonly assigneeId?: StaffId | null;
  readonly subject?: string;
  readonly deletedAt?: number | null;
}

const COLUMNS = `id, department_id AS departmentId, customer_id AS customerId, assignee_id AS assigneeId, status, priority,
  subject, last_replier AS lastReplier, message_count AS messageCount, created_at AS createdAt,
  last_message_at AS lastMessageAt, deleted_at AS deletedAt`;

const FIELD_COLUMNS: Readonly<Record<keyof TicketFields, string>> = {
  status: 'status',
  departmentId: 'department_id',
  priority: 'priority',
  assigneeId: 'assignee_id',
  subject: 'subject',
  deletedAt: 'deleted_at',
};

export function createTicketRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO tickets (department_id, customer_id, assignee_id, status, priority, subject, source, created_at, last_message_at, updated_at)
     VALUES (@departmentId, @customerId, @assigneeId, @status, @priority, @subject, @source, @createdAt, @createdAt, @createdAt)`,
  );
  const byId = db.prepare<[number], TicketRecord>(`SELECT ${COLUMNS} FROM tickets WHERE id = ?`);
  const setters = new Map(
    (Object.keys(FIELD_COLUMNS) as (keyof TicketFields)[]).map((field) => [
      field,
      db.prepare(`UPDATE tickets SET ${FIELD_COLUMNS[field]} = ?, updated_at = ? WHERE id = ?`),
    ]),
  );
  const setCustomer = db.prepare('UPDATE tickets SET customer_id = ?, updated_at = ? WHERE id = ?');
  // What the list shows of the thread is derived from the thread itself, so that undo and imports of
  // older mail can't leave it wrong.
  const refresh = db.prepare(
    `UPDATE tickets SET
       message_count = (SELECT count(*) FROM messages WHERE ticket_id = @id + 0 AND deleted_at IS NULL),
       attachment_count = (SELECT count(*) FROM attachments WHERE ticket_id = @id + 0 AND deleted_at IS NULL AND is_inline = 0),
       (last_message_at, preview, last_replier) = (
         SELECT created_at, preview, author FROM messages WHERE ticket_id = @id + 0 AND deleted_at IS NULL
         ORDER BY created_at DESC, id DESC LIMIT 1),
       updated_at = @now
     WHERE id = @id AND EXISTS (SELECT 1 FROM messages WHERE ticket_id = @id + 0 AND deleted_at IS NULL)`,
  );
  const idsOf = (sql: string) => db.prepare<[number], number>(sql).pluck();
  const trashedBefore = idsOf(
    'SELECT id FROM tickets WHERE deleted_at IS NOT NULL AND deleted_at <= ? ORDER BY deleted_at LIMIT 1000',
  );
  return {
    insert: (ticket: NewTicket): TicketId => Number(insert.run(ticket).lastInsertRowid) as TicketId,
    /** Trashed tickets too; the caller looks at deletedAt. */
    byId: (id: TicketId): TicketRecord | undefined => byId.get(id),
    set: <F extends keyof TicketFields>(
      id: TicketId,
      field: F,
      value: NonNullable<TicketFields[F]> | null,
      now: number,
    ): void => {
      setters.get(field)?.run(value, now, id);
    },
    setCustomer: (id: TicketId, customerId: CustomerId, now: number): void => {
      setCustomer.run(customerId, now, id);
    },
    refreshFromThread: (id: TicketId, now: number): void => {
      refresh.run({ id, now });
    },
    trashedBefore: (before: number): TicketId[] => trashedBefore.all(before) as TicketId[],
  };
}
