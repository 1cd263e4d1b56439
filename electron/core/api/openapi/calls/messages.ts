import { z } from 'zod';
import { TEXT } from '../../helpdeskz/texts.ts';
import {
  type ApiCall,
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
import { LIST, MESSAGES_ERRORS, messagesQuery } from '../lists.ts';
import { FILE_ERRORS, STAFF_ID_ERRORS } from './tickets.ts';

const message = z
  .object({
    id: digits('Number of the message.'),
    date: seconds('When it was written'),
    customer: z.enum(['0', '1']).meta({ description: '1 when the customer wrote it.' }),
    staff_id: digits('Number of the staff member who wrote it; 0 for none.', '0'),
    message: text('The message, as purified HTML.', '<p>This is a test message.</p>'),
  })
  .register(components, { id: 'Message' });

const TAG = { tag: 'Messages', idOf: 'the ticket' } as const;

export const messageCalls: readonly ApiCall[] = [
  {
    ...TAG,
    ...CREATES,
    id: 'messagesCreate',
    method: 'POST',
    path: '/api/messages/create',
    aliases: ['/api/messages'],
    permission: 'messages.create',
    summary: 'Add a message to a ticket',
    form: z.object({
      ticket_id: number('Number of the ticket.', 1),
      replier: z.enum(['user', 'staff']).meta({ description: 'Who writes.', examples: ['staff'] }),
      staff_id: number('Number of an active staff member. Needed with `replier=staff`.', 1).optional(),
      message: text('The message, as HTML. It is purified.', '<p>Answering a ticket.</p>'),
      close: z
        .literal([0, 1])
        .meta({ description: '1 closes the ticket with a staff member’s message.', examples: [0] })
        .optional(),
    }),
    takesFiles: true,
    answer: said(TEXT.messageCreated, further),
    errors: [
      TEXT.ticketIdMissing,
      TEXT.ticketNotFound,
      TEXT.messageMissing,
      TEXT.replierMissing,
      TEXT.replierNotValid,
      ...STAFF_ID_ERRORS,
      ...FILE_ERRORS,
    ],
  },
  {
    ...TAG,
    ...LIST,
    id: 'messagesShow',
    method: 'GET',
    path: '/api/messages/show/{id}',
    aliases: ['/api/messages/{id}'],
    permission: 'messages.read',
    summary: 'List the messages of a ticket',
    description:
      'The desk’s settings say how many fit on a page, and whether the newest or the oldest comes first.',
    query: z.object({ page: page.optional(), ...messagesQuery }),
    answer: success({
      pages: count('How many pages there are.'),
      total_replies: count('How many messages there are, the first one included.'),
      messages: z.array(message),
    }),
    errors: [TEXT.ticketNotFound, ...MESSAGES_ERRORS],
  },
];
