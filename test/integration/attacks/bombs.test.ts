import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getSettings, updateSettings } from '../../../electron/core/services/settings.ts';
import { type ApiDesk, openApiDesk, storedFiles } from '../../contract/support/apiDesk.ts';
import { exchange, multipart, type Part } from '../../contract/support/client.ts';
import { ALL_ON } from '../../contract/support/dialects.ts';
import { type AppServer, rawRequest, startAppServer } from '../../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../../support/testDesk.ts';

const MB = 1024 * 1024;

describe('the app', () => {
  let desk: TestDesk;
  let server: AppServer;
  beforeEach(async () => {
    desk = openTestDesk();
    server = await startAppServer(desk);
  });
  afterEach(async () => {
    await server.close();
    desk.close();
  });
  const own = () => ({ origin: server.url, cookie: server.cookie(), 'content-type': 'application/json' });
  const send = (path: string, body: string, headers: Record<string, string> = {}) =>
    rawRequest(`${server.url}/trpc/${path}`, { method: 'POST', headers: { ...own(), ...headers }, body });
  const codeOf = (body: string): unknown => {
    const { error } = JSON.parse(body) as { error: { code?: string; data?: { appError: { code: string } } } };
    return error.data?.appError.code ?? error.code;
  };

  it.each([
    ['announced', {}],
    ['in pieces, never announced', { 'transfer-encoding': 'chunked' }],
  ])('reads 64 KB of somebody who has not signed in, %s', async (_how, headers) => {
    const body = JSON.stringify({ username: 'ada', password: 'x'.repeat(65 * 1024) });
    const refused = await send('session.signIn', body, headers);
    expect([refused.status, codeOf(refused.body)]).toEqual([413, 'body_too_large']);
    expect(desk.deps.store.sessions.failuresSince(0)).toEqual([]);
  });

  it('reads 20 MB of anybody', async () => {
    await server.signIn();
    const refused = await send('drafts.save', `"${'x'.repeat(20 * MB)}"`);
    expect([refused.status, codeOf(refused.body)]).toEqual([413, 'body_too_large']);
  });

  it.each([
    ['lists', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['objects', `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`],
    ['lists without end', '['.repeat(200_000)],
  ])('answers %s in each other like any wrong input', async (_what, nested) => {
    await server.signIn();
    const inside = `{"siteName":"Mine","octethSignIn":${nested}}`;
    const refused = await send('settings.update', inside);
    expect([refused.status, codeOf(refused.body)]).toEqual([400, 'invalid_input']);
    // Where nothing of it is known, nothing of it is taken.
    expect([200, 400]).toContain((await send('settings.update', nested)).status);
    expect(getSettings(desk.deps).siteName).not.toBe('Mine');
  });

  it.each(['gzip', 'br', 'deflate', 'gzip, gzip'])(
    'unpacks nothing: content-encoding %s',
    async (encoding) => {
      await server.signIn();
      const packed = gzipSync(JSON.stringify({ siteName: 'x'.repeat(10 * MB) })).toString('latin1');
      const refused = await send('settings.update', packed, { 'content-encoding': encoding });
      expect([refused.status, codeOf(refused.body)]).toEqual([400, 'invalid_input']);
    },
  );

  it('keeps an upload that says it is packed as the bytes it is', async () => {
    await server.signIn();
    const packed = gzipSync('x'.repeat(10 * MB));
    const answer = await fetch(`${server.url}/files/uploads?name=a.gz`, {
      method: 'POST',
      headers: { ...own(), 'content-encoding': 'gzip' },
      body: packed,
    });
    expect(await answer.json()).toMatchObject({ sizeBytes: packed.length });
  });

  it.each([
    '{"__proto__":{"role":"admin","isAdmin":true},"siteName":"Nice"}',
    '{"constructor":{"prototype":{"role":"admin"}},"siteName":"Nice"}',
    '{"octethSignIn":{"__proto__":{"isOn":true},"isOn":false,"sessionMinutes":60,"asksCaptcha":false},"siteName":"Nice"}',
  ])('takes no property of another kind of object: %s', async (body) => {
    await server.signIn();
    const { status } = await send('settings.update', body);
    expect(status).toBe(200);
    expect(Object.hasOwn(Object.prototype, 'role') || Object.hasOwn(Object.prototype, 'isOn')).toBe(false);
    const settings = getSettings(desk.deps);
    expect(settings).toMatchObject({ siteName: 'Nice', octethSignIn: { isOn: false } });
    expect(Object.getPrototypeOf(settings.octethSignIn)).toBe(Object.prototype);
    const stored = desk.deps.store.db.prepare('SELECT key, value FROM settings').all();
    expect(JSON.stringify(stored)).not.toMatch(/__proto__|constructor/);
  });

  it.each([
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    '__proto__.toString',
    'session.__proto__',
  ])('has no call named %s, and no right for one', async (path) => {
    await server.signIn();
    const answer = await send(path, '{}');
    expect([answer.status, codeOf(answer.body)]).toEqual([404, 'not_found']);
  });
});

describe('the API', () => {
  let desk: ApiDesk;
  let token: string;
  beforeEach(async () => {
    desk = await openApiDesk(ALL_ON);
    token = desk.token();
    desk.deps.store.departments.insert({ name: 'General', isPrivate: false, now: 0 });
    desk.deps.store.customers.insert({ name: 'Ann', email: 'ann@acme.example', now: 0 });
  });
  afterEach(async () => {
    expect(desk.faults).toEqual([]);
    await desk.close();
  });
  const ticket = { user_id: '1', opener: 'user', department_id: '1', subject: 'Hello', body: 'Help' };
  const post = (path: string, type: string, body: Buffer, headers = {}) =>
    exchange(desk.port, {
      method: 'POST',
      path,
      headers: { Token: token, 'Content-Type': type, ...headers },
      body,
    });
  const tickets = () => desk.deps.store.db.prepare('SELECT count(*) FROM tickets').pluck().get();
  const sendParts = (parts: readonly Part[]) => {
    const { body, contentType } = multipart(parts);
    return post('/api/tickets/create', contentType, body);
  };
  const fields = Object.entries(ticket).map(([name, value]) => ({ name, value }));
  const png = (n: number): Part => ({
    name: 'attachment[]',
    filename: `${n}.png`,
    type: 'image/png',
    content: Buffer.from('x'),
  });

  it.each(['gzip', 'br', 'deflate', 'GZIP', 'identity, gzip'])('unpacks nothing: %s', async (encoding) => {
    const body = gzipSync(JSON.stringify({ ...ticket, body: 'x'.repeat(10 * MB) }));
    for (const path of [
      '/api/tickets/create',
      '/api/auth/authenticate',
      '/api.php',
      '/api/v1/authenticate',
    ]) {
      const answer = await post(path, 'application/json', body, { 'Content-Encoding': encoding });
      expect([path, answer.status]).toEqual([path, 415]);
    }
    expect(tickets()).toBe(0);
  });

  it('reads a thousand fields, and not one more', async () => {
    const many = Array.from({ length: 5000 }, (_, n) => ({ name: `f${n}`, value: 'x' }));
    expect((await sendParts([...many, ...fields])).body).toMatch(/"error":1/);
    const form = Buffer.from(
      new URLSearchParams([
        ...many.map(({ name }): [string, string] => [name, 'x']),
        ...Object.entries(ticket),
      ]).toString(),
    );
    expect((await post('/api/tickets/create', 'application/x-www-form-urlencoded', form)).body).toMatch(
      /"error":1/,
    );
    const json = Buffer.from(
      JSON.stringify({ ...Object.fromEntries(many.map(({ name }) => [name, 'x'])), ...ticket }),
    );
    expect((await post('/api/tickets/create', 'application/json', json)).body).toMatch(/"error":1/);
    expect(tickets()).toBe(0);
    expect((await sendParts([...fields, ...many])).body).toMatch(/"success":1/);
  });

  it('keeps nothing of thousands of files beyond what a message may have', async () => {
    const files = Array.from({ length: 3000 }, (_, n) => png(n));
    await sendParts([...fields, ...files]);
    const rows = desk.deps.store.db.prepare('SELECT count(*) FROM attachments').pluck().get();
    expect(Number(rows)).toBeLessThanOrEqual(getSettings(desk.deps).attachmentsPerMessage);
    expect(storedFiles(desk).length).toBeLessThanOrEqual(getSettings(desk.deps).attachmentsPerMessage);
  });

  it.each([
    ['a name of a field', { name: 'n'.repeat(2 * MB), value: 'x' }],
    [
      'a name of a file',
      { name: 'attachment[]', filename: `${'n'.repeat(2 * MB)}.png`, content: Buffer.from('x') },
    ],
    [
      'a type of a file',
      {
        name: 'attachment[]',
        filename: 'a.png',
        type: `image/${'p'.repeat(2 * MB)}`,
        content: Buffer.from('x'),
      },
    ],
  ])('of two megabytes, %s, ends the request in order', async (_what, part) => {
    const { status, body } = await sendParts([part, ...fields]);
    expect([200, 400, 413]).toContain(status);
    expect(() => JSON.parse(body) as unknown).not.toThrow();
    expect(storedFiles(desk)).toEqual([]);
  });

  it('reads no part whose headers never end', async () => {
    const part = `--x\r\n${'X-A: b\r\n'.repeat(200_000)}`;
    const { status } = await post(
      '/api/tickets/create',
      'multipart/form-data; boundary=x',
      Buffer.from(part),
    );
    expect(status).toBe(400);
  });

  it.each([
    ['a boundary of a kilobyte', `multipart/form-data; boundary=${'x'.repeat(1000)}`],
    ['a boundary that is none', 'multipart/form-data; boundary='],
    ['two boundaries', 'multipart/form-data; boundary=a; boundary=b'],
  ])('%s is refused or read, never a fault', async (_what, type) => {
    const { status } = await post('/api/tickets/create', type, Buffer.from('--a\r\n\r\nx\r\n--a--'));
    expect([200, 400]).toContain(status);
    expect(tickets()).toBe(0);
  });

  it.each([
    ['lists', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['objects', `${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`],
  ])('takes %s in each other for a field that was not sent', async (_what, nested) => {
    const body = Buffer.from(JSON.stringify(ticket).replace('"Hello"', nested));
    const answer = await post('/api/tickets/create', 'application/json', body);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 1 });
    expect(tickets()).toBe(0);
  });

  it.each([
    [
      'application/json',
      '{"__proto__":{"user_id":"1","opener":"user","department_id":"1","subject":"S","body":"B"}}',
    ],
    [
      'application/json',
      '{"constructor":{"prototype":{"subject":"S"}},"user_id":"1","opener":"user","department_id":"1","body":"B"}',
    ],
    [
      'application/x-www-form-urlencoded',
      '__proto__[subject]=S&constructor[prototype][subject]=S&user_id=1&opener=user&department_id=1&body=B',
    ],
    ['application/x-www-form-urlencoded', '__proto__=S&user_id=1&opener=user&department_id=1&body=B'],
  ])('finds no field in a prototype: %s %s', async (type, body) => {
    const query = '?__proto__=x&__proto__[subject]=S&constructor=y';
    const answer = await post(`/api/tickets/create${query}`, type, Buffer.from(body));
    expect(JSON.parse(answer.body)).toMatchObject({ error: 1 });
    expect(Object.hasOwn(Object.prototype, 'subject')).toBe(false);
    expect(tickets()).toBe(0);
  });

  it('reads 64 KB of somebody who signs in', async () => {
    const body = Buffer.from(`username=ada&password=${'x'.repeat(65 * 1024)}`);
    for (const path of ['/api/auth/authenticate', '/api.php', '/api/v1/authenticate']) {
      expect((await post(path, 'application/x-www-form-urlencoded', body)).status).toBe(413);
    }
  });

  it('refuses what is too large before it is read, and while it comes', async () => {
    const done = updateSettings(desk.deps, { attachmentMaxBytes: MB, attachmentsPerMessage: 1 });
    expect(done.ok).toBe(true);
    const body = Buffer.alloc(30 * MB, 'x');
    expect((await post('/api/tickets/create', 'application/json', body)).status).toBe(413);
    expect((await sendParts([...fields, { ...png(1), content: Buffer.alloc(30 * MB) }])).status).toBe(413);
    expect(storedFiles(desk)).toEqual([]);
  });
});
