import { describe, expect, it } from 'vitest';
import type { StaffActor } from '../../electron/core/domain/actor.ts';
import { apiPermissionsOf } from '../../electron/core/domain/apiRights.ts';
import { generateDialectKey, showDialectKey } from '../../electron/core/services/dialects/keys.ts';
import { endSession, listSessions, signInLog } from '../../electron/core/services/sessionList.ts';
import { actorOf, authenticate, signIn } from '../../electron/core/services/sessions.ts';
import { resetPassword, setStaffActive } from '../../electron/core/services/staffAdmin.ts';
import { PERMISSIONS } from '../../shared/contract/desk.ts';
import { DIALECTS, type Dialect } from '../../shared/contract/dialects.ts';
import type { StaffId } from '../../shared/model/ids.ts';
import { createCaller, TICKET } from './support/caller.ts';
import type { Answer } from './support/client.ts';
import {
  ADA,
  ADDRESSES,
  ALL_ON,
  change,
  get,
  openDialectDesk,
  PASSWORD,
  parsed,
  post,
  SAM,
  type Sent,
} from './support/dialects.ts';
import { eachDesk } from './support/eachDesk.ts';

const MINUTE = 60_000;
const desk = eachDesk(() => openDialectDesk(ALL_ON));

function signInBy(dialect: Dialect, username = 'ada', password = PASSWORD): Promise<Answer> {
  if (dialect === 'octeth') {
    return post(desk, '/api.php', {
      form: { Command: 'Admin.Login', Username: username, Password: password },
    });
  }
  const path = dialect === 'forma' ? '/api/auth/authenticate' : '/api/v1/authenticate';
  return post(desk, path, { form: { username, password } });
}
async function tokenBy(dialect: Dialect, username?: string): Promise<string> {
  const answer = parsed(await signInBy(dialect, username));
  return String(answer.token ?? answer.SessionID);
}
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const staffNumber = (id: StaffId): StaffActor => {
  const account = desk.deps.store.staff.byId(id);
  if (!account) throw new Error(`no staff ${id}`);
  return actorOf(account);
};
const hasSession = (answer: Answer): boolean => /"(token|SessionID)":"/.test(answer.body);

describe('a dialect that is off', () => {
  const seen = ({ status, contentType, body, headers }: Answer) => ({
    status,
    contentType,
    body,
    cache: headers['cache-control'],
  });

  it.each(ADDRESSES)(
    '%s answers %s %s like an address that does not exist',
    async (dialect, method, path) => {
      const off = { ...ALL_ON, [`${dialect}SignIn`]: { ...ALL_ON[`${dialect}SignIn`], isOn: false } };
      const call = async (to: string): Promise<Answer> =>
        method === 'GET' ? get(desk, to) : post(desk, to, { form: { username: 'ada', password: PASSWORD } });
      const unknown = seen(await call(path === '/api.php' ? '/other.php' : '/api/nothing/here'));
      expect(unknown).toMatchObject({ status: 200, contentType: 'text/html; charset=UTF-8' });
      expect(seen(await call(path))).not.toEqual(unknown);
      change(desk, off);
      expect(seen(await call(path))).toEqual(unknown);
    },
  );

  it.each(ADDRESSES)(
    'and one that is on too, for another method: %s %s %s',
    async (_dialect, method, path) => {
      const other = method === 'GET' ? await post(desk, path) : await get(desk, path);
      expect(other).toMatchObject({ status: 200, contentType: 'text/html; charset=UTF-8' });
    },
  );
});

