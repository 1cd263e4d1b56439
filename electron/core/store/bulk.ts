import type { CustomerId, DepartmentId, MessageId, StaffId, TicketId } from '../../../shared/model/ids.ts';
import type {
  AuthorKind,
  MessageSource,
  TicketPriority,
  TicketStatus,
} from '../../../shared/model/ticket.ts';
import type { Db } from './connection.ts';

export interface BulkCustomer {
  readonly name: string;
  readonly email: string;
  readonly createdAt: number;
}

export interface BulkAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** The file must be durable already. */
  readonly sha256: string;
}

export interface BulkMessage {
  readonly author: AuthorKind;
  readonly staffId: StaffId | null;
  /** Purified HTML. */
  readonly bodyHtml: string;
  readonly preview: string;
  readonly createdAt: number;
  readonly attachments: readonly BulkAttachment[];
}

export interface BulkTicket {
  readonly departmentId: DepartmentId;
  readonly customerId: CustomerId;
  readonly assigneeId: StaffId | null;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly subject: string;
  readonly source: MessageSource;
  readonly createdAt: number;
  /** Oldest first. */
  readonly messages: readonly BulkMessage[];
  readonly tagIds: readonly number[];
}

export interface BulkWriter {
  /** Runs `work` as one transaction; thousands of tickets in one are written fastest. */
  inTransaction(work: () => void): void;
  customer(customer: BulkCustomer): CustomerId;
  /** Higher than every customer's id: made-up addresses that carry it are new. */
  nextCustomerNumber(): number;
  /** The tag of this name, made when it is missing. */
  tag(name: string): number;
  /** Writes a ticket with its whole thread and queues its index work. */
  ticket(ticket: BulkTicket): TicketId;
}

// Positional parameters: at this volume, binding by name is a tenth of the time.
function prepareInserts(db: Db) {
  return {
    customer: db.prepare(
      'INSERT INTO customers (name, email, email_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
    ),
    nextCustomer: db.prepare<[], number>('SELECT coalesce(max(id), 0) + 1 FROM customers').pluck(),
    ticket: db.prepare(
      `INSERT INTO tickets (department_id, customer_id, assignee_id, status, priority, subject, preview, last_replier,
         message_count, attachment_count, created_at, last_message_at, updated_at, source)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    message: db.prepare(
      `INSERT INTO messages (ticket_id, author, staff_id, body_html, preview, source, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    attachment: db.prepare(
      `INSERT INTO attachments (ticket_id, message_id, name, media_type, size_bytes, sha256, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    tag: db.prepare('INSERT OR IGNORE INTO ticket_tags (ticket_id, tag_id) VALUES (?, ?)'),
    newTag: db.prepare('INSERT OR IGNORE INTO tags (name) VALUES (?)'),
    tagId: db.prepare<[string], number>('SELECT id FROM tags WHERE name = ?').pluck(),
    queue: db.prepare('INSERT OR IGNORE INTO search_queue VALUES (?)'),
  };
}
type Inserts = ReturnType<typeof prepareInserts>;

function insertTicketRow(inserts: Inserts, ticket: BulkTicket): TicketId {
  const last = ticket.messages.at(-1);
  const lastMessageAt = last?.createdAt ?? ticket.createdAt;
  const files = ticket.messages.reduce((count, message) => count + message.attachments.length, 0);
  const { lastInsertRowid } = inserts.ticket.run(
    ticket.departmentId,
    ticket.customerId,
    ticket.assigneeId,
    ticket.status,
    ticket.priority,
    ticket.subject,
    last?.preview ?? '',
    last?.author ?? 'customer',
    ticket.messages.length,
    files,
    ticket.createdAt,
    lastMessageAt,
    lastMessageAt,
    ticket.source,
  );
  return Number(lastInsertRowid) as TicketId;
}

function insertMessage(
  inserts: Inserts,
  ticketId: TicketId,
  message: BulkMessage,
  source: MessageSource,
): void {
  const { author, staffId, bodyHtml, preview, createdAt } = message;
  const { lastInsertRowid } = inserts.message.run(
    ticketId,
    author,
    staffId,
    bodyHtml,
    preview,
    source,
    createdAt,
  );
  const messageId = Number(lastInsertRowid) as MessageId;
  for (const file of message.attachments) {
    const { name, mediaType, sizeBytes, sha256 } = file;
    inserts.attachment.run(ticketId, messageId, name, mediaType, sizeBytes, sha256, createdAt);
  }
}

/** The way in for many tickets at once: demo data, first sync. Rows first, index work queued. */
export function createBulkWriter(db: Db): BulkWriter {
  const inserts = prepareInserts(db);
  return {
    inTransaction: (work) => {
      db.transaction(work).immediate();
    },
    customer: ({ name, email, createdAt }) =>
      Number(
        inserts.customer.run(name, email, email.toLowerCase(), createdAt, createdAt).lastInsertRowid,
      ) as CustomerId,
    nextCustomerNumber: () => inserts.nextCustomer.get() ?? 1,
    tag: (name) => {
      inserts.newTag.run(name);
      return inserts.tagId.get(name) ?? 0;
    },
    ticket: (ticket) => {
      const id = insertTicketRow(inserts, ticket);
      for (const message of ticket.messages) insertMessage(inserts, id, message, ticket.source);
      for (const tagId of ticket.tagIds) inserts.tag.run(id, tagId);
      inserts.queue.run(id);
      return id;
    },
  };
}
