import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToken } from '../../../electron/core/services/apiTokens.ts';
import { updateSettings } from '../../../electron/core/services/settings.ts';
import { createTokenInput, PERMISSIONS } from '../../../shared/contract/desk.ts';
import { type AppServer, rawRequest, startAppServer } from '../../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../../support/testDesk.ts';
import { openSocket, untilClosed } from './rawSocket.ts';

const SECRET = 'not for the web';

let desk: TestDesk;
let server: AppServer;
beforeEach(async () => {
  desk = openTestDesk();
  const pages = join(desk.folder, 'window');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), 'the window');
  writeFileSync(join(pages, 'assets', 'main.js'), 'the script');
  writeFileSync(join(pages, '.hidden'), SECRET);
  writeFileSync(join(desk.folder, 'secret.key'), SECRET);
  server = await startAppServer(desk, { rendererDir: pages });
  await server.signIn();
});
afterEach(async () => {
  await server.close();
  desk.close();
});

const own = () => ({ origin: server.url, cookie: server.cookie() });

/** The path exactly as it stands: clients tidy `..` away. */
async function rawGet(path: string, headers: Record<string, string> = {}): Promise<string> {
  const socket = await openSocket(server.url);
  const lines = Object.entries({ Host: new URL(server.url).host, ...own(), ...headers, Connection: 'close' });
  socket.write(
    `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  return untilClosed(socket);
}

async function upload(name: string, content = 'x'): Promise<{ id: number; name: string }> {
  const answer = await fetch(`${server.url}/files/uploads?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { ...own(), 'content-type': 'text/plain' },
    body: content,
  });
  return (await answer.json()) as { id: number; name: string };
}

/** Every file of the desk, as a path below its folder. */
const filesOnDisk = () => readdirSync(desk.folder, { recursive: true }).map(String).sort();

const CLIMBS = [
  '../secret.key',
  '/../secret.key',
  '..%2fsecret.key',
  '%2e%2e/secret.key',
  '%2e%2e%2fsecret.key',
  '..%5csecret.key',
  '..\\secret.key',
  '%252e%252e%252fsecret.key',
  'assets/../../secret.key',
  'assets/..%2f..%2fsecret.key',
  '.hidden',
  '%2ehidden',
  'index.html%00.png',
  '/etc/passwd',
  '%2fetc%2fpasswd',
  'file:///etc/passwd',
  'C:\\Windows\\win.ini',
];

describe('an address that climbs', () => {
  it('gets the pages of the window and nothing else of the disk', async () => {
    expect(await rawGet('/index.html')).toContain('the window');
    expect(await rawGet('/assets/main.js')).toContain('the script');
    for (const prefix of [
      '/',
      '/assets/',
      '/files/attachments/',
      '/files/uploads/',
      '/files/avatars/',
      '/files/mail/',
      '/trpc/',
      '/api/attachments/show/',
    ]) {
      for (const climb of CLIMBS) {
        const answer = await rawGet(prefix + climb);
        expect([prefix + climb, answer]).toEqual([
          prefix + climb,
          expect.stringMatching(/^HTTP\/1\.1 [234]\d\d /),
        ]);
        expect(answer).not.toContain(SECRET);
        expect(answer).not.toMatch(/root:|the window|the script|staffdesk-test-/);
      }
    }
  });

  it.each(['1/../1', '1%2f..%2f1', '1%00', '-1', '١', '1,2', '99999999999999999999', 'NaN', '__proto__'])(
    'by an id that is none, %s, finds no file',
    async (id) => {
      await upload('a.txt', SECRET);
      for (const kind of ['uploads', 'attachments', 'avatars', 'mail']) {
        const answer = await rawGet(`/files/${kind}/${id}`);
        expect(answer.split('\r\n\r\n')[1]).not.toContain(SECRET);
        expect(answer).toMatch(/^HTTP\/1\.1 [24]\d\d /);
      }
    },
  );
});

const NAMES: readonly [given: string, shown: string][] = [
  ['../../../../etc/passwd', 'passwd'],
  ['..\\..\\windows\\win.ini', 'win.ini'],
  ['/etc/cron.d/job', 'job'],
  ['..', 'file'],
  ['a\u0000.png', 'a.png'],
  ['a\r\nSet-Cookie: x=1\r\n\r\n<b>', 'aSet-Cookie: x=1<b>'],
  ['"; filename="evil.exe', '"; filename="evil.exe'],
  ['exe.\u202egpj', 'exe.gpj'],
];

