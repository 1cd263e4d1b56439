import type { MailState, MailTemplate } from '../../../../shared/contract/mail.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import type { CustomerId, MessageId, TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface NewOutgoingMail {
  readonly template: MailTemplate;
  /** Left part of its Message-ID. */
  readonly mailKey: string;
  readonly causeGroupId: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly customerId: CustomerId | null;
  readonly ticketId: TicketId | null;
  readonly messageId: MessageId | null;
  readonly hasFiles: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly createdAt: number;
}
export interface ReplyMail {
  readonly messageId: MessageId;
  readonly state: MailState;
  readonly toEmail: string;
}

/** Mails that are to go out. What belongs to an erased ticket, message or customer goes with it. */
export function createMailOutboxRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO mail_outbox (template, state, mail_key, cause_group_id, to_name, to_email, customer_id, ticket_id,
       message_id, has_files, template_values, created_at)
     VALUES (@template, 'waiting', @mailKey, @causeGroupId, @toName, @toEmail, @customerId, @ticketId,
       @messageId, @hasFiles, @values, @createdAt)
     ON CONFLICT (cause_group_id, template, to_email) DO NOTHING`,
  );
  const withdraw = db.prepare("DELETE FROM mail_outbox WHERE message_id = ? AND state = 'waiting'");
  const replies = db.prepare<[number], ReplyMail>(
    `SELECT message_id AS messageId, state, to_email AS toEmail FROM mail_outbox
     WHERE ticket_id = ? AND template = 'staff_reply'`,
  );
  const waiting = db
    .prepare<[number], number>(
      `SELECT count(*) FROM (
         SELECT 1 FROM mail_outbox m LEFT JOIN tickets t ON t.id = m.ticket_id
         WHERE m.state = 'waiting' AND t.deleted_at IS NULL LIMIT ?)`,
    )
    .pluck();
  return {
    insert: (mail: NewOutgoingMail): void => {
      insert.run({ ...mail, hasFiles: mail.hasFiles ? 1 : 0, values: JSON.stringify(mail.values) });
    },
    /** Takes back what still waits: its message was undone. */
    withdraw: (messageId: MessageId): void => {
      withdraw.run(messageId);
    },
    /** The mails of a ticket's replies. */
    ofReplies: (ticketId: TicketId): ReplyMail[] => replies.all(ticketId),
    /** Without those of tickets in the trash; counted as far as one above the cap. */
    countWaiting: (): number => waiting.get(LIMITS.cappedCount + 1) ?? 0,
  };
}
