import type { TicketId } from '../../../shared/model/ids.ts';
import type { MailKnowledge } from '../domain/mailVerdict.ts';
import { addressKey } from '../mail/receive/addresses.ts';
import type { Store } from '../store/store.ts';

/** What the desk's tables say to the verdict about a mail. */
export function mailKnowledge(store: Store): MailKnowledge {
  return {
    mailById(mailId) {
      const row = store.mailIds.byId(mailId);
      return row ? { ticketId: row.ticketId as TicketId, contentHash: row.contentSha256 } : null;
    },
    isSuspended: (rawSha256) => store.mailIds.isSuspended(rawSha256),
    isLive: (ticketId) => store.tickets.byId(ticketId)?.deletedAt === null,
    isRequester(ticketId, email) {
      const ticket = store.tickets.byId(ticketId);
      const customer = ticket && store.customers.byId(ticket.customerId);
      return customer !== undefined && addressKey(customer.email) === addressKey(email);
    },
  };
}
