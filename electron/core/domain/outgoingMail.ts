import {
  type MailTemplate,
  SWITCHED_TEMPLATES,
  type SwitchedTemplate,
} from '../../../shared/contract/mail.ts';
import type { AuthorKind, MessageSource } from '../../../shared/model/ticket.ts';

/** What happened on the desk that somebody may have to hear of by mail. */
export type MailCause =
  | { readonly kind: 'customer_created'; readonly notify: boolean }
  | {
      readonly kind: 'ticket_opened' | 'message_added';
      readonly author: AuthorKind;
      readonly source: MessageSource;
      /** The API's `notify=1`. */
      readonly notify: boolean;
    };

export interface PlannedMail {
  readonly template: MailTemplate;
  /** `department`: the active staff whose departments hold the ticket's. */
  readonly to: 'customer' | 'department';
  readonly hasFiles: boolean;
}

/**
 * Which mails an event causes (behaviour.md 3.3, for mail part 4). Staff who write in the app do as staff who write
 * through the API. Old mail that is imported and made-up tickets never mail anybody. `on` are the switched templates
 * that are on; the others always are.
 */
export function mailsFor(cause: MailCause, on: readonly SwitchedTemplate[]): PlannedMail[] {
  return causedBy(cause).filter(({ template }) => !isSwitched(template) || on.includes(template));
}

function isSwitched(template: MailTemplate): template is SwitchedTemplate {
  return (SWITCHED_TEMPLATES as readonly MailTemplate[]).includes(template);
}

const toCustomer = (template: MailTemplate, hasFiles = false): PlannedMail => ({
  template,
  to: 'customer',
  hasFiles,
});
const TO_DEPARTMENT: PlannedMail = {
  template: 'staff_ticketnotification',
  to: 'department',
  hasFiles: false,
};

function causedBy(cause: MailCause): PlannedMail[] {
  if (cause.kind === 'customer_created') return cause.notify ? [toCustomer('new_user')] : [];
  const { kind, author, source, notify } = cause;
  if (source === 'import' || source === 'demo' || source === 'remote') return [];
  const confirmation = kind === 'ticket_opened' && notify ? [toCustomer('new_ticket')] : [];
  if (author === 'staff') {
    // A colleague's own mail has reached whom it was written to.
    return source === 'mail' ? [] : [toCustomer('staff_reply', true), ...confirmation];
  }
  const fromMail = source === 'mail';
  // Through the API the reference tells staff of a message only, of a mail always.
  if (kind === 'ticket_opened') return fromMail ? [TO_DEPARTMENT] : confirmation;
  return fromMail ? [toCustomer('autoresponse'), TO_DEPARTMENT] : [TO_DEPARTMENT];
}
