import { type AuthorKind, STATUS, type TicketStatus } from '../../../shared/model/ticket.ts';

/**
 * The status after a message (behaviour.md 3.4): a staff reply answers 1, 2 and 3 and leaves 4 and 5;
 * with `close` it closes from any status. A customer's reply wakes 2 and 5 to 3 and leaves the rest.
 */
export function statusAfterMessage(before: TicketStatus, author: AuthorKind, close: boolean): TicketStatus {
  if (author === 'staff') {
    if (close) return STATUS.closed;
    return before === STATUS.inProgress || before === STATUS.closed ? before : STATUS.answered;
  }
  return before === STATUS.answered || before === STATUS.closed ? STATUS.awaitingReply : before;
}
