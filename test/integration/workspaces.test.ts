import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { readRunFile } from '../../electron/core/host/runFile.ts';
import type { WorkspaceItem } from '../../shared/contract/workspaces.ts';
import { buildCli, PASSWORD, runCli, type Served, serve, setUp } from '../support/cli.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(buildCli);
/** Processes start and end on a machine that may have much else to do. */
const PATIENCE = { timeout: 30_000 };

const temporaryFolder = temporaryFolders();
const apps: Served[] = [];
let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = temporaryFolder();
  env = {
    STAFFDESK_USE_KEYCHAIN: 'no',
    STAFFDESK_WORKSPACES: path.join(folder, 'workspaces.json'),
    STAFFDESK_WORKSPACES_DIR: path.join(folder, 'added'),
  };
});
afterEach(async () => {
  for (const app of apps.splice(0)) await app.end('SIGKILL');
  // A desk that was opened for a killed one ends by itself.
  await vi.waitUntil(() => openDesks().every((pid) => !isAlive(pid)), PATIENCE);
});

const desk = (name: string): string => path.join(folder, name);
const cli = (...args: string[]) => runCli(args, { env });
const onDesk = (command: string, name: string) => cli('workspaces', command, '--data', desk(name));
async function served(name: string, more: NodeJS.ProcessEnv = {}): Promise<Served> {
  const app = await serve(desk(name), [], { ...env, ...more });
  apps.push(app);
  return app;
}
async function list(): Promise<WorkspaceItem[]> {
  return JSON.parse((await cli('workspaces', 'list')).stdout) as WorkspaceItem[];
}
const seen: string[] = [];
const openDesks = (): number[] =>
  seen.flatMap((other) => readRunFile(path.join(other, 'run.json'))?.pid ?? []);
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Calls the app API as a window does that is signed in to one desk. */
async function windowOf(url: string): Promise<(name: string, input?: object) => Promise<unknown>> {
  let cookie = '';
  const call = async (name: string, input?: object): Promise<unknown> => {
    const response = await fetch(`${url}/trpc/${name}`, {
      headers: { 'content-type': 'application/json', origin: url, cookie },
      ...(input ? { method: 'POST', body: JSON.stringify(input) } : {}),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const answer = (await response.json()) as {
      result?: { data: unknown };
      error?: { data: { appError: { code: string } } };
    };
    return answer.result ? answer.result.data : answer.error?.data.appError.code;
  };
  await call('session.signIn', { username: 'ada', password: PASSWORD });
  return call;
}

it('lists what was added, says what is open, and never drops what is not there', async () => {
  for (const name of ['acme', 'shop']) {
    await setUp(desk(name), ['--site', `${name} support`]);
    expect(await onDesk('add', name)).toMatchObject({ code: 0, stderr: '' });
  }
  const app = await served('acme');
  expect(await list()).toMatchObject([
    { name: 'acme support', kind: 'local', server: null, presence: 'open', openTickets: 0, outbox: null },
    { name: 'shop support', presence: 'closed', openTickets: null },
  ]);
  await app.end();
  rmSync(desk('shop'), { recursive: true });
  expect(await list()).toMatchObject([{ presence: 'closed' }, { name: 'shop support', presence: 'missing' }]);

  expect(await onDesk('forget', 'shop')).toMatchObject({ code: 0 });
  expect((await onDesk('forget', 'shop')).stderr).toMatch(/^workspace_not_found: /);
  expect(await onDesk('forget', 'acme')).toMatchObject({ code: 0 });
  expect([await list(), existsSync(path.join(desk('acme'), 'desk.db'))]).toEqual([[], true]);
});

it('takes no folder without a desk, and no list that it can’t read', async () => {
  expect((await onDesk('add', 'nowhere')).stderr).toMatch(/^workspace_folder_missing: /);
  expect((await cli('workspaces', 'add', '--data', folder)).stderr).toMatch(/^workspace_no_desk: /);
  await setUp(desk('acme'));
  const file = env.STAFFDESK_WORKSPACES ?? '';
  writeFileSync(file, '{"version":1,');
  const refused = await cli('workspaces', 'list');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^workspace_list_unreadable: .*workspaces\.json/);
  expect((await onDesk('add', 'acme')).stderr).toMatch(/^workspace_list_unreadable: /);
  // Nor is that a reason not to open the desk.
  await served('acme');
  expect(readFileSync(file, 'utf8')).toBe('{"version":1,');
});

it('a desk that is served enters the list once it is set up, but not out of the temporary folder', async () => {
  await served('acme');
  await setUp(desk('acme'));
  expect(await list()).toEqual([]);

  // Another temporary folder, which is not even there: this one is a place like any other.
  const elsewhere = { TMPDIR: path.join(folder, 'tmp') };
  const app = await served('shop', elsewhere);
  expect(await list()).toEqual([]);
  await setUp(desk('shop'), ['--site', 'Shop']);
  await vi.waitUntil(async () => (await list()).length === 1, PATIENCE);
  const call = await windowOf(app.url);
  await call('settings.update', { siteName: 'Shop Ltd' });
  await app.end();
  expect(await list()).toMatchObject([{ name: 'Shop Ltd', folder: desk('shop'), presence: 'closed' }]);
});

it('goes to the owner of another workspace, or opens it for as long as it runs itself', async () => {
  for (const name of ['acme', 'shop']) {
    await setUp(desk(name), ['--site', name]);
    await onDesk('add', name);
  }
  seen.push(desk('shop'));
  const app = await served('acme');
  const call = await windowOf(app.url);
  const listed = (await call('workspaces.list')) as { canSwitch: boolean; workspaces: WorkspaceItem[] };
  expect(listed).toMatchObject({
    canSwitch: true,
    workspaces: [{ presence: 'here' }, { name: 'shop', presence: 'closed' }],
  });
  const key = listed.workspaces[1]?.key;
  const [first, second] = await Promise.all([
    call('workspaces.open', { key }),
    call('workspaces.open', { key }),
  ]);
  expect(second).toEqual(first);
  const { url } = first as { url: string };
  expect(await (await fetch(`${url}/trpc/system.status`)).text()).toContain('"siteName":"shop"');
  // Its sign-in is its own.
  const there = await windowOf(url);
  expect(await there('session.me')).toMatchObject({ viewer: { siteName: 'shop' } });
  expect(await there('workspaces.list')).toMatchObject({
    workspaces: [{ presence: 'open' }, { presence: 'here' }],
  });
  expect(await call('workspaces.open', { key })).toEqual({ url });

  const pid = readRunFile(path.join(desk('shop'), 'run.json'))?.pid ?? 0;
  expect(await app.end()).toBe(0);
  expect([isAlive(pid), existsSync(path.join(desk('shop'), 'desk.db-wal'))]).toEqual([false, false]);
});

it('a workspace that was opened ends in order even when its opener is killed', async () => {
  for (const name of ['acme', 'shop']) {
    await setUp(desk(name));
    await onDesk('add', name);
  }
  seen.push(desk('shop'));
  const app = await served('acme');
  const key = (await list())[1]?.key;
  await (await windowOf(app.url))('workspaces.open', { key });
  const pid = readRunFile(path.join(desk('shop'), 'run.json'))?.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  await app.end('SIGKILL');
  await vi.waitUntil(() => !isAlive(pid), PATIENCE);
  expect(existsSync(path.join(desk('shop'), 'run.json'))).toBe(false);
});

it('says why another workspace can’t be opened', async () => {
  for (const name of ['acme', 'shop']) {
    await setUp(desk(name));
    await onDesk('add', name);
  }
  writeFileSync(path.join(desk('shop'), 'staffdesk.json'), '{"prot": 1}');
  const app = await served('acme');
  const key = (await list())[1]?.key;
  expect(await (await windowOf(app.url))('workspaces.open', { key })).toBe('workspace_not_started');
});

it('adds a workspace with a folder and a port of its own, for the first-run screen', async () => {
  await setUp(desk('acme'));
  await onDesk('add', 'acme');
  const added = path.join(folder, 'added', 'workspace-2');
  seen.push(added);
  const app = await served('acme');
  const { url } = (await (await windowOf(app.url))('workspaces.add', {})) as { url: string };
  expect(await (await fetch(`${url}/trpc/system.status`)).text()).toContain('"state":"needs_setup"');
  const { port } = JSON.parse(readFileSync(path.join(added, 'staffdesk.json'), 'utf8')) as { port: number };
  expect(new URL(url).port).toBe(String(port));
  expect(await list()).toMatchObject([
    { presence: 'open' },
    { kind: 'new', folder: added, presence: 'open' },
  ]);
  // Set up there, it has its name here.
  await setUp(added, ['--site', 'Second']);
  await vi.waitUntil(async () => (await list())[1]?.name === 'Second', PATIENCE);
  await app.end();
  expect(await list()).toMatchObject([{}, { name: 'Second', kind: 'local', presence: 'closed' }]);
});
