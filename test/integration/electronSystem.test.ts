import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { buildApp } from '../../build/build.ts';
import type { SyncStatus } from '../../shared/contract/sync.ts';
import { createFakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../fakes/helpdeskz/serve.ts';
import { DesktopProgram, dataOf, mutation } from '../support/desktopProgram.ts';
import { fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

// What the system tells the desktop app, and what becomes of it in a core of its own process.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
const temporaryFolder = temporaryFolders();
const SITE = 'http://desk.test/support';
const NO_PROXY_SET = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].map((name) => [name, undefined]),
);
const ends: (() => Promise<unknown>)[] = [];

beforeAll(() => buildApp({ renderer: true }));
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A HelpDeskZ that is reached through its proxy only: nobody knows `desk.test`. */
async function serveBehindProxy() {
  const server = createFakeHelpdeskz({ now: Date.now });
  fillHelpdeskz(server);
  const asked: string[] = [];
  const served = await serveHelpdeskz({
    handle: (request) => {
      asked.push(request.path);
      return server.handle({ ...request, path: request.path.replace(SITE, '') });
    },
  });
  ends.push(served.close);
  return { server, asked, rules: `PROXY 127.0.0.1:1; PROXY 127.0.0.1:${served.port}; DIRECT` };
}

function start(proxyRules: string): DesktopProgram {
  const program = new DesktopProgram(temporaryFolder(), { ...NO_PROXY_SET, FAKE_PROXY_RULES: proxyRules });
  ends.push(async () => {
    program.kill();
    await program.ended;
  });
  return program;
}
const connect = (program: DesktopProgram) =>
  program.load(
    '/trpc/system.connect',
    mutation({ url: SITE, token: REMOTE_TOKEN, username: 'ada', password: REMOTE_PASSWORD }),
  );
const statusOf = async (program: DesktopProgram) =>
  dataOf<{ status: SyncStatus }>(await program.load('/trpc/sync.status')).status;

it('reaches its server through the proxy of the system’s settings, the second where the first is away', async () => {
  const { asked, rules } = await serveBehindProxy();
  const program = start(rules);
  expect((await connect(program)).status).toBe(200);
  await expect.poll(async () => (await statusOf(program)).lastSyncAt, { timeout: 30_000 }).not.toBeNull();
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.every((path) => path.startsWith(`${SITE}/api/`))).toBe(true);
});

it('is told of battery and sleep: it saves the one, and looks at once after the other', async () => {
  const { asked, rules } = await serveBehindProxy();
  const program = start(rules);
  await connect(program);
  const isIdle = async () => {
    const { lastSyncAt, isRunning } = await statusOf(program);
    return lastSyncAt !== null && !isRunning;
  };
  await expect.poll(isIdle, { timeout: 30_000 }).toBe(true);
  const tell = (event: string) => program.ask({ do: 'power', event });
  await tell('on-battery');
  await expect.poll(async () => (await statusOf(program)).savesPower).toBe(true);
  await tell('suspend');
  asked.length = 0;
  await tell('resume');
  await expect.poll(() => asked.length, { timeout: 10_000 }).toBeGreaterThan(0);
});

it('says by name that a kind of proxy can’t be used', async () => {
  const answer = await connect(start('SOCKS5 127.0.0.1:1080'));
  expect(answer.status).not.toBe(200);
  expect(answer.text).toContain('remote_proxy_unsupported');
});
