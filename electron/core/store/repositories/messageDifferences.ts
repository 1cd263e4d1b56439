import type { SentDifference } from '../../../../shared/contract/sync.ts';
import type { MessageId, TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

/** What the server made of a message of ours. */
export interface MessageDifference {
  readonly messageId: MessageId;
  readonly kinds: readonly SentDifference[];
  /** As it left, without the marker. */
  readonly sentHtml: string;
}
interface Stored extends Omit<MessageDifference, 'kinds'> {
  readonly kinds: string;
}

/** Messages of ours that the server keeps otherwise than they were sent, and files of them that it does not have. */
export function createMessageDifferenceRepository(db: Db) {
  const set = db.prepare(
    'INSERT OR REPLACE INTO message_differences VALUES (@messageId, @kinds, @sentHtml, @foundAt)',
  );
  const byTicket = db.prepare<[number], Stored>(
    `SELECT message_id AS messageId, kinds, sent_html AS sentHtml
     FROM messages JOIN message_differences ON message_id = messages.id WHERE ticket_id = ?`,
  );
  // Known only once nobody asks for them any more: the server writes files after their message (behaviour.md 3.5).
  const missingFiles = db.prepare<[number], { messageId: MessageId; name: string }>(
    `SELECT a.message_id AS messageId, a.name FROM attachments a JOIN messages m ON m.id = a.message_id
     WHERE a.ticket_id = ? AND a.remote_id IS NULL AND a.id >= 1000000000 AND a.deleted_at IS NULL
       AND m.remote_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM remote_file_checks c WHERE c.message_id = a.message_id)
     ORDER BY a.id`,
  );
  return {
    set: (difference: MessageDifference, foundAt: number): void => {
      set.run({ ...difference, kinds: JSON.stringify(difference.kinds), foundAt });
    },
    ofTicket: (id: TicketId): MessageDifference[] =>
      byTicket.all(id).map((row) => ({ ...row, kinds: JSON.parse(row.kinds) as SentDifference[] })),
    /** Files that were sent with a message which arrived, and are not there. */
    missingFiles: (id: TicketId) => missingFiles.all(id),
  };
}