describe('failures count together with the app’s', () => {
  const inApp = (username: string, password = PASSWORD, address = '127.0.0.1') =>
    signIn(desk.deps, { username, password }, { address, userAgent: '' });
  const codeOf = async (signedIn: ReturnType<typeof inApp>) => {
    const result = await signedIn;
    return result.ok ? 'ok' : result.error.code;
  };

  it('one in each dialect closes them all, and the app', async () => {
    for (const dialect of DIALECTS) expect(hasSession(await signInBy(dialect, 'ada', 'wrong'))).toBe(false);
    for (const dialect of DIALECTS) expect(hasSession(await signInBy(dialect))).toBe(false);
    expect(await codeOf(inApp('ada'))).toBe('login_locked');
    expect(hasSession(await signInBy('octeth', 'sam'))).toBe(true);
    desk.clock.advance(6 * MINUTE);
    expect(hasSession(await signInBy('faveo'))).toBe(true);
  });

  it('those of the app close the dialects, under whatever name the account goes', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) await inApp('ada', 'wrong');
    for (const dialect of DIALECTS) expect(hasSession(await signInBy(dialect))).toBe(false);
    expect(hasSession(await signInBy('faveo', 'ada@desk.example'))).toBe(false);
  });

  it.each(DIALECTS)('%s says the same about a name that nobody has, before and after', async (dialect) => {
    const answers = async (username: string) => {
      const texts: string[] = [];
      for (let attempt = 0; attempt < 5; attempt += 1) {
        texts.push((await signInBy(dialect, username, 'wrong')).body);
      }
      return texts;
    };
    const known = await answers('ada');
    expect(new Set(known).size).toBe(1);
    expect(await answers('nobody')).toEqual(known);
  });

  it('guesses that run at the same time are counted each', async () => {
    await Promise.all(
      Array.from({ length: 9 }, (_, index) => signInBy(DIALECTS[index % 3] ?? 'forma', 'ada', 'x')),
    );
    const log = signInLog(desk.deps, ADA);
    expect(log).toHaveLength(3);
    expect(log.every(({ succeeded }) => !succeeded)).toBe(true);
  });
});

describe('a token of Forma LMS or Faveo as Bearer', () => {
  const BEARERS = ['forma', 'faveo'] as const;

  it.each(BEARERS)('%s: is its staff member on the HelpDeskZ API', async (dialect) => {
    const headers = bearer(await tokenBy(dialect));
    expect(parsed(await get(desk, '/api/departments', headers))).toMatchObject({ success: 1 });
    const made = await post(desk, '/api/users/create', {
      form: { fullname: 'Jo', email: 'jo@x.example' },
      headers,
    });
    expect(parsed(made)).toMatchObject({ success: 1, user_id: 1 });
    const logged = desk.deps.store.db.prepare('SELECT actor_kind, actor_name FROM operations').all();
    expect(logged).toEqual([{ actor_kind: 'staff', actor_name: 'Ada Lovelace' }]);
  });

  it('is no API token and an API token is no Bearer', async () => {
    const refused = { error: 1, message: 'Invalid authentication.' };
    const token = await tokenBy('faveo');
    for (const headers of [bearer(desk.token()), { Token: token }, { Token: 'x', ...bearer(token) }]) {
      const answer = await get(desk, '/api/tickets', headers);
      expect([answer.status, parsed(answer)]).toEqual([400, refused]);
    }
    expect(authenticate(desk.deps, token)).toBeNull();
  });

  it('writes as that staff member only', async () => {
    const headers = bearer(await tokenBy('forma', 'sam'));
    await createCaller(desk, desk.token()).post('/api/users/create', {
      fullname: 'Jo',
      email: 'jo@x.example',
    });
    const ticket = (staff_id: string): Sent => ({ form: { ...TICKET, opener: 'staff', staff_id }, headers });
    change(desk, { attachmentsEnabled: false });
    expect(parsed(await post(desk, '/api/tickets/create', ticket('1')))).toMatchObject({ error: 1 });
    expect(parsed(await post(desk, '/api/tickets/create', ticket('2')))).toMatchObject({ success: 1 });
  });

  it('of an agent reaches the tickets of their departments and nothing else', async () => {
    change(desk, { attachmentsEnabled: false });
    const all = createCaller(desk, desk.token());
    await all.post('/api/users/create', { fullname: 'Jo', email: 'jo@x.example' });
    for (const department_id of ['1', '2', '1', '3']) {
      await all.post('/api/tickets/create', { ...TICKET, department_id });
    }
    const headers = bearer(await tokenBy('faveo', 'sam'));
    const list = async (query = '') => {
      const page = parsed(await get(desk, `/api/tickets${query}`, headers));
      return [page.total_tickets, (page.tickets as { id: string }[]).map(({ id }) => id)];
    };
    expect(await list()).toEqual([2, ['3', '1']]);
    expect(await list('?department_id=1&status=1')).toEqual([2, ['3', '1']]);
    expect(await list('?department_id=2')).toEqual([0, []]);
    expect(await list('?user_id=1')).toEqual([2, ['3', '1']]);
    const gone = { error: 1, message: 'Ticket not found.' };
    for (const path of ['/api/tickets/show/2', '/api/messages/show/2']) {
      expect(parsed(await get(desk, path, headers))).toEqual(gone);
    }
    const form = { ticket_id: '2', replier: 'user', message: 'x' };
    expect(parsed(await post(desk, '/api/messages/create', { form, headers }))).toEqual(gone);
    for (const path of ['/api/tickets/update/2', '/api/tickets/delete/2']) {
      expect(parsed(await post(desk, path, { form: { status: '5' }, headers }))).toEqual(gone);
    }
    expect(parsed(await get(desk, '/api/tickets/show/1', headers))).toMatchObject({ success: 1 });
    desk.deps.store.staff.setDepartments(SAM, []);
    expect(await list()).toEqual([0, []]);
  });

  it('of an agent may not do what agents may not', async () => {
    const headers = bearer(await tokenBy('faveo', 'sam'));
    const refused = PERMISSIONS.filter((one) => !apiPermissionsOf('agent').includes(one));
    expect(refused).toEqual([
      'users.update',
      'users.delete',
      'departments.create',
      'departments.update',
      'departments.delete',
      'attachments.delete',
      'staff.auth',
    ]);
    expect(apiPermissionsOf('admin')).toEqual(PERMISSIONS);
    const answer = await post(desk, '/api/departments/create', {
      form: { name: 'X', private: '0' },
      headers,
    });
    expect([answer.status, parsed(answer)]).toEqual([
      400,
      { error: 1, message: 'Permission not allowed: Create departments.' },
    ]);
  });
});

