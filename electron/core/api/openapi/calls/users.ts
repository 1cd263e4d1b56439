import { z } from 'zod';
import { TEXT } from '../../helpdeskz/texts.ts';
import {
  type ApiCall,
  CHANGES,
  CREATES,
  components,
  count,
  digits,
  page,
  said,
  success,
  text,
} from '../call.ts';
import { LIST, LIST_ERRORS, listQuery, more, updated } from '../lists.ts';

const user = z
  .object({
    id: digits('Number of the customer.'),
    fullname: text('Name, HTML-escaped.', 'John Doe'),
    email: text('Address, HTML-escaped.', 'john@example.com'),
    updated,
  })
  .register(components, { id: 'User' });

const TAG = { tag: 'Customers', idOf: 'the customer' } as const;
const notify = z.literal([0, 1]).meta({ description: '1 greets the customer by mail.', examples: [0] });

export const userCalls: readonly ApiCall[] = [
  {
    ...TAG,
    ...CREATES,
    id: 'usersCreate',
    method: 'POST',
    path: '/api/users/create',
    aliases: ['/api/users'],
    permission: 'users.create',
    summary: 'Create a customer',
    form: z.object({
      fullname: text('Name.', 'John Doe'),
      email: text('Address. No other customer may have it.', 'john@example.com'),
      notify: notify.optional(),
    }),
    answer: said(TEXT.userCreated, { user_id: count('Number of the new customer.') }),
    errors: [TEXT.fullNameMissing, TEXT.emailMissing, TEXT.emailNotValid, TEXT.emailTaken],
  },
  {
    ...TAG,
    ...LIST,
    id: 'usersList',
    method: 'GET',
    path: '/api/users',
    permission: 'users.read',
    summary: 'List customers, or find one by address',
    description:
      'The newest customer comes first, 25 to a page. With `email` the answer is that one customer, as `user_data`.',
    query: z.object({
      page: page.optional(),
      email: text('Address of one customer.').optional(),
      ...listQuery,
    }),
    answer: z.union([
      success({
        total_users: count('How many customers there are.'),
        total_pages: count('How many pages that is.'),
        users: z.array(user),
        more,
      }),
      success({ user_data: user }),
    ]),
    errors: [TEXT.pageNotFound, TEXT.userNotFound, ...LIST_ERRORS],
  },
  {
    ...TAG,
    id: 'usersShow',
    method: 'GET',
    path: '/api/users/show/{id}',
    aliases: ['/api/users/{id}'],
    permission: 'users.read',
    summary: 'Show a customer',
    answer: success({ user_data: user }),
    errors: [TEXT.userNotFound],
  },
  {
    ...TAG,
    ...CHANGES,
    id: 'usersUpdate',
    method: 'POST',
    path: '/api/users/update/{id}',
    permission: 'users.update',
    summary: 'Change a customer’s address',
    form: z.object({ new_email: text('The new address.', 'john.doe@example.com') }),
    answer: said(TEXT.emailChanged),
    errors: [TEXT.userNotFound, TEXT.emailMissing, TEXT.emailNotValid, TEXT.emailTaken],
  },
  {
    ...TAG,
    ...CHANGES,
    id: 'usersDelete',
    method: 'POST',
    path: '/api/users/delete/{id}',
    permission: 'users.delete',
    summary: 'Delete a customer with their tickets',
    description:
      'Gone for the API at once, and the address is free again; staff find the tickets in the trash.',
    answer: said(TEXT.userRemoved),
    errors: [TEXT.userNotFound],
  },
];
