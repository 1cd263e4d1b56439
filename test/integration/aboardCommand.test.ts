import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../fakes/helpdeskz/serve.ts';
import { buildCli, runCli } from '../support/cli.ts';
import { fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';

const data = mkdtempSync(join(tmpdir(), 'staffdesk-take-'));
const server = createFakeHelpdeskz({ now: Date.now });
let served: Awaited<ReturnType<typeof serveHelpdeskz>>;
beforeAll(async () => {
  await buildCli();
  fillHelpdeskz(server);
  const content = Buffer.from('the bill');
  const file = { id: 1, messageId: 1, ticketId: 1, name: 'bill.txt', filetype: 'text/plain', content };
  server.state.attachments.set(1, { ...file, isFileGone: false });
  served = await serveHelpdeskz(server);
});
afterAll(async () => {
  await served.close();
  rmSync(data, { recursive: true, force: true });
});

const remote = (...args: string[]) => runCli(['remote', ...args, '--data', data]);

it('takes views along from the command line, and says what is wrong with what it is asked', async () => {
  expect(await remote('take')).toMatchObject({ code: 1 });
  const account = [
    'remote',
    'connect',
    '--data',
    data,
    '--url',
    served.url,
    '--staff',
    'ada',
    '--token-stdin',
    '--password-stdin',
  ];
  const connected = await runCli(account, { stdin: `${REMOTE_TOKEN}\n${REMOTE_PASSWORD}\n` });
  expect(connected).toMatchObject({ code: 0 });
  expect(await runCli(['sync', '--data', data])).toMatchObject({ code: 0 });
  const wrong = await remote('take', '--queue', 'everything');
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('queue');
  const nowhere = await remote('take', '--department', 'Nowhere');
  expect(nowhere.code).toBe(1);
  expect(nowhere.stderr).toContain('No department is «Nowhere». There are: 1 General');
  expect((await remote('take', '--attachments', 'lots')).stderr).toContain('attachments');
  const taken = await remote('take', '--queue', 'open', '--department', 'general', '--attachments', '5');
  expect(taken.code).toBe(0);
  expect(JSON.parse(taken.stdout)).toMatchObject({
    state: 'done',
    lacks: [],
    size: { tickets: 1, filesHere: { count: 1, bytes: 8 } },
  });
});