describe('a session of a dialect ends', () => {
  const works = async (token: string): Promise<boolean> =>
    (await get(desk, '/api/tickets', bearer(token))).status === 200;
  const ends: readonly [string, () => unknown][] = [
    ['with its time', () => desk.clock.advance(60 * MINUTE)],
    [
      'when it is ended in the list',
      () => {
        for (const { id } of listSessions(desk.deps, SAM, null))
          endSession(desk.deps, staffNumber(ADA), SAM, id);
      },
    ],
    ['with the password', () => resetPassword(desk.deps, staffNumber(ADA), SAM)],
    ['with the account', () => setStaffActive(desk.deps, staffNumber(ADA), SAM, false)],
    ['with the dialect', () => change(desk, { faveoSignIn: { ...ALL_ON.faveoSignIn, isOn: false } })],
  ];

  it.each(ends)('%s', async (_how, end) => {
    const token = await tokenBy('faveo', 'sam');
    expect(await works(token)).toBe(true);
    await end();
    expect(await works(token)).toBe(false);
    change(desk, ALL_ON);
    expect(await works(token)).toBe(false);
  });

  it('and is listed by its dialect until then', async () => {
    for (const dialect of DIALECTS) await tokenBy(dialect, 'sam');
    const listed = listSessions(desk.deps, SAM, null).map(({ dialect, isThis }) => [dialect, isThis]);
    expect(listed.sort()).toEqual([
      ['faveo', false],
      ['forma', false],
      ['octeth', false],
    ]);
    expect(signInLog(desk.deps, SAM).map(({ userAgent }) => userAgent)).toEqual([
      'Faveo API',
      'Forma LMS API',
      'Octeth API',
    ]);
  });
});

describe('secrets', () => {
  it('of a call are nowhere in the database afterwards: not in its address, not in clear', async () => {
    const key = await generateDialectKey(desk.deps, 'faveo');
    if (!key.ok) throw new Error(key.error.message);
    const path = `/api/v1/authenticate?username=ada&password=${encodeURIComponent(PASSWORD)}&api_key=${key.value.key}`;
    const token = String(parsed(await post(desk, path)).token);
    await get(desk, `/api/v1/authenticate/user?token=${token}`);
    const session = await tokenBy('octeth');
    const { db } = desk.deps.store;
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all() as string[];
    const everything = JSON.stringify(tables.map((table) => db.prepare(`SELECT * FROM "${table}"`).all()));
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), token, session, key.value.key]) {
      expect(everything).not.toContain(secret);
    }
    expect(await showDialectKey(desk.deps, 'faveo')).toEqual({ ...key.value });
  });
});
