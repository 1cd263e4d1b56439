import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../electron/core/access/passwords.ts';
import { PERMISSION_TEXT } from '../../electron/core/domain/permissions.ts';
import { PERMISSIONS, type Permission } from '../../shared/contract/desk.ts';
import { type ApiDesk, openApiDesk } from './support/apiDesk.ts';
import {
  type Caller,
  createCaller,
  type Fields,
  fieldParts,
  fillDesk,
  MESSAGE,
  TICKET,
} from './support/caller.ts';
import { send } from './support/client.ts';
import { pngOf } from './support/png.ts';

let desk: ApiDesk;
let caller: Caller;

beforeAll(async () => {
  desk = await openApiDesk();
  caller = await fillDesk(desk);
  desk.deps.store.db.prepare('UPDATE staff SET password_hash = ?').run(await hashPassword('Agent1Pass'));
});
afterAll(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

const without = (fields: Fields, ...names: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

describe('every message of behaviour.md part 2', () => {
  const user = { fullname: 'A', email: 'a@example.com' };
  const login = { username: 'sam', password: 'Agent1Pass', ip_address: '10.0.0.9' };

  it.each<[string, Fields, string]>([
    ['users/create', without(user, 'fullname'), 'Full name is missing.'],
    ['users/create', { ...user, fullname: '  ' }, 'Full name is missing.'],
    ['users/create', without(user, 'email'), 'Email address is missing.'],
    ['users/create', {}, 'Full name is missing. Email address is missing.'],
    ['users/create', { ...user, email: 'nope' }, 'Email address is not valid.'],
    ['users/create', { ...user, email: 'a@localhost' }, 'Email address is not valid.'],
    ['users/create', { ...user, email: 'a@b.c d' }, 'Email address is not valid.'],
    ['users/create', { ...user, email: 'JOHN@example.com' }, 'Email address is is already in use.'],
    ['users/update/999', { new_email: 'x@example.com' }, 'User not found.'],
    ['users/update/1', {}, 'Email address is missing.'],
    ['users/update/1', { fullname: 'New' }, 'Email address is missing.'],
    ['users/update/1', { new_email: 'nope' }, 'Email address is not valid.'],
    ['users/delete/999', {}, 'User not found.'],
    ['departments/create', {}, 'Department name is missing. Department type is missing.'],
    ['departments/create', { name: 'x', private: 'true' }, 'Department type must be 0 or 1'],
    ['departments/update/1', { name: 'x' }, 'Department type is missing.'],
    ['departments/update/1', { private: '0' }, 'Department name is missing.'],
    ['departments/update/99', { name: 'x', private: '0' }, 'Department not found.'],
    ['departments/delete/99', {}, 'Department not found.'],
    [
      'tickets/create',
      {},
      'Opener is missing. User ID is missing. Department ID is missing. Subject is missing. Body is missing.',
    ],
    ['tickets/create', { ...TICKET, opener: 'x' }, 'Invalid opener.'],
    ['tickets/create', { ...TICKET, user_id: 'abc' }, 'User ID is not valid.'],
    ['tickets/create', { ...TICKET, user_id: '0' }, 'User ID is not valid.'],
    ['tickets/create', { ...TICKET, user_id: '999' }, 'User ID not found.'],
    ['tickets/create', { ...TICKET, user_id: '99999999999999999999' }, 'User ID not found.'],
    ['tickets/create', { ...TICKET, opener: 'staff' }, 'Staff ID is missing.'],
    ['tickets/create', { ...TICKET, opener: 'staff', staff_id: 'x' }, 'Invalid Staff ID.'],
    ['tickets/create', { ...TICKET, opener: 'staff', staff_id: '77' }, 'Staff ID not found.'],
    ['tickets/create', { ...TICKET, opener: 'staff', staff_id: '3' }, 'Staff ID not found.'],
    ['tickets/create', { ...TICKET, department_id: 'x' }, 'Department ID is not valid.'],
    ['tickets/create', { ...TICKET, department_id: '99' }, 'Department ID not found.'],
    ['tickets/create', { ...TICKET, subject: ' ' }, 'Subject is missing.'],
    ['tickets/create', { ...TICKET, body: '\n' }, 'Body is missing.'],
    ['tickets/update/999', { status: '1' }, 'Ticket not found.'],
    ['tickets/update/1', { status: '9' }, 'Invalid Status ID.'],
    ['tickets/update/1', { status_id: 'open' }, 'Invalid Status ID.'],
    [
      'tickets/update/1',
      { department_id: 'x', status: '9' },
      'Department ID is not valid. Invalid Status ID.',
    ],
    ['tickets/update/1', { department_id: '99' }, 'Department ID not found.'],
    ['tickets/delete/999', {}, 'Ticket not found.'],
    ['messages/create', {}, 'Ticket ID is missing. Message is missing. Replier is missing.'],
    ['messages/create', { ...MESSAGE, ticket_id: 'x' }, 'Ticket not found.'],
    ['messages/create', { ...MESSAGE, ticket_id: '999' }, 'Ticket not found.'],
    ['messages/create', { ...MESSAGE, replier: 'x' }, 'Invalid replier.'],
    ['messages/create', { ...MESSAGE, replier: 'staff' }, 'Staff ID is missing.'],
    ['messages/create', { ...MESSAGE, replier: 'staff', staff_id: 'x' }, 'Invalid Staff ID.'],
    ['messages/create', { ...MESSAGE, replier: 'staff', staff_id: '99' }, 'Staff ID not found.'],
    ['attachments/delete/99', {}, 'Attachment not found.'],
    ['staff/auth', {}, 'Api.error.usernameMissing. Password is missing. IP address is missing.'],
    ['staff/auth', { ...login, username: 'sam@helpdesk.test' }, 'Invalid username.'],
    ['staff/auth', { ...login, ip_address: '300.1.1.1' }, 'IP address is not valid.'],
    ['staff/auth', { ...login, username: 'zoe' }, 'Account is locked.'],
    [
      'staff/auth?username=sam&password=Agent1Pass&ip_address=10.0.0.8',
      {},
      'Api.error.usernameMissing. Password is missing. IP address is missing.',
    ],
  ])('POST %s %j: %s', async (path, fields, message) => {
    expect(await caller.post(`/api/${path}`, fields)).toEqual({ error: 1, message });
  });

  it.each([
    ['users?page=0', 'Page not found.'],
    ['users?email=none@example.com', 'User not found.'],
    ['users/show/99', 'User not found.'],
    ['departments/show/99', 'Department not found.'],
    ['tickets?status=9', 'Invalid Status ID.'],
    ['tickets?status_id=9', 'Invalid Status ID.'],
    ['tickets?page=1.5', 'Page not found.'],
    ['tickets/show/99', 'Ticket not found.'],
    ['messages/show/99', 'Ticket not found.'],
    ['attachments/show/99', 'Attachment not found.'],
    ['staff/show/99', 'Staff ID not found.'],
    ['staff/show/abc', 'Invalid Staff ID.'],
    ['staff/show/1.5', 'Invalid Staff ID.'],
  ])('GET %s: %s', async (path, message) => {
    expect(await caller.get(`/api/${path}`)).toEqual({ error: 1, message });
  });

  it('says who may not call, each permission in its own words, before it reads the body', async () => {
    const routes: Record<Permission, string> = {
      'users.create': 'POST users/create',
      'users.read': 'GET users',
      'users.update': 'POST users/update/1',
      'users.delete': 'POST users/delete/1',
      'departments.create': 'POST departments/create',
      'departments.read': 'GET departments',
      'departments.update': 'POST departments/update/1',
      'departments.delete': 'POST departments/delete/1',
      'tickets.create': 'POST tickets/create',
      'tickets.read': 'GET tickets',
      'tickets.update': 'POST tickets/update/1',
      'tickets.delete': 'POST tickets/delete/1',
      'messages.create': 'POST messages/create',
      'messages.read': 'GET messages/show/1',
      'attachments.read': 'GET attachments',
      'attachments.download': 'GET attachments/show/1',
      'attachments.delete': 'POST attachments/delete/1',
      'staff.read': 'GET staff',
      'staff.auth': 'POST staff/auth',
    };
    for (const permission of PERMISSIONS) {
      const [method = '', path = ''] = routes[permission].split(' ');
      const others = desk.token({ permissions: PERMISSIONS.filter((other) => other !== permission) });
      const refused = await send(desk.port, { method, path: `/api/${path}`, headers: { Token: others } });
      expect([refused.status, JSON.parse(refused.body)]).toEqual([
        400,
        { error: 1, message: `Permission not allowed: ${PERMISSION_TEXT[permission]}` },
      ]);
      const only = createCaller(desk, desk.token({ permissions: [permission] }));
      const [, call] = [method, method === 'GET' ? only.raw.get : only.raw.post];
      if (!path.includes('delete')) expect((await call(`/api/${path}`)).status).toBe(200);
    }
  });

  it('never lets answers be cached', async () => {
    for (const path of ['/api/users', '/api/nope', '/api/users/new']) {
      const { headers } = await caller.raw.get(path);
      expect(headers['cache-control']).toBe('no-store, max-age=0, no-cache');
    }
  });

  it('judges the size of a file by the desk’s setting and says it', async () => {
    const big = { name: 'attachment[]', filename: 'big.png', content: pngOf(2.5 * 1024 * 1024 + 1) };
    const answer = await caller.postParts('/api/tickets/create', [...fieldParts(TICKET), big]);
    expect(answer).toEqual({ error: 1, message: 'File is too big. Maximum size is 2.5 MB.' });
    const exact = { ...big, content: pngOf(2.5 * 1024 * 1024) };
    expect(await caller.postParts('/api/tickets/create', [...fieldParts(TICKET), exact])).toMatchObject({
      success: 1,
    });
  });

  it('locks by account and the address sent, for the minutes set, and lets a success clear it', async () => {
    const wrong = { username: 'sam', password: 'x', ip_address: '10.7.7.7' };
    const attempt = async (fields: Fields) => (await caller.post('/api/staff/auth', fields)).message;
    expect(await attempt(wrong)).toBe('Invalid username or password. (attempt: 1 of 3)');
    expect(await attempt({ ...wrong, password: 'Agent1Pass' })).toBe('You have been logged in.');
    const failures = [await attempt(wrong), await attempt(wrong), await attempt(wrong)];
    expect(await attempt({ ...wrong, username: 'ghost' })).toBe(
      'Invalid username or password. (attempt: 1 of 3)',
    );
    expect(failures).toEqual([1, 2, 3].map((n) => `Invalid username or password. (attempt: ${n} of 3)`));
    const locked = 'Login locked for 5 minutes. (attempt: 3 of 3%)';
    expect(await attempt({ ...wrong, password: 'Agent1Pass' })).toBe(locked);
    const elsewhere = { ...wrong, password: 'Agent1Pass', ip_address: '10.7.7.8' };
    expect(await attempt(elsewhere)).toBe('You have been logged in.');
    desk.clock.advance(4 * 60_000);
    expect(await attempt({ ...wrong, password: 'Agent1Pass' })).toBe(locked);
    desk.clock.advance(61_000);
    expect(await attempt({ ...wrong, password: 'Agent1Pass' })).toBe('You have been logged in.');
  });

  it('counts parallel guesses one by one', async () => {
    const guess = { username: 'sam', password: 'x', ip_address: '10.8.8.8' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => caller.post('/api/staff/auth', guess)));
    const messages = answers.map(({ message }) => String(message)).sort();
    expect(messages.filter((message) => message.startsWith('Invalid'))).toHaveLength(3);
    expect(messages.filter((message) => message.startsWith('Login locked'))).toHaveLength(3);
  });
});
