import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP_RIGHTS, FILE_RIGHTS } from '../../../electron/core/domain/rights.ts';
import { updateSettings } from '../../../electron/core/services/settings.ts';
import { ADDRESSES, ALL_ON } from '../../contract/support/dialects.ts';
import { type AppServer, rawRequest, startAppServer } from '../../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../../support/testDesk.ts';

let desk: TestDesk;
let server: AppServer;
let own: Record<string, string>;
beforeAll(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
  await server.signIn();
  own = { cookie: server.cookie(), origin: server.url, 'content-type': 'application/json' };
  if (!updateSettings(desk.deps, ALL_ON).ok) throw new Error('settings');
});
afterAll(async () => {
  await server.close();
  desk.close();
});

const calls = Object.keys(APP_RIGHTS).map((call) => ['POST', `/trpc/${call}`] as const);
const files = Object.keys(FILE_RIGHTS).map((route) => {
  const [method = '', url = ''] = route.replace(':id', '1').split(' ');
  return [method, url] as const;
});
const dialects = ADDRESSES.map(([, method, path]) => [method, path] as const);
const everywhere = [
  ...calls,
  ...files,
  ...dialects,
  ['GET', '/events'],
  ['GET', '/api/tickets'],
  ['GET', '/api/docs'],
  ['GET', '/'],
] as const;

const codeOf = (body: string) => (JSON.parse(body) as { error: { code: string } }).error.code;

describe('a name that was rebound to this machine (Host)', () => {
  it.each([
    'evil.example',
    'evil.example:8484',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    'evil.example#localhost',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '2130706433',
    'localhost:8484:1',
  ])('%s reaches nothing', async (host) => {
    for (const [method, path] of everywhere) {
      const answer = await rawRequest(server.url + path, { method, headers: { ...own, host } });
      expect([path, answer.status, codeOf(answer.body)]).toEqual([path, 400, 'host_refused']);
    }
  });

  it('does not hide behind a forwarded one', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' };
    expect((await rawRequest(`${server.url}/`, { headers })).status).toBe(400);
  });

  it('can’t be left out', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${server.url}/`, { setHost: false }, (answer) => resolve(answer.statusCode));
      sent.on('error', reject).end();
    });
    expect(status).toBe(400);
  });
});

describe('a page of another origin', () => {
  const lies: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];

  it.each(lies)('that sends %o changes nothing, with the right cookie', async (lie) => {
    const headers = { ...own, ...lie };
    const writes = [...calls, ...files.filter(([method]) => method === 'POST')];
    for (const [method, path] of writes) {
      const answer = await rawRequest(server.url + path, { method, headers, body: '{}' });
      expect([path, answer.status, codeOf(answer.body)]).toEqual([path, 403, 'origin_refused']);
    }
  });

  it('of another port on this machine, or another scheme, is another', async () => {
    const { port } = new URL(server.url);
    for (const origin of ['http://127.0.0.1:1', `https://127.0.0.1:${port}`, `http://localhost:${port}`]) {
      const sent = { method: 'POST', headers: { ...own, origin }, body: '{}' };
      expect((await rawRequest(`${server.url}/trpc/session.signOut`, sent)).status).toBe(403);
    }
  });

  it('reads nothing, though a GET has no Origin', async () => {
    for (const [, path] of [...calls, ...files.filter(([method]) => method === 'GET'), ['GET', '/events']]) {
      const headers = {
        cookie: own.cookie ?? '',
        'sec-fetch-site': 'same-site',
        'sec-fetch-mode': 'no-cors',
      };
      expect((await rawRequest(server.url + path, { headers })).status).toBe(403);
    }
  });

  it('does not write by a GET, not even one that looks like following a link', async () => {
    const headers = {
      cookie: own.cookie ?? '',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    };
    const answer = await rawRequest(`${server.url}/trpc/session.signOut?input=%7B%7D`, { headers });
    expect(answer.status).toBe(405);
    expect(await server.call('session.me', undefined, { method: 'GET' })).not.toEqual({ viewer: null });
  });

  it('can’t guess passwords through the sign-in of other systems, nor lock anybody out of this machine', async () => {
    const body = 'Command=Admin.Login&Username=ada&username=ada&Password=x&password=x';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const lie of [...lies, { origin: 'http://127.0.0.1:1' }]) {
      for (const [method, path] of dialects) {
        const sent = { method, headers: { ...form, ...lie }, ...(method === 'POST' ? { body } : {}) };
        const answer = await rawRequest(server.url + path, sent);
        expect([path, answer.status, codeOf(answer.body)]).toEqual([path, 403, 'origin_refused']);
      }
    }
    expect(desk.deps.store.sessions.failuresSince(0)).toEqual([]);
    // A program says nothing of the kind, and its guess counts.
    const guess = { method: 'POST', headers: form, body };
    expect((await rawRequest(`${server.url}/api/auth/authenticate`, guess)).status).toBe(200);
    expect(desk.deps.store.sessions.failuresSince(0)).toHaveLength(1);
    desk.deps.store.db.exec('DELETE FROM login_attempts');
  });

  it('is never told by a header that it may read', async () => {
    for (const [, path] of everywhere) {
      const answer = await rawRequest(server.url + path, {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('the session', () => {
  it('stands in a cookie that scripts and other sites don’t get', async () => {
    const sent = { method: 'POST', headers: own, body: '{"username":"ada","password":"correct horse"}' };
    const answer = await rawRequest(`${server.url}/trpc/session.signIn`, sent);
    const [cookie = ''] = [answer.headers['set-cookie'] ?? []].flat();
    expect(cookie).toMatch(/^staffdesk_test=\w{43};/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    // Nor does the answer tell it to the page's own scripts.
    expect(answer.body).not.toContain(/=(\w{43})/.exec(cookie)?.[1]);
  });

  it('is not taken from where the control socket has it', async () => {
    const token = own.cookie?.split('=')[1] ?? '';
    const headers = { 'x-staffdesk-session': token, 'x-staffdesk-control': token };
    const answer = await rawRequest(`${server.url}/trpc/session.me`, { headers });
    expect(JSON.parse(answer.body)).toEqual({ result: { data: { viewer: null } } });
    expect(
      (await rawRequest(`${server.url}/api/tickets`, { headers: { cookie: own.cookie ?? '' } })).status,
    ).toBe(400);
  });

  it('that was planted before signing in is nobody’s afterwards (fixation)', async () => {
    const planted = 'p'.repeat(43);
    const headers = { ...own, cookie: `staffdesk_test=${planted}` };
    const sent = { method: 'POST', headers, body: '{"username":"ada","password":"correct horse"}' };
    const [cookie = ''] = [
      (await rawRequest(`${server.url}/trpc/session.signIn`, sent)).headers['set-cookie'] ?? [],
    ].flat();
    expect(cookie).not.toContain(planted);
    const me = await rawRequest(`${server.url}/trpc/session.me`, { headers: { cookie: headers.cookie } });
    expect(JSON.parse(me.body)).toEqual({ result: { data: { viewer: null } } });
  });

  it('of the attacker, planted in the victim’s browser, never becomes the victim’s', async () => {
    await server.signIn('sam');
    const sams = server.cookie();
    const sent = {
      method: 'POST',
      headers: { ...own, cookie: sams },
      body: '{"username":"ada","password":"correct horse"}',
    };
    await rawRequest(`${server.url}/trpc/session.signIn`, sent);
    const me = await rawRequest(`${server.url}/trpc/session.me`, { headers: { cookie: sams } });
    expect(JSON.parse(me.body)).toMatchObject({
      result: { data: { viewer: { staff: { username: 'sam' } } } },
    });
  });
});
