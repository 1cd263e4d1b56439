import type { AttachmentId, MessageId, StaffId, TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface PulledMessage {
  readonly id: number;
  readonly ticketId: TicketId;
  readonly author: 'customer' | 'staff';
  readonly staffId: StaffId | null;
  readonly bodyHtml: string;
  readonly preview: string;
  readonly createdAt: number;
  readonly marker: string | null;
}

/** Messages as the remote has them; ours are known by their marker. */
export function createRemoteMessageRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO messages (id, ticket_id, author, staff_id, body_html, preview, source, created_at, marker)
     VALUES (@id, @ticketId, @author, @staffId, @bodyHtml, @preview, 'remote', @createdAt, @marker)`,
  );
  const byMarker = db.prepare<[string], { id: MessageId; ticketId: TicketId }>(
    'SELECT id, ticket_id AS ticketId FROM messages WHERE marker = ?',
  );
  const markerOf = db.prepare<[number], string | null>('SELECT marker FROM messages WHERE id = ?').pluck();
  const setMarker = db.prepare('UPDATE messages SET marker = ? WHERE id = ?');
  const settle = db.prepare(
    `UPDATE messages SET remote_id = @remoteId, created_at = @createdAt, body_html = @bodyHtml, preview = @preview
     WHERE id = @id`,
  );
  const isDouble = db
    .prepare<[number], 0 | 1>('SELECT EXISTS (SELECT 1 FROM remote_doubles WHERE remote_message_id = ?)')
    .pluck();
  const addDouble = db.prepare('INSERT OR IGNORE INTO remote_doubles VALUES (?, ?, ?)');
  const confirmed = db
    .prepare<[{ id: number }], number>(
      `SELECT (SELECT count(*) FROM messages
           WHERE ticket_id = @id + 0 AND deleted_at IS NULL AND (remote_id IS NOT NULL OR id < 1000000000)
             AND NOT EXISTS (SELECT 1 FROM remote_lost WHERE message_id = messages.id))
         + (SELECT count(*) FROM messages JOIN remote_doubles ON message_id = messages.id
           WHERE ticket_id = @id + 0 AND deleted_at IS NULL)`,
    )
    .pluck();
  return {
    insert: (message: PulledMessage): void => {
      insert.run(message);
    },
    byMarker: (marker: string): { id: MessageId; ticketId: TicketId } | undefined => byMarker.get(marker),
    markerOf: (id: MessageId): string | null => markerOf.get(id) ?? null,
    setMarker: (id: MessageId, marker: string): void => {
      setMarker.run(marker, id);
    },
    /** Our own message, as the remote stored it. */
    settle: (
      id: MessageId,
      stored: { remoteId: number; createdAt: number; bodyHtml: string; preview: string },
    ): void => {
      settle.run({ id, ...stored });
    },
    isDouble: (remoteId: number): boolean => isDouble.get(remoteId) === 1,
    addDouble: (remoteId: number, of: MessageId, now: number): void => {
      addDouble.run(remoteId, of, now);
    },
    /** How many of the remote's messages of a ticket are accounted for here. */
    confirmed: (id: TicketId): number => confirmed.get({ id }) ?? 0,
  };
}

export interface FileCheck {
  readonly messageId: MessageId;
  readonly checksLeft: number;
}

/** Files of the remote: which are to be asked for, and which of ours they are. */
export function createRemoteFileRepository(db: Db) {
  const check = db.prepare(
    `INSERT INTO remote_file_checks (message_id, due_at, checks_left) VALUES (?, ?, ?)
     ON CONFLICT (message_id) DO UPDATE SET due_at = excluded.due_at, checks_left = excluded.checks_left`,
  );
  const due = db.prepare<[number], FileCheck>(
    'SELECT message_id AS messageId, checks_left AS checksLeft FROM remote_file_checks WHERE due_at <= ? ORDER BY due_at',
  );
  const pending = db.prepare<[], number>('SELECT count(*) FROM remote_file_checks').pluck();
  const remove = db.prepare('DELETE FROM remote_file_checks WHERE message_id = ?');
  const unlinked = db
    .prepare<[number, string, number], AttachmentId>(
      `SELECT id FROM attachments WHERE message_id = ? AND name = ? AND size_bytes = ? AND remote_id IS NULL
         AND id >= 1000000000
         AND (deleted_at IS NULL OR EXISTS (SELECT 1 FROM outbox WHERE attachment_id = attachments.id))
       ORDER BY id LIMIT 1`,
    )
    .pluck();
  const insert = db.prepare(
    `INSERT INTO attachments (id, ticket_id, message_id, name, media_type, size_bytes, sha256, created_at)
     VALUES (@id, @ticketId, @messageId, @name, @mediaType, @sizeBytes, '', @createdAt)`,
  );
  const setContent = db.prepare('UPDATE attachments SET sha256 = ?, size_bytes = ? WHERE id = ?');
  return {
    /** Its bytes are here now. */
    setContent: (id: AttachmentId, stored: { sha256: string; sizeBytes: number }): void => {
      setContent.run(stored.sha256, stored.sizeBytes, id);
    },
    check: (id: MessageId, dueAt: number, checksLeft: number): void => {
      check.run(id, dueAt, checksLeft);
    },
    due: (now: number): FileCheck[] => due.all(now),
    pending: (): number => pending.get() ?? 0,
    checked: (id: MessageId): void => {
      remove.run(id);
    },
    /** A file that was sent with a message of ours and has no id of the remote's yet. */
    unlinked: (messageId: MessageId, name: string, sizeBytes: number): AttachmentId | undefined =>
      unlinked.get(messageId, name, sizeBytes),
    /** A file that is there and not yet here: its sha256 is '' until somebody asks for its bytes. */
    insert: (file: {
      id: number;
      ticketId: TicketId;
      messageId: MessageId;
      name: string;
      mediaType: string;
      sizeBytes: number;
      createdAt: number;
    }): void => {
      insert.run(file);
    },
  };
}
