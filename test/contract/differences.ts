import { createTicket } from '../../electron/core/services/ticketWriter.ts';
import type { CustomerId, DepartmentId, TicketId } from '../../shared/model/ids.ts';
import type { TicketStatus } from '../../shared/model/ticket.ts';
import type { ApiDesk } from './support/apiDesk.ts';

/** The only reasons for answering otherwise than the reference did. */
export type Reason =
  | 'the documentation promises it'
  | 'the reference loses data'
  | 'the reference is insecure'
  | 'the reference crashes'
  | 'emoji are kept instead of ????';

export interface Difference {
  readonly name: string;
  readonly reason: Reason;
  /** Ours; from the recorded body where most of it is the same. */
  readonly ours: { readonly status?: number; readonly body: unknown | ((recorded: string) => unknown) };
  /** How the reference's state comes back afterwards: what ours wrote is rolled back, or this is done. */
  readonly restore?: 'rollback' | ((desk: ApiDesk) => Promise<void> | void);
}

const error = (message: string) => ({ error: 1, message });
const success = (rest: object) => ({ success: 1, ...rest });
const userCreated = (id: number) => success({ user_id: id, message: 'User account was created.' });
const ticketCreated = (id: number) => success({ ticket_id: id, message: 'Ticket was created.' });
const ticketsWith =
  (...statuses: string[]) =>
  (recorded: string) => {
    const body = JSON.parse(emoji(recorded)) as { tickets: { status: string }[] };
    const tickets = body.tickets.filter((ticket) => statuses.includes(ticket.status));
    return { ...body, total_tickets: tickets.length, pages: Math.min(1, tickets.length), tickets };
  };
const withTicketStatus = (status: string) => (recorded: string) => {
  const body = JSON.parse(recorded) as { ticket: object };
  return { ...body, ticket: { ...body.ticket, status } };
};
const emoji = (recorded: string): string => recorded.replaceAll('????', '😀');
const keepsEmoji = (name: string): Difference => ({
  name,
  reason: 'emoji are kept instead of ????',
  ours: { body: (recorded: string) => JSON.parse(emoji(recorded)) as unknown },
});

const setStatus = (id: number, status: TicketStatus) => (desk: ApiDesk) =>
  desk.deps.store.tickets.set(id as TicketId, 'status', status, desk.clock.now());

/** What the reference let in: a ticket with a file that its list of types does not hold. */
async function addTicketWithTextFile({ deps }: ApiDesk): Promise<void> {
  const stored = await deps.files.put(Buffer.from('abc'));
  createTicket(
    deps,
    { kind: 'system', name: 'reference' },
    {
      customerId: 1 as CustomerId,
      departmentId: 1 as DepartmentId,
      subject: 'Hello world',
      bodyHtml: 'This is a test message.',
      author: { kind: 'customer' },
      source: 'api',
      files: [{ name: 'note.txt', mediaType: 'text/plain', ...stored, contentId: null, isInline: false }],
    },
  );
}

const DOCS = 'the documentation promises it';
const LOSES = 'the reference loses data';
const INSECURE = 'the reference is insecure';
const CRASHES = 'the reference crashes';

