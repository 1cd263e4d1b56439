import type { OperationKind } from '../../../shared/contract/tickets.ts';
import type { MessageId, NoteId, TicketId } from '../../../shared/model/ids.ts';

/** What the permanent log is told of one change. */
export interface OperationToLog {
  readonly groupId: string;
  readonly kind: OperationKind;
  readonly ticketId?: TicketId;
  readonly messageId?: MessageId;
  readonly noteId?: NoteId;
  readonly payload: unknown;
  /** The values that the change replaced: what undo puts back. */
  readonly before: unknown;
  readonly undoesGroupId?: string;
}
