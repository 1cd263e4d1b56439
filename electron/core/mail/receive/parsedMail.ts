import type { AutomaticKind, MailAddress } from '../../domain/mailVerdict.ts';
import type { BodyPiece } from './body.ts';

export interface MailAttachment {
  /** Safe for any disk; what the sender wrote stays in the raw mail. */
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
  /** `contentIdKey` of its Content-ID; null when it has none. */
  readonly contentId: string | null;
  /** The HTML shows it. */
  readonly isInline: boolean;
}

/** Something odd about the mail that a person may want to know. */
export type MailFlag = 'unreadable' | 'header_too_large' | 'too_many_parts' | 'no_message_id' | 'encrypted';

export interface ParsedMail {
  /** Without brackets; made from the content when the mail has none (F13). */
  readonly mailId: string;
  readonly contentHash: string;
  readonly referenceIds: readonly string[];
  readonly from: MailAddress | null;
  /** Further mailboxes of From (A8). */
  readonly otherFrom: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly deliveredTo: readonly string[];
  /** The sender's claim, milliseconds UTC; `sentAtOf` keeps it out of the future. */
  readonly claimedAt: number | null;
  readonly subject: string;
  readonly body: readonly BodyPiece[];
  readonly attachments: readonly MailAttachment[];
  readonly automatic: AutomaticKind | null;
  readonly report: 'bounce' | 'receipt' | 'complaint' | null;
  readonly flags: readonly MailFlag[];
}
