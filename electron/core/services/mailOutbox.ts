import type { CustomerId, MessageId } from '../../../shared/model/ids.ts';
import { PRIORITY_NAMES, STATUS_NAMES } from '../../../shared/model/ticket.ts';
import { type MailCause, mailsFor, type PlannedMail } from '../domain/outgoingMail.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import type { NewOutgoingMail } from '../store/repositories/mailOutbox.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';
import type { MessageAuthor } from './messageWriter.ts';

/** 131 bits: nobody else's Message-ID begins like this. */
const KEY_LENGTH = 22;

type Values = Readonly<Record<string, string>>;

/** How many mails wait for an account to be sent from. */
export function mailsWaiting(deps: ServiceDeps): number {
  return deps.store.mailOutbox.countWaiting();
}

/**
 * Queues what a new message has to tell by mail. `ticket` is as it was before the message: that is the status its
 * mail names (behaviour.md part 4). Must run inside the message's transaction.
 *
 * The values are taken now, since tomorrow the ticket is another; the template is filled in when the mail goes out,
 * so that a template somebody has corrected meanwhile counts, and no body is kept twice.
 */
export function queueMessageMails(
  deps: ServiceDeps,
  ticket: TicketRecord,
  message: { readonly groupId: string; readonly messageId: MessageId; readonly author: MessageAuthor },
  cause: Omit<Extract<MailCause, { author: unknown }>, 'author'>,
): void {
  const { author, groupId, messageId } = message;
  const planned = planOf(deps, { ...cause, author: author.kind });
  const customer = planned.length > 0 ? deps.store.customers.byId(ticket.customerId) : undefined;
  if (!customer) return;
  const values = ticketValues(deps, ticket, customer, author);
  const about = { causeGroupId: groupId, ticketId: ticket.id, messageId };
  for (const mail of planned) {
    for (const to of recipients(deps, mail, ticket, customer)) {
      insert(deps, mail, { ...about, ...to, values });
    }
  }
}

/** Greets a customer who was made with `notify`; there is no customer portal, so without a password (design §2). */
export function queueWelcome(
  deps: ServiceDeps,
  customer: { readonly id: CustomerId; readonly name: string; readonly email: string },
  how: { readonly groupId: string; readonly notify: boolean },
): void {
  for (const mail of planOf(deps, { kind: 'customer_created', notify: how.notify })) {
    insert(deps, mail, {
      causeGroupId: how.groupId,
      ticketId: null,
      messageId: null,
      ...toCustomer(customer),
      values: customerValues(deps, customer),
    });
  }
}

function planOf(deps: ServiceDeps, cause: MailCause): PlannedMail[] {
  // The server of a remote workspace mails its customers itself: once is enough.
  if (deps.store.remoteDesk.get()) return [];
  return mailsFor(cause, deps.store.settings.get().mailTemplatesOn);
}

function insert(
  deps: ServiceDeps,
  { template, hasFiles }: PlannedMail,
  mail: Omit<NewOutgoingMail, 'template' | 'hasFiles' | 'mailKey' | 'createdAt'>,
): void {
  deps.store.mailOutbox.insert({
    ...mail,
    template,
    hasFiles,
    mailKey: deps.ids.secret(KEY_LENGTH),
    createdAt: deps.clock.now(),
  });
}

const toCustomer = ({ id, name, email }: { id: CustomerId; name: string; email: string }) => ({
  customerId: id,
  toName: name,
  toEmail: email,
});

function recipients(deps: ServiceDeps, mail: PlannedMail, ticket: TicketRecord, customer: CustomerRow) {
  if (mail.to === 'customer') return [toCustomer(customer)];
  return deps.store.staff
    .all()
    .filter(({ isActive, departmentIds }) => isActive && departmentIds.includes(ticket.departmentId))
    .map(({ name, email }) => ({ customerId: null, toName: name, toEmail: email }));
}

function customerValues(deps: ServiceDeps, { name, email }: { name: string; email: string }): Values {
  const { siteName, siteUrl } = deps.store.settings.get();
  return { client_name: name, client_email: email, company_name: siteName, support_url: siteUrl };
}

function ticketValues(
  deps: ServiceDeps,
  ticket: TicketRecord,
  customer: CustomerRow,
  author: MessageAuthor,
): Values {
  const staff = author.kind === 'staff' ? deps.store.staff.byId(author.staffId) : undefined;
  return {
    ...customerValues(deps, customer),
    ticket_id: String(ticket.id),
    ticket_subject: ticket.subject,
    ticket_department: deps.store.departments.byId(ticket.departmentId)?.name ?? '',
    ticket_status: STATUS_NAMES[ticket.status],
    ticket_priority: PRIORITY_NAMES[ticket.priority],
    staff_name: staff?.name ?? '',
  };
}
