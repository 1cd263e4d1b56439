import { describe, expect, it } from 'vitest';
import { hashPassword } from '../../../electron/core/access/passwords.ts';
import { addStaff } from '../support/apiDesk.ts';
import { TICKET } from '../support/caller.ts';
import { eachFilledDesk } from '../support/eachDesk.ts';

// behaviour.md 2.2, 2.3 and 2.7, beyond the recorded exchanges and test/contract/texts.test.ts.
const { desk, caller } = eachFilledDesk();

interface User {
  readonly id: string;
  readonly fullname: string;
  readonly email: string;
}
const users = async (query = ''): Promise<User[]> => (await caller.get(`/api/users${query}`)).users as User[];

describe('users', () => {
  it('come 25 to a page, the newest first, with honest totals', async () => {
    for (let n = 2; n <= 60; n++)
      await caller.post('/api/users/create', { fullname: `U${n}`, email: `u${n}@example.com` });
    const ids = async (query: string) => (await users(query)).map(({ id }) => Number(id));
    const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, n) => from - n);
    expect(await ids('')).toEqual(down(60, 36));
    expect(await ids('?page=2')).toEqual(down(35, 11));
    expect(await ids('?page=3')).toEqual(down(10, 1));
    expect(await ids('?page=4')).toEqual([]);
    expect(await ids('?page=abc')).toEqual(down(60, 36));
    expect(await caller.get('/api/users?page=4')).toMatchObject({ total_users: 60, total_pages: 3 });
  });

  it('are found by their address in any letter case, as one object', async () => {
    expect(await caller.get('/api/users?email=JOHN%40EXAMPLE.COM')).toEqual({
      success: 1,
      user_data: { id: '1', fullname: 'John Doe', email: 'john@example.com' },
    });
    expect(await caller.get('/api/users?email=')).toMatchObject({ total_users: 1 });
  });

  it('have names and addresses escaped in every answer, and as they are in the desk', async () => {
    const sent = { fullname: `O'Brien <b>&"x"`, email: "o'mary+tag@example.com" };
    await caller.post('/api/users/create', sent);
    const wanted = {
      id: '2',
      fullname: 'O&#039;Brien &lt;b&gt;&amp;&quot;x&quot;',
      email: 'o&#039;mary+tag@example.com',
    };
    expect((await users())[0]).toEqual(wanted);
    expect(await caller.get('/api/users/show/2')).toMatchObject({ user_data: wanted });
    expect(await caller.get(`/api/users?email=${encodeURIComponent(sent.email)}`)).toMatchObject({
      user_data: wanted,
    });
    const again = await caller.post('/api/users/create', sent);
    expect(again).toEqual({ error: 1, message: 'Email address is is already in use.' });
    const row = desk.deps.store.db.prepare('SELECT name, email FROM customers WHERE id = 2').get();
    expect(row).toEqual({ name: sent.fullname, email: sent.email });
  });

  it('change their address only, also to the one they have, in any case', async () => {
    const change = (fields: Record<string, string>) => caller.post('/api/users/update/1', fields);
    expect(await change({ new_email: 'john@example.com' })).toEqual({
      success: 1,
      message: 'Email was changed.',
    });
    expect(await change({ new_email: 'John@Example.com', fullname: 'Other' })).toMatchObject({ success: 1 });
    expect(await caller.get('/api/users/show/1')).toMatchObject({
      user_data: { fullname: 'John Doe', email: 'John@Example.com' },
    });
  });

  it('of eight creates at once with one address are one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        caller.post('/api/users/create', { fullname: 'Eve', email: 'eve@example.com' }),
      ),
    );
    expect(answers.filter(({ success }) => success === 1)).toHaveLength(1);
    expect(answers.filter(({ message }) => message === 'Email address is is already in use.')).toHaveLength(
      7,
    );
    expect(await users()).toHaveLength(2);
  });

  it('never give a number away again, and the address at once', async () => {
    await caller.post('/api/users/create', { fullname: 'Eve', email: 'eve@example.com' });
    await caller.post('/api/users/delete/2');
    const again = await caller.post('/api/users/create', { fullname: 'Eve', email: 'eve@example.com' });
    expect(again).toMatchObject({ user_id: 3 });
  });
});

