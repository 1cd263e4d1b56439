import { z } from 'zod';
import { loginLocked, TEXT, wrongCode, wrongPassword } from '../../helpdeskz/texts.ts';
import { type ApiCall, components, digits, said, seconds, success, text } from '../call.ts';
import { LIST, WHOLE_ERRORS } from '../lists.ts';

const member = z
  .object({
    id: digits('Number of the staff member.'),
    username: text('User name.', 'admin'),
    fullname: text('Name, HTML-escaped.', 'Ada Admin'),
    email: text('Address.', 'admin@example.com'),
    registration: seconds('When the account was made'),
    last_login: seconds('The sign-in before the last one, or the only one; 0 for none'),
  })
  .register(components, { id: 'Staff' });

const TAG = { tag: 'Staff', idOf: 'the staff member' } as const;

export const staffCalls: readonly ApiCall[] = [
  {
    ...TAG,
    ...LIST,
    id: 'staffList',
    method: 'GET',
    path: '/api/staff',
    permission: 'staff.read',
    summary: 'List staff',
    description: 'All of them, those who are switched off included.',
    query: z.object({ username: text('Only the one with this user name.').optional() }),
    answer: success({ users: z.array(member) }),
    errors: WHOLE_ERRORS,
  },
  {
    ...TAG,
    id: 'staffShow',
    method: 'GET',
    path: '/api/staff/show/{id}',
    aliases: ['/api/staff/{id}'],
    permission: 'staff.read',
    summary: 'Show a staff member',
    answer: success({ staff_data: member }),
    errors: [TEXT.staffIdNotValid, TEXT.staffIdNotFound],
  },
  {
    ...TAG,
    id: 'staffAuth',
    method: 'POST',
    path: '/api/staff/auth',
    permission: 'staff.auth',
    summary: 'Check a staff member’s password',
    description:
      'Says whether the password is right, and the code where the account has a second factor; it opens no session. Failures count by `ip_address`: the desk’s settings say how many lock it, and for how long. Give this permission only to programs you trust.',
    form: z.object({
      username: text('User name.', 'admin'),
      password: text('Password.', 'their password'),
      ip_address: text('Address of the person who signs in.', '192.0.2.1'),
      two_factor: text('The six-digit code of the second factor.').optional(),
    }),
    answer: said(TEXT.loggedIn),
    errors: [
      TEXT.usernameMissing,
      TEXT.usernameNotValid,
      TEXT.passwordMissing,
      TEXT.ipMissing,
      TEXT.ipNotValid,
      wrongPassword(1, 3),
      loginLocked(5, 3),
      TEXT.accountInactive,
      TEXT.codeMissing,
      wrongCode(1, 3),
    ],
  },
];
