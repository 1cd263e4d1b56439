import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changePassword, updateProfile } from '../../electron/core/services/profile.ts';
import { signIn } from '../../electron/core/services/sessions.ts';
import { reconnectDesk, replaceToken } from '../../electron/core/sync/account/connect.ts';
import { disconnectDesk } from '../../electron/core/sync/account/disconnect.ts';
import { renewPassword } from '../../electron/core/sync/account/passwordAtServer.ts';
import { FIRST, type Mirror, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, REMOTE_PASSWORD, REMOTE_TOKEN, type RemoteDesk } from '../support/remoteDesk.ts';

const PEER = { address: '127.0.0.1', userAgent: 'test' };

let desk: RemoteDesk;
let mirror: Mirror;
let asked: string[];
beforeEach(async () => {
  const opened = await openRemoteDesk();
  asked = [];
  const { httpFetch } = opened.deps;
  desk = {
    ...opened,
    deps: {
      ...opened.deps,
      httpFetch: (request, options) => {
        asked.push(new URL(request.url).pathname);
        return httpFetch(request, options);
      },
    },
  };
  mirror = mirrorOf(desk);
  await mirror.connect();
});
afterEach(() => desk.close());

const disconnect = (force = false) => disconnectDesk({ deps: desk.deps, sync: mirror.runner }, { force });
const code = (result: { ok: boolean; error?: { code: string } }) =>
  result.ok ? 'ok' : (result.error?.code ?? '');
const enter = (password: string) => signIn(desk.deps, { username: 'ada', password }, PEER);

describe('disconnecting', () => {
  it('forgets the token, asks nothing more, and leaves everything readable', async () => {
    expect(code(await disconnect())).toBe('ok');
    asked.length = 0;
    const { store } = desk.deps;
    expect(store.remoteDesk.get()).toMatchObject({ tokenSealed: '', pausedCode: 'remote_disconnected' });
    expect(mirror.runner.isDue()).toBe(false);
    expect(code(await mirror.runner.run())).toBe('remote_disconnected');
    expect(code(await mirror.runner.runNow())).toBe('remote_disconnected');
    expect(mirror.runner.status()?.problem).toMatchObject({ code: 'remote_disconnected' });
    expect(code(await replaceToken(desk.deps, REMOTE_TOKEN))).toBe('remote_disconnected');
    expect(asked).toEqual([]);
    expect(store.tickets.byId(FIRST)).toMatchObject({ subject: 'Printer 1' });
    expect(code(await enter(REMOTE_PASSWORD))).toBe('ok');
  });

  it('wants to be told twice while something waits, and sends it once connected to the same server again', async () => {
    mirror.reply('<p>Not lost</p>');
    expect(await disconnect()).toMatchObject({
      error: { code: 'outbox_not_empty', details: { waiting: 1 } },
    });
    expect(mirror.runner.status()?.problem).toBeNull();
    expect(code(await disconnect(true))).toBe('ok');
    expect(code(await reconnectDesk(desk.deps, mirror.account({ token: 'wrong' })))).toBe(
      'remote_token_refused',
    );
    expect(code(await reconnectDesk(desk.deps, mirror.account({ username: 'sam' })))).toBe('other_server');
    const threads = () => asked.filter((path) => path.includes('/messages/show/'));
    asked.length = 0;
    expect(code(await reconnectDesk(desk.deps, mirror.account()))).toBe('ok');
    mirror.runner.reset();
    expect(await mirror.sync()).toMatchObject({ pushed: 1, ended: null, outbox: {} });
    expect(mirror.thread().filter(({ message }) => message.includes('Not lost'))).toHaveLength(1);
    // What was read before is not read again.
    for (const other of [2, 3]) expect(threads()).not.toContain(`/api/messages/show/${other}`);
  });

  it('keeps the password where the same server is connected again without one', async () => {
    await disconnect();
    asked.length = 0;
    const { password: _, ...account } = mirror.account();
    expect(code(await reconnectDesk(desk.deps, account))).toBe('ok');
    expect(asked).not.toContain('/api/staff/auth');
    expect(code(await enter(REMOTE_PASSWORD))).toBe('ok');
  });

  it('is the only way out: a connected desk is not connected to another server', async () => {
    expect(code(await reconnectDesk(desk.deps, mirror.account()))).toBe('already_connected');
    await disconnect();
    const other = await openRemoteDesk();
    expect(code(await reconnectDesk(desk.deps, mirror.account({ url: other.url })))).toBe('other_server');
    await other.close();
  });
});

describe('a password that was changed on the server', () => {
  const NEW = 'Ada-password-2';
  const change = () => {
    for (const member of desk.server.state.staff.values()) {
      if (member.username === 'ada') member.password = NEW;
    }
  };
  const renew = (password: string) => renewPassword(desk.deps, { username: 'ada', password }, PEER);
  const signIns = () => asked.filter((path) => path.includes('/staff/auth'));

  it('opens the desk once the server was asked about it, and the old one no longer does', async () => {
    change();
    expect(code(await enter(NEW))).toBe('bad_credentials');
    expect(code(await renew(NEW))).toBe('ok');
    expect(code(await enter(NEW))).toBe('ok');
    expect(code(await enter(REMOTE_PASSWORD))).toBe('bad_credentials');
  });

  it('is never sent by itself, and one that was refused is not sent twice', async () => {
    const before = signIns().length;
    change();
    await enter('wrong');
    await mirror.sync();
    expect(signIns()).toHaveLength(before);
    expect(code(await renew('wrong'))).toBe('remote_sign_in_refused');
    expect(code(await renew('wrong'))).toBe('remote_sign_in_refused');
    expect(signIns()).toHaveLength(before + 1);
    expect(code(await renew(NEW))).toBe('ok');
  });

  it('can’t be guessed at through this desk: failures count here before the server locks the account', async () => {
    desk.deps.store.settings.set({ loginAttempts: 2 });
    const before = signIns().length;
    for (const guess of ['one', 'two', 'three', 'four']) await renew(guess);
    expect(signIns()).toHaveLength(before + 2);
    expect(code(await renew('five'))).toBe('login_locked');
    expect(code(await renewPassword(desk.deps, { username: 'sam', password: NEW }, PEER))).toBe(
      'bad_credentials',
    );
    expect(signIns()).toHaveLength(before + 2);
  });

  it('can’t be checked while the server is away, and nothing changes', async () => {
    change();
    await desk.goOffline();
    expect((await renew(NEW)).ok).toBe(false);
    expect(code(await enter(REMOTE_PASSWORD))).toBe('ok');
  });
});

describe('the own profile', () => {
  it('says what only the server can change, and keeps what is this desk’s', async () => {
    const { deps, ada } = desk;
    const input = { currentPassword: REMOTE_PASSWORD, newPassword: 'Ada-password-2' };
    expect(await changePassword(deps, ada, input, null)).toMatchObject({
      error: { code: 'belongs_to_server', message: expect.stringContaining('Change it there') as string },
    });
    expect(updateProfile(deps, ada, { name: 'Ada L.' })).toMatchObject({
      error: { code: 'belongs_to_server', field: 'name' },
    });
    expect(updateProfile(deps, ada, { email: 'other@desk.example' })).toMatchObject({
      error: { code: 'belongs_to_server', field: 'email' },
    });
    expect(updateProfile(deps, ada, { name: 'Ada', timeZone: 'Europe/Vienna' })).toMatchObject({
      value: { timeZone: 'Europe/Vienna' },
    });
  });
});