describe('departments', () => {
  it('come all at once, private ones too, in the desk’s order', async () => {
    for (let n = 4; n <= 40; n++)
      await caller.post('/api/departments/create', { name: `D${n}`, private: String(n % 2) });
    const names = async (query = '') =>
      ((await caller.get(`/api/departments${query}`)).departments as { name: string }[]).map(
        ({ name }) => name,
      );
    const all = await names();
    expect(all).toEqual([
      'General',
      'Advertising',
      'Sales',
      ...Array.from({ length: 37 }, (_, n) => `D${n + 4}`),
    ]);
    expect(await names('?page=2')).toEqual(all);
    desk.deps.store.db.prepare('UPDATE departments SET position = -1 WHERE id = 3').run();
    expect((await names())[0]).toBe('Sales');
  });

  it('may have one name twice, escaped in answers, and change name and type together', async () => {
    await caller.post('/api/departments/create', { name: 'General', private: '1' });
    await caller.post('/api/departments/update/4', { name: 'A & <b>', private: '0' });
    expect(await caller.get('/api/departments/show/4')).toEqual({
      success: 1,
      department: { id: '4', name: 'A &amp; &lt;b&gt;', private: '0' },
    });
    await caller.post('/api/tickets/create', { ...TICKET, department_id: '4' });
    expect(await caller.get('/api/tickets/show/2')).toMatchObject({
      ticket: { department_name: 'A &amp; &lt;b&gt;' },
    });
  });
});

describe('staff', () => {
  const login = { username: 'tia', password: 'Agent1Pass', ip_address: '10.0.0.9' };
  const auth = async (fields: Record<string, string>) =>
    String((await caller.post('/api/staff/auth', { ...login, ...fields })).message);

  it('are listed all at once, those who are switched off too, and found by user name in any case', async () => {
    const listed = (await caller.get('/api/staff')).users as { username: string }[];
    expect(listed.map(({ username }) => username)).toEqual(['admin', 'sam', 'zoe']);
    expect((await caller.get('/api/staff?username=SAM')).users).toEqual([listed[1]]);
    expect((await caller.get('/api/staff?username=sa')).users).toEqual([]);
    expect((await caller.get('/api/staff?username=')).users).toEqual(listed);
  });

  it('show the sign-in before the last one, or the only one', async () => {
    desk.deps.store.db.prepare('UPDATE staff SET password_hash = ?').run(await hashPassword('Agent1Pass'));
    const lastLogin = async () =>
      ((await caller.get('/api/staff/show/2')).staff_data as { last_login: string }).last_login;
    expect(await lastLogin()).toBe('0');
    const signIn = () => auth({ username: 'sam' });
    const first = Math.floor(desk.clock.now() / 1000);
    const isFirst = async () => {
      const shown = Number(await lastLogin());
      return shown >= first && shown < first + 60;
    };
    await signIn();
    expect(await isFirst()).toBe(true);
    desk.clock.advance(60_000);
    await signIn();
    expect(await isFirst()).toBe(true);
    await signIn();
    expect(await isFirst()).toBe(false);
  });

  it('with a second factor: a code that is missing does not count, a wrong or short one does', async () => {
    await addStaff(desk.deps, {
      username: 'tia',
      fullname: 'Tia',
      email: 'tia@helpdesk.test',
      password: login.password,
      admin: 0,
      active: 1,
      totp_secret_base32: 'ANUPMAORC6GX4DEL',
    });
    expect(await auth({})).toBe('Two-Factor code is missing.');
    expect(await auth({ two_factor: '' })).toBe('Two-Factor code is missing.');
    expect(await auth({ two_factor: '123' })).toBe('Two-Factor authentication failed. (attempt: 1 of 3)');
    expect(await auth({ two_factor: 'abcdef' })).toBe('Two-Factor authentication failed. (attempt: 2 of 3)');
  });

  it('who are switched off are told so, which does not count', async () => {
    desk.deps.store.db.prepare('UPDATE staff SET password_hash = ?').run(await hashPassword('Agent1Pass'));
    for (let n = 0; n < 4; n++) expect(await auth({ username: 'zoe' })).toBe('Account is locked.');
    expect(await auth({ username: 'zoe', password: 'x' })).toBe(
      'Invalid username or password. (attempt: 1 of 3)',
    );
  });

  it('may have any limit and time of locking that is set', async () => {
    desk.deps.store.settings.set({ loginAttempts: 2, loginLockMinutes: 7 });
    expect(await auth({ username: 'ghost' })).toBe('Invalid username or password. (attempt: 1 of 2)');
    expect(await auth({ username: 'ghost' })).toBe('Invalid username or password. (attempt: 2 of 2)');
    expect(await auth({ username: 'ghost' })).toBe('Login locked for 7 minutes. (attempt: 2 of 2%)');
  });
});
