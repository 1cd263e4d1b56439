import type { ServiceDeps } from '../../services/context.ts';
import type { MessageRecord } from '../../store/repositories/messages.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';

/**
 * What came into a ticket since an operation on it was written, oldest first: the server's ids only grow, and the
 * writer had `seenMessages` before them. `unread` more are known from the ticket's row and not here yet.
 */
export function newsFor(
  { store }: ServiceDeps,
  { ticketId, seenMessages }: OutboxRow,
): { readonly messages: MessageRecord[]; readonly unread: number } {
  const base = ticketId === null ? undefined : store.remoteTickets.byTicket(ticketId);
  const count = base ? Math.max(0, base.replies + 1 - seenMessages) : 0;
  const messages = base ? store.messages.newestPulled(base.ticketId, count).reverse() : [];
  return { messages, unread: count - messages.length };
}
