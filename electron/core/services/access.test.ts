import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StaffId } from '../../../shared/model/ids.ts';
import { type ApiDesk, addStaff, openApiDesk, SYSTEM } from '../../../test/contract/support/apiDesk.ts';
import { createToken, listTokens } from './apiTokens.ts';
import { authenticate, openSession, signIn, signOut } from './sessions.ts';
import { checkToken } from './tokenCheck.ts';

const SECRET = 'ANUPMAORC6GX4DEL';
const DAY_MS = 24 * 60 * 60 * 1000;
const here = { address: '127.0.0.1', userAgent: 'test' };
const away = { address: '203.0.113.5', userAgent: 'test' };

let desk: ApiDesk;
beforeEach(async () => {
  desk = await openApiDesk();
  desk.deps.store.departments.insert({ name: 'General', isPrivate: false, now: 0 });
  const member = { password: 'Agent1Pass', admin: 0, active: 1, departments: [1] };
  await addStaff(desk.deps, { ...member, username: 'admin', fullname: 'Ada', email: 'a@x.test', admin: 1 });
  await addStaff(desk.deps, { ...member, username: 'sam', fullname: 'Sam', email: 's@x.test' });
  await addStaff(desk.deps, { ...member, username: 'zoe', fullname: 'Zoe', email: 'z@x.test', active: 0 });
  await addStaff(desk.deps, {
    ...member,
    username: 'tfa',
    fullname: 'Tia',
    email: 't@x.test',
    totp_secret_base32: SECRET,
  });
});
afterEach(() => desk.close());

const enter = (username: string, password: string, peer = away, code?: string) =>
  signIn(desk.deps, { username, password, code }, peer);
const outcome = async (...args: Parameters<typeof enter>): Promise<unknown> => {
  const entered = await enter(...args);
  return entered.ok ? entered.value.staffId : entered.error.code;
};
const codeNow = () =>
  new TOTP({ secret: Secret.fromBase32(SECRET) }).generate({ timestamp: desk.clock.now() });

describe('signing in', () => {
  it('opens a session that knows role and departments', async () => {
    const agent = await enter(' SAM ', 'Agent1Pass');
    const admin = await enter('admin', 'Agent1Pass');
    if (!agent.ok || !admin.ok) throw new Error('not signed in');
    expect(authenticate(desk.deps, agent.value.token)).toEqual({
      kind: 'staff',
      staffId: 2,
      name: 'Sam',
      role: 'agent',
      scope: [1],
    });
    expect(authenticate(desk.deps, admin.value.token)).toMatchObject({ role: 'admin', scope: 'all' });
    expect(authenticate(desk.deps, 'another')).toBeNull();
    signOut(desk.deps, agent.value.token);
    expect(authenticate(desk.deps, agent.value.token)).toBeNull();
    expect(JSON.stringify(desk.deps.store.db.prepare('SELECT * FROM staff_sessions').all())).not.toContain(
      admin.value.token,
    );
  });

  it('says the same for an unknown name and a wrong password', async () => {
    const [ghost, wrong] = [await enter('ghost', 'x'), await enter('sam', 'x')];
    expect(ghost).toEqual(wrong);
    expect(wrong).toMatchObject({ error: { code: 'bad_credentials', details: { attempt: 1, limit: 3 } } });
  });

  it('locks by account and peer; another peer and another account stay free', async () => {
    for (let attempt = 0; attempt < 3; attempt++) expect(await outcome('sam', 'x')).toBe('bad_credentials');
    expect(await outcome('sam', 'Agent1Pass')).toBe('login_locked');
    expect(await outcome('sam', 'Agent1Pass', { ...away, address: '203.0.113.6' })).toBe(2);
    expect(await outcome('admin', 'Agent1Pass')).toBe(1);
    desk.clock.advance(5 * 60_000 + 1000);
    expect(await outcome('sam', 'Agent1Pass')).toBe(2);
  });

  it('counts this machine by account only', async () => {
    for (const address of ['127.0.0.1', '::1', '127.0.0.2']) await outcome('sam', 'x', { ...here, address });
    expect(await outcome('sam', 'Agent1Pass', here)).toBe('login_locked');
  });

  it('refuses who is switched off, also in the middle of a session', async () => {
    expect(await outcome('zoe', 'Agent1Pass')).toBe('account_locked');
    const entered = await enter('sam', 'Agent1Pass');
    if (!entered.ok) throw new Error('not signed in');
    desk.deps.store.db.prepare("UPDATE staff SET is_active = 0 WHERE username = 'sam'").run();
    expect(authenticate(desk.deps, entered.value.token)).toBeNull();
  });

  it('wants the second factor, and takes a code once, whoever sends it', async () => {
    const code = codeNow();
    expect(await outcome('tfa', 'Agent1Pass')).toBe('two_factor_missing');
    expect(await outcome('tfa', 'Agent1Pass', away, '000 000')).toBe('two_factor_wrong');
    const both = await Promise.all([
      outcome('tfa', 'Agent1Pass', away, code),
      outcome('tfa', 'Agent1Pass', here, code),
    ]);
    expect(both.sort()).toEqual([4, 'two_factor_wrong']);
    desk.clock.advance(60_000);
    expect(await outcome('tfa', 'Agent1Pass', away, codeNow())).toBe(4);
  });

  it('writes every attempt into the log, never what was typed as an unknown name', async () => {
    await outcome('sam', 'x');
    await outcome('my-password-in-the-wrong-field', 'x');
    await outcome('sam', 'Agent1Pass');
    const rows = desk.deps.store.db
      .prepare('SELECT staff_id AS staffId, username, succeeded FROM login_log ORDER BY id')
      .all();
    expect(rows).toEqual([
      { staffId: 2, username: 'sam', succeeded: 0 },
      { staffId: null, username: '', succeeded: 0 },
      { staffId: 2, username: 'sam', succeeded: 1 },
    ]);
  });
});

