import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { RENDERER_CSP } from '../../shared/contentSecurityPolicy.ts';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { err, ok } from '../../shared/util/result.ts';
import { fake, session as fakeSession } from '../../test/fakes/electron.ts';
import { createAppHandler, registerAppScheme, serveApp } from './appProtocol.ts';
import type { CoreState, CoreSupervisor } from './coreSupervisor.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

const folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-protocol-'));
const socketPath =
  process.platform === 'win32'
    ? `\\\\.\\pipe\\staffdesk-protocol-${process.pid}`
    : path.join(folder, 'control.sock');
const ready: CoreState = {
  name: 'ready',
  address: { controlSocket: { path: socketPath, secret: 's' }, apiBaseUrl: null },
};
let state: CoreState = ready;
let retries = 0;
const core: CoreSupervisor = {
  state: () => state,
  whenReady: () => Promise.resolve(state.name === 'ready' ? ok(state.address) : err(appErrorOf('not_ready'))),
  retry: () => {
    retries += 1;
  },
  close: () => Promise.resolve(),
};
const asked: string[] = [];
const server = http.createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.end('from the core');
});

beforeAll(async () => {
  writeFileSync(path.join(folder, 'index.html'), '<title>Staffdesk</title>');
  registerAppScheme();
  const handle = createAppHandler({
    origin: 'app://staffdesk',
    home: null,
    core,
    session: { read: () => null, write: () => {} },
    rendererDir: folder,
    dataDir: '/d/desk',
  });
  serveApp(fakeSession.defaultSession.protocol, handle);
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function load(
  url: string,
  init?: RequestInit,
): Promise<{ status: number; text: string; csp: string | null }> {
  const answer = fake.protocols.get('app');
  if (!answer) throw new Error('app:// is not served');
  const response: Response = await answer(new Request(url, init));
  const csp = response.headers.get('content-security-policy');
  return { status: response.status, text: await response.text(), csp };
}

it('makes app:// as good as https', () => {
  expect(fake.schemes).toMatchObject([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  expect(fake.schemes[0]?.privileges).not.toHaveProperty('bypassCSP');
});

it('serves the renderer under the policy of our pages', async () => {
  expect(await load('app://staffdesk/')).toEqual({
    status: 200,
    text: '<title>Staffdesk</title>',
    csp: RENDERER_CSP,
  });
  expect(RENDERER_CSP).toContain("script-src 'self';");
  expect(RENDERER_CSP).not.toContain('unsafe-eval');
});

it.each(['/trpc/queues.page?input=1', '/files/mail/3', '/files/attachments/1?download=1', '/events?since=4'])(
  'asks the core for %s',
  async (url) => {
    expect((await load(`app://staffdesk${url}`)).text).toBe('from the core');
    expect(asked.at(-1)).toBe(`GET ${url}`);
  },
);

it.each([
  ['another host', 'app://evil/trpc/x', {}, 404],
  ['another desk', 'app://aaaaaaaaaaaa.staffdesk/trpc/x', {}, 404],
  [
    'another desk’s page',
    'app://staffdesk/trpc/x',
    { headers: { origin: 'app://aaaaaaaaaaaa.staffdesk' } },
    403,
  ],
  ['another origin', 'app://staffdesk/trpc/x', { headers: { origin: 'https://evil.example' } }, 403],
  ['a frame without an origin', 'app://staffdesk/trpc/x', { headers: { origin: 'null' } }, 403],
  ['a missing file', 'app://staffdesk/missing.js', {}, 404],
  ['a path that only looks like the core’s', 'app://staffdesk/trpcx.js', {}, 404],
  ['a write to a page', 'app://staffdesk/', { method: 'POST' }, 404],
])('refuses %s', async (_name, url, init, status) => {
  const before = asked.length;
  expect((await load(url, init)).status).toBe(status);
  expect(asked).toHaveLength(before);
});

it('passes our own page’s writes on', async () => {
  const init = { method: 'POST', body: '{}', headers: { origin: 'app://staffdesk' } };
  expect((await load('app://staffdesk/trpc/tickets.reply', init)).status).toBe(200);
  expect(asked.at(-1)).toBe('POST /trpc/tickets.reply');
});

it('shows an honest page when there is no core, and tries again when asked', async () => {
  state = { name: 'failed', error: appErrorOf('database_busy') };
  const page = await load('app://staffdesk/');
  expect(page.status).toBe(503);
  expect(page.text).toContain('Another Staffdesk process is using this desk.');
  expect(page.csp).toContain("default-src 'none'");
  expect((await load('app://staffdesk/trpc/x')).status).toBe(503);

  expect((await load('app://staffdesk/shell/retry')).status).toBe(303);
  expect(retries).toBe(1);
  state = ready;
  expect((await load('app://staffdesk/')).text).toBe('<title>Staffdesk</title>');
});
