import type { TicketId } from '../../../shared/model/ids.ts';
import type { MailKnowledge } from '../domain/mailVerdict.ts';
import { addressKey, sendableAddress } from '../mail/receive/addresses.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import type { Store } from '../store/store.ts';

/** What the desk's tables say to the verdict about a mail. */
export function mailKnowledge(
  store: Store,
  /** The bytes of a mail that a person lets in: that it lies among the suspended ones is no reason against it. */
  released = '',
): MailKnowledge {
  return {
    mailById(mailId) {
      const row = store.mailIds.byId(mailId);
      return row ? { ticketId: row.ticketId as TicketId, contentHash: row.contentSha256 } : null;
    },
    isSuspended: (rawSha256) => rawSha256 !== released && store.mailIds.isSuspended(rawSha256),
    isLive: (ticketId) => store.tickets.byId(ticketId)?.deletedAt === null,
    isRequester(ticketId, email) {
      const ticket = store.tickets.byId(ticketId);
      const customer = ticket && store.customers.byId(ticket.customerId);
      if (!customer) return false;
      const emails = [customer.email, ...store.customerAddresses.ofCustomer(customer.id)];
      return emails.some((one) => addressKey(one) === addressKey(email));
    },
    isBlocked: (email) => customerOfMail(store, email)?.blockedAt != null,
  };
}

/** Whose mail it is, by any of their addresses. */
export function customerOfMail(store: Store, email: string): CustomerRow | undefined {
  return store.customers.byEmail(sendableAddress(email));
}