describe('sessions', () => {
  it('live on while they are used and end 30 days after the last use', () => {
    const opened = openSession(desk.deps, 2 as StaffId, here);
    if (!opened.ok) throw new Error('no session');
    for (let times = 0; times < 3; times++) {
      desk.clock.advance(29 * DAY_MS);
      expect(authenticate(desk.deps, opened.value)).not.toBeNull();
    }
    desk.deps.store.settings.set({ sessionDays: 40 });
    expect(authenticate(desk.deps, opened.value)).not.toBeNull();
    desk.clock.advance(30 * DAY_MS + 1000);
    expect(authenticate(desk.deps, opened.value)).toBeNull();
  });

  it('end sooner once the desk wants it', () => {
    const opened = openSession(desk.deps, 2 as StaffId, here);
    if (!opened.ok) throw new Error('no session');
    desk.clock.advance(2 * DAY_MS);
    expect(authenticate(desk.deps, opened.value)).not.toBeNull();
    desk.clock.advance(2 * DAY_MS);
    desk.deps.store.settings.set({ sessionDays: 1 });
    expect(authenticate(desk.deps, opened.value)).toBeNull();
  });
});

describe('API tokens', () => {
  it('are 60 characters, shown once, and limited to addresses', () => {
    const made = createToken(desk.deps, SYSTEM, {
      name: 'n',
      permissions: ['users.read'],
      ipList: ['10.0.0.1, 10.1.*.*'],
    });
    if (!made.ok) throw new Error(made.error.message);
    const { token, tokenId } = made.value;
    expect(token).toMatch(/^[A-Za-z0-9]{60}$/);
    expect(listTokens(desk.deps)).toMatchObject([
      { id: tokenId, name: 'n', ipList: ['10.0.0.1', '10.1.*.*'] },
    ]);
    expect(checkToken(desk.deps, token, '10.1.2.3')).toMatchObject({ kind: 'ok', actor: { tokenId } });
    expect(checkToken(desk.deps, token, '10.0.0.2')).toEqual({
      kind: 'address_refused',
      tokenId,
      address: '10.0.0.2',
    });
    expect(checkToken(desk.deps, token.toLowerCase(), '10.0.0.1')).toEqual({ kind: 'unknown' });
    expect(checkToken(desk.deps, '', '10.0.0.1')).toEqual({ kind: 'unknown' });
  });

  it('refuse a list entry that is no address, by name', () => {
    const made = createToken(desk.deps, SYSTEM, {
      name: 'n',
      permissions: [],
      ipList: ['10.0.0.1', 'office'],
    });
    expect(made).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'ipList' } });
    expect(JSON.stringify(made)).toContain('office');
  });
});