/** Every recorded exchange that we answer otherwise, in their order. docs/helpdeskz-compatibility.md says why. */
export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'auth.ip_list_saved_by_create_form',
    reason: DOCS,
    ours: { body: success({ total_users: 0, total_pages: 0, users: [] }) },
  },
  {
    name: 'auth.token_lowercased_accepted',
    reason: INSECURE,
    ours: { status: 400, body: error('Invalid authentication.') },
  },
  {
    name: 'route.trailing_slash_get',
    reason: DOCS,
    ours: { body: success({ total_users: 0, total_pages: 0, users: [] }) },
  },
  { name: 'route.trailing_slash_post', reason: DOCS, ours: { body: userCreated(1) }, restore: 'rollback' },
  { name: 'route.post_collection_csrf', reason: DOCS, ours: { body: userCreated(1) }, restore: 'rollback' },
  { name: 'users.create_json', reason: LOSES, ours: { body: userCreated(5) }, restore: 'rollback' },
  { name: 'users.create_query_params', reason: LOSES, ours: { body: userCreated(5) }, restore: 'rollback' },
  { name: 'users.create_array_field', reason: CRASHES, ours: { body: error('Full name is missing.') } },
  keepsEmoji('users.list'),
  keepsEmoji('users.list_page_text'),
  {
    name: 'users.list_page_huge',
    reason: CRASHES,
    ours: { body: success({ total_users: 4, total_pages: 1, users: [] }) },
  },
  {
    name: 'users.find_email_quote',
    reason: DOCS,
    ours: {
      body: success({
        user_data: {
          id: '3',
          fullname: 'Mary O&#039;Brien &lt;b&gt;&amp;&quot;x&quot;',
          email: 'o&#039;mary+tag@example.com',
        },
      }),
    },
  },
  {
    name: 'staff.auth_trailing_slash',
    reason: DOCS,
    ours: { body: success({ message: 'You have been logged in.' }) },
    restore: 'rollback',
  },
  {
    name: 'staff.auth_2fa_same_code_again',
    reason: INSECURE,
    ours: { body: error('Two-Factor authentication failed. (attempt: 1 of 3)') },
    restore: 'rollback',
  },
  ...[1, 2, 3].map(
    (attempt): Difference => ({
      name: `staff.auth_unknown_user_attempt_${attempt}`,
      reason: INSECURE,
      ours: { body: error(`Invalid username or password. (attempt: ${attempt} of 3)`) },
    }),
  ),
  {
    name: 'tickets.create_no_file_part',
    reason: DOCS,
    ours: { body: ticketCreated(1) },
    restore: 'rollback',
  },
  { name: 'tickets.create_urlencoded', reason: DOCS, ours: { body: ticketCreated(1) }, restore: 'rollback' },
  {
    name: 'tickets.create_file_without_brackets',
    reason: CRASHES,
    ours: { body: ticketCreated(5) },
    restore: 'rollback',
  },
  {
    name: 'tickets.create_file_over_php_limit',
    reason: DOCS,
    ours: { body: ticketCreated(5) },
    restore: 'rollback',
  },
  {
    name: 'tickets.create_body_over_post_limit',
    reason: LOSES,
    ours: { body: error('File is too big. Maximum size is 2.5 MB.') },
  },
  keepsEmoji('tickets.show_subject_raw'),
  keepsEmoji('messages.show_plain_body'),
  { name: 'tickets.create_json', reason: LOSES, ours: { body: ticketCreated(9) }, restore: 'rollback' },
  keepsEmoji('tickets.list'),
  keepsEmoji('tickets.list_status'),
  { name: 'tickets.list_status_id_ignored', reason: DOCS, ours: { body: ticketsWith('5') } },
  keepsEmoji('tickets.list_status_text_ignored'),
  keepsEmoji('tickets.list_user'),
  keepsEmoji('tickets.list_sort_ignored'),
  {
    name: 'tickets.show_after_status_id',
    reason: DOCS,
    ours: { body: withTicketStatus('5') },
    restore: setStatus(1, 1),
  },
  {
    name: 'tickets.show_after_updates',
    reason: LOSES,
    ours: { body: withTicketStatus('2') },
    restore: setStatus(1, 4),
  },
  {
    name: 'messages.create_no_file_part',
    reason: DOCS,
    ours: { body: success({ message: 'Message was created and added to ticket.' }) },
    restore: 'rollback',
  },
  { name: 'attachments.list_by_ticket_ignored', reason: DOCS, ours: { body: success({ files: [] }) } },
  {
    name: 'attachments.list_by_ticket_text_500',
    reason: CRASHES,
    ours: {
      body: success({
        files: [
          { id: '1', name: 'a b.png', filetype: 'image/png', msg_id: '2', size: '75' },
          { id: '2', name: 'one.png', filetype: 'image/png', msg_id: '3', size: '75' },
          { id: '3', name: 'two.jpg', filetype: 'image/jpeg', msg_id: '3', size: '22' },
          { id: '4', name: 'f0.png', filetype: 'image/png', msg_id: '4', size: '75' },
          { id: '5', name: 'f1.png', filetype: 'image/png', msg_id: '4', size: '75' },
          { id: '6', name: 'f2.png', filetype: 'image/png', msg_id: '4', size: '75' },
          { id: '7', name: 'pic.png', filetype: 'image/png', msg_id: '16', size: '75' },
          { id: '8', name: 'pic.png', filetype: 'image/png', msg_id: '16', size: '75' },
        ],
      }),
    },
  },
  {
    name: 'tickets.create_empty_part_then_txt',
    reason: INSECURE,
    ours: { body: error('File is not allowed.') },
    restore: addTicketWithTextFile,
  },
  keepsEmoji('tickets.list_order_after_delete'),
];
