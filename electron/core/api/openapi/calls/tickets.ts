import { z } from 'zod';
import { fileTooBig, TEXT } from '../../helpdeskz/texts.ts';
import {
  type ApiCall,
  CHANGES,
  CREATES,
  components,
  count,
  digits,
  further,
  number,
  page,
  said,
  seconds,
  success,
  text,
} from '../call.ts';
import { LIST, LIST_ERRORS, listQuery, more, updated } from '../lists.ts';

const ticket = z
  .object({
    id: digits('Number of the ticket.'),
    user_id: digits('Number of the customer.'),
    department_id: digits('Number of the department.'),
    subject: text('Subject, as it was written: escape it before you show it.', 'Hello world'),
    date: seconds('When the ticket was opened'),
    last_update: seconds('When the last message was written'),
    status: z.enum(['1', '2', '3', '4', '5']).meta({ description: 'Status.' }),
    replies: digits('How many messages follow the first one.', '0'),
    user_fullname: text('Name of the customer, HTML-escaped.', 'John Doe'),
    department_name: text('Name of the department, HTML-escaped.', 'General'),
    updated,
  })
  .register(components, { id: 'Ticket' });

const TAG = { tag: 'Tickets', idOf: 'the ticket' } as const;
const status = (example?: number) =>
  z.literal([1, 2, 3, 4, 5]).meta({
    description: 'Status, from 1 open to 5 closed. `status_id` means the same.',
    ...(example === undefined ? {} : { examples: [example] }),
  });

/** What a file that comes along may be refused with; the size is the desk's setting. */
export const FILE_ERRORS: readonly string[] = [TEXT.fileNotAllowed, fileTooBig(2.5 * 1024 * 1024)];
export const STAFF_ID_ERRORS: readonly string[] = [
  TEXT.staffIdMissing,
  TEXT.staffIdNotValid,
  TEXT.staffIdNotFound,
];
const DEPARTMENT_ID_ERRORS = [
  TEXT.departmentIdMissing,
  TEXT.departmentIdNotValid,
  TEXT.departmentIdNotFound,
] as const;

export const ticketCalls: readonly ApiCall[] = [
  {
    ...TAG,
    ...CREATES,
    id: 'ticketsCreate',
    method: 'POST',
    path: '/api/tickets/create',
    aliases: ['/api/tickets'],
    permission: 'tickets.create',
    summary: 'Open a ticket',
    form: z.object({
      opener: z
        .enum(['user', 'staff'])
        .meta({ description: 'Who writes the first message.', examples: ['user'] }),
      user_id: number('Number of the customer.', 1),
      staff_id: number('Number of an active staff member. Needed with `opener=staff`.').optional(),
      department_id: number('Number of the department.', 1),
      subject: text('Subject, cut at 255 characters.', 'Hello world'),
      body: text('The first message, as HTML. It is purified.', '<p>This is a test message.</p>'),
      notify: z
        .literal([0, 1])
        .meta({ description: '1 confirms the ticket to the customer by mail.' })
        .optional(),
    }),
    takesFiles: true,
    answer: said(TEXT.ticketCreated, { ticket_id: count('Number of the new ticket.'), ...further }),
    errors: [
      TEXT.openerMissing,
      TEXT.openerNotValid,
      TEXT.userIdMissing,
      TEXT.userIdNotValid,
      TEXT.userIdNotFound,
      ...STAFF_ID_ERRORS,
      ...DEPARTMENT_ID_ERRORS,
      TEXT.subjectMissing,
      TEXT.bodyMissing,
      ...FILE_ERRORS,
    ],
  },
  {
    ...TAG,
    ...LIST,
    id: 'ticketsList',
    method: 'GET',
    path: '/api/tickets',
    permission: 'tickets.read',
    summary: 'List tickets',
    description: 'The highest number comes first. Filters combine; one that is no number is ignored.',
    query: z.object({
      page: page.optional(),
      status: status(1).optional(),
      user_id: number('Only of this customer.').optional(),
      department_id: number('Only in this department.').optional(),
      ...listQuery,
    }),
    answer: success({
      total_tickets: count('How many tickets match.'),
      pages: count('How many pages that is; the desk’s settings say how many fit on one.'),
      tickets: z.array(ticket),
      more,
    }),
    errors: [TEXT.pageNotFound, TEXT.statusIdNotValid, ...LIST_ERRORS],
  },
  {
    ...TAG,
    id: 'ticketsShow',
    method: 'GET',
    path: '/api/tickets/show/{id}',
    aliases: ['/api/tickets/{id}'],
    permission: 'tickets.read',
    summary: 'Show a ticket',
    answer: success({ ticket }),
    errors: [TEXT.ticketNotFound],
  },
  {
    ...TAG,
    ...CHANGES,
    id: 'ticketsUpdate',
    method: 'POST',
    path: '/api/tickets/update/{id}',
    permission: 'tickets.update',
    summary: 'Change status or department of a ticket',
    description:
      'What is not sent stays as it is; with nothing to change the answer is a success all the same.',
    form: z.object({
      status: status(4).optional(),
      department_id: number('Number of the new department.', 1).optional(),
    }),
    answer: said(TEXT.ticketUpdated),
    errors: [TEXT.ticketNotFound, TEXT.statusIdNotValid, ...DEPARTMENT_ID_ERRORS],
  },
  {
    ...TAG,
    ...CHANGES,
    id: 'ticketsDelete',
    method: 'POST',
    path: '/api/tickets/delete/{id}',
    permission: 'tickets.delete',
    summary: 'Delete a ticket',
    description: 'Gone for the API at once; staff find it in the trash.',
    answer: said(TEXT.ticketRemoved),
    errors: [TEXT.ticketNotFound],
  },
];
