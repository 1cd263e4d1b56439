import { describe, expect, it } from 'vitest';
import { MAIL_TEMPLATES, SWITCHED_TEMPLATES } from '../../../shared/contract/mail.ts';
import { messageSource } from '../../../shared/model/ticket.ts';
import { type MailCause, mailsFor } from './outgoingMail.ts';

const ALL_ON = [...SWITCHED_TEMPLATES];
const named = (cause: MailCause, on = ALL_ON) =>
  mailsFor(cause, on).map(({ template, to, hasFiles }) => `${template} → ${to}${hasFiles ? ' + files' : ''}`);

const REPLY = 'staff_reply → customer + files';
const CONFIRMATION = 'new_ticket → customer';
const ANSWER = 'autoresponse → customer';
const COLLEAGUES = 'staff_ticketnotification → department';

/** Every kind × author × source × notify; what is not listed mails nobody. */
const TABLE: Record<string, string[]> = {
  'ticket_opened customer app notify': [CONFIRMATION],
  'ticket_opened customer api notify': [CONFIRMATION],
  'ticket_opened customer mail': [COLLEAGUES],
  'ticket_opened customer mail notify': [COLLEAGUES],
  'ticket_opened staff app': [REPLY],
  'ticket_opened staff app notify': [REPLY, CONFIRMATION],
  'ticket_opened staff api': [REPLY],
  'ticket_opened staff api notify': [REPLY, CONFIRMATION],
  'message_added customer app': [COLLEAGUES],
  'message_added customer app notify': [COLLEAGUES],
  'message_added customer api': [COLLEAGUES],
  'message_added customer api notify': [COLLEAGUES],
  'message_added customer mail': [ANSWER, COLLEAGUES],
  'message_added customer mail notify': [ANSWER, COLLEAGUES],
  'message_added staff app': [REPLY],
  'message_added staff app notify': [REPLY],
  'message_added staff api': [REPLY],
  'message_added staff api notify': [REPLY],
};

const causes = (['ticket_opened', 'message_added'] as const).flatMap((kind) =>
  (['customer', 'staff'] as const).flatMap((author) =>
    messageSource.options.flatMap((source) =>
      [false, true].map((notify) => ({ kind, author, source, notify })),
    ),
  ),
);

describe('which mails an event causes, with every template on', () => {
  it.each(causes)('$kind by $author, $source, notify $notify', (cause) => {
    const name = `${cause.kind} ${cause.author} ${cause.source}${cause.notify ? ' notify' : ''}`;
    expect(named(cause)).toEqual(TABLE[name] ?? []);
  });

  it('names no cause that does not exist', () => {
    expect(causes).toHaveLength(2 * 2 * messageSource.options.length * 2);
  });

  it('greets a customer when asked to', () => {
    expect(named({ kind: 'customer_created', notify: true })).toEqual(['new_user → customer']);
    expect(named({ kind: 'customer_created', notify: false })).toEqual([]);
  });
});

describe('switches', () => {
  const everything = [
    { kind: 'customer_created', notify: true },
    { kind: 'ticket_opened', author: 'staff', source: 'api', notify: true },
    { kind: 'message_added', author: 'customer', source: 'mail', notify: false },
  ] satisfies MailCause[];
  const templates = (on: readonly (typeof SWITCHED_TEMPLATES)[number][]) =>
    everything.flatMap((cause) => mailsFor(cause, on)).map(({ template }) => template);

  it('all off: a reply goes out all the same', () => {
    expect(templates([])).toEqual(['staff_reply']);
  });

  it.each(SWITCHED_TEMPLATES)('%s goes out when it is on', (template) => {
    expect(templates([template]).filter((one) => one !== 'staff_reply')).toEqual([template]);
  });

  it('covers all templates but the one for staff passwords', () => {
    expect(new Set(templates(ALL_ON))).toEqual(
      new Set(MAIL_TEMPLATES.filter((one) => one !== 'lost_password')),
    );
  });
});