describe('a name of a file', () => {
  it.each(NAMES)('%j is no place on the disk and no header of its own', async (given, shown) => {
    const before = filesOnDisk();
    const { id, name } = await upload(given, 'content');
    expect(name).toBe(shown);
    // One file more, under the name of its content.
    const added = filesOnDisk().filter((file) => !before.includes(file));
    expect(
      added.filter((file) => !/^attachments(\/incoming|(\/[0-9a-f]{2})?(\/[0-9a-f]{62})?)$/.test(file)),
    ).toEqual([]);
    for (const how of ['', '?download=1']) {
      const answer = await rawGet(`/files/uploads/${id}${how}`);
      const [head = ''] = answer.split('\r\n\r\n');
      expect(head).not.toMatch(/^(set-cookie|<b>)/im);
      const [line = ''] = /^content-disposition: .*$/im.exec(head) ?? [];
      expect(line).toMatch(
        /^content-disposition: (inline|attachment); filename="[^"\\]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]*$/i,
      );
    }
  });

  it('of a mail to import decides nothing but its kind', async () => {
    for (const name of [
      '../../../evil.eml',
      '/tmp/evil.mbox',
      '..\\evil.eml',
      'x.eml/../../evil',
      'a.eml;rm -rf',
      '.eml',
    ]) {
      const answer = await fetch(`${server.url}/files/import?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { ...own(), 'content-type': 'message/rfc822' },
        body: 'From: Ann <ann@acme.example>\r\nSubject: S\r\n\r\nB',
      });
      expect(answer.status).toBe(200);
    }
    await expect.poll(() => server.services.jobs.list().every(({ state }) => state !== 'running')).toBe(true);
    expect(filesOnDisk().filter((file) => file.includes('evil'))).toEqual([]);
  });
});

describe('a header of an answer', () => {
  const hdzToken = () => {
    const made = createToken(
      desk.deps,
      desk.admin,
      createTokenInput.parse({ name: 'x', permissions: [...PERMISSIONS] }),
    );
    if (!made.ok) throw new Error(made.error.code);
    return made.value.token;
  };

  it.each([
    'https://desk.example\r\nSet-Cookie: x=1',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'nonsense',
  ])('never comes of a site address like %j', async (siteUrl) => {
    expect(await server.call('settings.update', { siteUrl })).toBe('invalid_input');
    expect(updateSettings(desk.deps, { siteUrl })).toMatchObject({ error: { field: 'siteUrl' } });
    // One that an older version took.
    desk.deps.store.settings.set({ siteUrl });
    const answer = await rawRequest(`${server.url}/api/tickets/update/x`, {
      method: 'POST',
      headers: { Token: hdzToken() },
    });
    expect(answer.status).toBe(303);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers.location).not.toMatch(/^(javascript|data):|evil/);
  });

  it('never repeats one of the request', async () => {
    const marker = 'zzmarker';
    const headers = {
      'x-a': marker,
      token: marker,
      'user-agent': marker,
      referer: `http://${marker}/`,
      'if-none-match': `"${marker}"`,
      range: marker,
      authorization: `Bearer ${marker}`,
      'idempotency-key': marker,
    };
    for (const path of [
      '/',
      '/nope',
      '/api/tickets',
      '/api/docs',
      '/files/uploads/1',
      '/trpc/system.status',
      `/api/${marker}`,
      `/trpc/${marker}`,
    ]) {
      const [head = ''] = (await rawGet(path, headers)).split('\r\n\r\n');
      expect([path, head.includes(marker)]).toEqual([path, false]);
    }
  });

  it('of two requests in one is not taken: lengths that disagree end the connection (smuggling)', async () => {
    const { host } = new URL(server.url);
    for (const lengths of [
      'Content-Length: 5\r\nContent-Length: 6',
      'Content-Length: 5\r\nTransfer-Encoding: chunked',
      'Transfer-Encoding: chunked, identity',
      'Transfer-Encoding : chunked',
      'Content-Length: +5',
    ]) {
      const socket = await openSocket(server.url);
      socket.write(
        `POST /trpc/session.signIn HTTP/1.1\r\nHost: ${host}\r\n${lengths}\r\n\r\n0\r\n\r\nGET /index.html HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      );
      const answer = await untilClosed(socket);
      expect([lengths, answer.startsWith('HTTP/1.1 400 ')]).toEqual([lengths, true]);
      expect(answer).not.toContain('the window');
    }
  });
});
