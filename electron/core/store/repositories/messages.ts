import type { AttachmentId, MessageId, StaffId, TicketId } from '../../../../shared/model/ids.ts';
import type { AuthorKind, MessageSource } from '../../../../shared/model/ticket.ts';
import type { Db } from '../connection.ts';

export interface MessageRecord {
  readonly id: MessageId;
  readonly ticketId: TicketId;
  readonly author: AuthorKind;
  readonly staffId: StaffId | null;
  /** Set when the writer is neither the ticket's customer nor staff. */
  readonly authorName: string | null;
  readonly bodyHtml: string;
  readonly preview: string;
  readonly source: MessageSource;
  readonly rawSha256: string | null;
  readonly createdAt: number;
  readonly deletedAt: number | null;
}
export type NewMessage = Omit<MessageRecord, 'id' | 'deletedAt'>;

export interface AttachmentRecord {
  readonly id: AttachmentId;
  readonly ticketId: TicketId;
  readonly messageId: MessageId;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly contentId: string | null;
  readonly isInline: boolean;
  readonly createdAt: number;
  readonly deletedAt: number | null;
}
export type NewAttachment = Omit<AttachmentRecord, 'id' | 'deletedAt'>;

const MESSAGE_COLUMNS = `id, ticket_id AS ticketId, author, staff_id AS staffId, author_name AS authorName, body_html AS bodyHtml,
  preview, source, raw_sha256 AS rawSha256, created_at AS createdAt, deleted_at AS deletedAt`;

export function createMessageRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO messages (ticket_id, author, staff_id, author_name, body_html, preview, source, raw_sha256, created_at)
     VALUES (@ticketId, @author, @staffId, @authorName, @bodyHtml, @preview, @source, @rawSha256, @createdAt)`,
  );
  const byId = db.prepare<[number], MessageRecord>(`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE id = ?`);
  const newest = db.prepare<[number, number, number, number], MessageRecord>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE ticket_id = ? AND deleted_at IS NULL AND (created_at, id) < (?, ?)
     ORDER BY created_at DESC, id DESC LIMIT ?`,
  );
  const numbered = (order: 'ASC' | 'DESC') =>
    db.prepare<[number, number, number], MessageRecord>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE ticket_id = ? AND deleted_at IS NULL
       ORDER BY created_at ${order}, id ${order} LIMIT ? OFFSET ?`,
    );
  const pages = { asc: numbered('ASC'), desc: numbered('DESC') };
  const total = db.prepare<[], number>('SELECT count(*) FROM messages').pluck();
  const pulled = db.prepare<[number, number], MessageRecord>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE ticket_id = ? AND deleted_at IS NULL AND id < 1000000000
     ORDER BY id DESC LIMIT ?`,
  );
  const setDeleted = db.prepare('UPDATE messages SET deleted_at = ? WHERE id = ?');
  const setBody = db.prepare('UPDATE messages SET body_html = ? WHERE id = ?');
  const newerThan = db
    .prepare<[number, number], number>(
      'SELECT count(*) FROM messages WHERE ticket_id = ? AND id > ? AND deleted_at IS NULL',
    )
    .pluck();
  return {
    insert: (message: NewMessage): MessageId => Number(insert.run(message).lastInsertRowid) as MessageId,
    byId: (id: MessageId): MessageRecord | undefined => byId.get(id),
    /** Of the whole desk; reads an index from end to end. */
    total: (): number => total.get() ?? 0,
    /** The newest `limit` messages before a place in the thread, newest first. */
    newestBefore: (ticketId: TicketId, before: { at: number; id: number }, limit: number): MessageRecord[] =>
      newest.all(ticketId, before.at, before.id, limit),
    /** The newest of a ticket that others wrote on the server of a remote workspace, newest first. */
    newestPulled: (ticketId: TicketId, limit: number): MessageRecord[] => pulled.all(ticketId, limit),
    /** A numbered page as the API has it (behaviour.md 2.5); ties ordered by id. */
    page: (ticketId: TicketId, order: 'asc' | 'desc', limit: number, offset: number): MessageRecord[] =>
      pages[order].all(ticketId, limit, offset),
    setDeleted: (id: MessageId, deletedAt: number | null): void => {
      setDeleted.run(deletedAt, id);
    },
    setBody: (id: MessageId, bodyHtml: string): void => {
      setBody.run(bodyHtml, id);
    },
    countNewer: (ticketId: TicketId, than: MessageId): number => newerThan.get(ticketId, than) ?? 0,
  };
}

interface AttachmentRow extends Omit<AttachmentRecord, 'isInline'> {
  readonly isInline: number;
}
const ATTACHMENT_COLUMNS = `id, ticket_id AS ticketId, message_id AS messageId, name, media_type AS mediaType, size_bytes AS sizeBytes,
  sha256, content_id AS contentId, is_inline AS isInline, created_at AS createdAt, deleted_at AS deletedAt`;
const toAttachment = (row: AttachmentRow): AttachmentRecord => ({ ...row, isInline: row.isInline === 1 });

export function createAttachmentRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO attachments (ticket_id, message_id, name, media_type, size_bytes, sha256, content_id, is_inline, created_at)
     VALUES (@ticketId, @messageId, @name, @mediaType, @sizeBytes, @sha256, @contentId, @isInline, @createdAt)`,
  );
  const byId = db.prepare<[number], AttachmentRow>(
    `SELECT ${ATTACHMENT_COLUMNS} FROM attachments WHERE id = ?`,
  );
  const byMessage = db.prepare<[number], AttachmentRow>(
    `SELECT ${ATTACHMENT_COLUMNS} FROM attachments WHERE message_id = ? AND deleted_at IS NULL ORDER BY id`,
  );
  const setDeleted = db.prepare('UPDATE attachments SET deleted_at = ? WHERE id = ?');
  const byTicket = db.prepare<[number], AttachmentRow>(
    `SELECT ${ATTACHMENT_COLUMNS} FROM attachments WHERE ticket_id = ? AND deleted_at IS NULL ORDER BY id`,
  );
  return {
    insert: (attachment: NewAttachment): AttachmentId =>
      Number(
        insert.run({ ...attachment, isInline: attachment.isInline ? 1 : 0 }).lastInsertRowid,
      ) as AttachmentId,
    byId: (id: AttachmentId): AttachmentRecord | undefined => {
      const row = byId.get(id);
      return row && toAttachment(row);
    },
    byMessage: (id: MessageId): AttachmentRecord[] => byMessage.all(id).map(toAttachment),
    byTicket: (id: TicketId): AttachmentRecord[] => byTicket.all(id).map(toAttachment),
    setDeleted: (id: AttachmentId, deletedAt: number | null): void => {
      setDeleted.run(deletedAt, id);
    },
  };
}
