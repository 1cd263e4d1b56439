import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { buildApp } from '../../build/build.ts';
import type { WorkspaceItem, WorkspaceList } from '../../shared/contract/workspaces.ts';
import type { Result } from '../../shared/util/result.ts';
import { PASSWORD, runCli, serve, setUp } from '../support/cli.ts';
import { DesktopProgram, dataOf, type Look, mutation, type Page } from '../support/desktopProgram.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

// Several workspaces in the desktop app: one core each, and pages that share nothing.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
const temporaryFolder = temporaryFolders();
/** Two desks that are set up; each test works on copies. */
const template = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-two-desks-'));
beforeAll(async () => {
  await buildApp({ renderer: true });
  await setUp(path.join(template, 'desk'), ['--site', 'First']);
  await setUp(path.join(template, 'second'), ['--site', 'Second']);
});
afterAll(() => rmSync(template, { recursive: true }));

let folder: string;
let program: DesktopProgram;
const env = () => ({ STAFFDESK_WORKSPACES: path.join(folder, 'workspaces.json') });
const desk = (...parts: string[]) => path.join(folder, ...parts);
beforeEach(async () => {
  folder = temporaryFolder();
  cpSync(template, folder, { recursive: true });
  await runCli(['workspaces', 'add', '--data', desk('second')], { env: env() });
  program = new DesktopProgram(folder);
  await program.load('/trpc/system.status');
});
afterEach(async () => {
  program.kill();
  await program.ended;
});

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const list = async (): Promise<WorkspaceItem[]> =>
  value(await program.invoke<Result<WorkspaceList>>('listWorkspaces')).workspaces;
const open = (key: string | undefined) => program.invoke<Result<{ url: string }>>('openWorkspace', { key });
const look = () => program.ask<Look>({ do: 'look' });
/** Leaves for a workspace as the page does, and answers its origin. */
async function goTo(name: string): Promise<string> {
  const { url } = value(await open((await list()).find((item) => item.name === name)?.key));
  await program.ask({ do: 'go', url });
  return new URL(url).href.replace(/\/$/, '');
}
const signIn = (origin: string) =>
  program.load(`${origin}/trpc/session.signIn`, mutation({ username: 'ada', password: PASSWORD }, origin));
const nameOfDesk = async (origin: string): Promise<string | undefined> =>
  dataOf<{ viewer: { siteName: string } | null }>(await program.load(`${origin}/trpc/session.me`)).viewer
    ?.siteName;

it('goes to another workspace and back: a core, an origin and a sign-in for each', async () => {
  expect(await list()).toMatchObject([
    { name: 'Second', presence: 'closed' },
    { name: 'First', presence: 'here' },
  ]);
  const second = await goTo('Second');
  expect(second).toMatch(/^app:\/\/[a-z0-9]{12}\.staffdesk$/);
  expect((await look()).url).toBe(`${second}/`);
  expect((await signIn(second)).status).toBe(200);
  expect([await nameOfDesk(second), await nameOfDesk('app://staffdesk')]).toEqual(['Second', undefined]);
  expect(await list()).toMatchObject([{ presence: 'here' }, { name: 'First', presence: 'open' }]);
  expect(await goTo('First')).toBe('app://staffdesk');
  expect((await signIn('app://staffdesk')).status).toBe(200);
  expect(await nameOfDesk('app://staffdesk')).toBe('First');
  expect(program.happened.filter((what) => what === 'core started')).toHaveLength(2);

  // A page of one can't write to the other, nor reach one that is not open.
  const foreign = await program.load('/trpc/session.signOut', mutation({}, second));
  expect(foreign.status).toBe(403);
  expect(await nameOfDesk('app://staffdesk')).toBe('First');
  expect((await program.load('app://aaaaaaaaaaaa.staffdesk/trpc/system.status')).status).toBe(404);

  await program.ask({ do: 'quit' });
  await program.ended;
  for (const name of ['desk', 'second'])
    expect([existsSync(desk(name, 'run.json')), existsSync(desk(name, 'desk.db-wal'))]).toEqual([
      false,
      false,
    ]);
});

it('stays signed in there, however the workspace is opened the next time', async () => {
  const second = await goTo('Second');
  await signIn(second);
  await program.ask({ do: 'quit' });
  await program.ended;
  program = new DesktopProgram(folder);
  await program.load('/trpc/system.status');
  expect(await nameOfDesk(await goTo('Second'))).toBe('Second');
});

it('adds a workspace with a folder of its own, in the state of a first run', async () => {
  const { url } = value(await program.invoke<Result<{ url: string }>>('addWorkspace'));
  await program.ask({ do: 'go', url });
  const origin = url.replace(/\/$/, '');
  expect(dataOf(await program.load(`${origin}/trpc/system.status`))).toMatchObject({ state: 'needs_setup' });
  expect(existsSync(desk('added', 'workspace-2', 'desk.db'))).toBe(true);
  expect(readFileSync(desk('added', 'workspace-2', 'staffdesk.json'), 'utf8')).toMatch(/^\{"port":8\d{3}\}/);
});

it('says where a workspace is that another process has open, and takes one off the list', async () => {
  const served = await serve(desk('second'));
  const key = (await list())[0]?.key;
  expect(await open(key)).toMatchObject({
    ok: false,
    error: { code: 'workspace_served_elsewhere', message: expect.stringContaining(served.url) as string },
  });
  expect((await look()).url).toBe('app://staffdesk/');
  await served.end();
  expect(await program.invoke('forgetWorkspace', { key })).toEqual({ ok: true });
  expect((await list()).map(({ name }) => name)).toEqual(['First']);
});

it('closes a workspace that a command stops, and shows the first one again', async () => {
  const second = await goTo('Second');
  await program.load(`${second}/trpc/system.status`);
  await runCli(['stop', '--data', desk('second')]);
  await vi.waitUntil(async () => (await look()).url === 'app://staffdesk/', { timeout: 20_000 });
  await vi.waitUntil(() => program.happened.includes('core ended'), { timeout: 20_000 });
  expect(dataOf<{ siteName: string }>(await program.load('/trpc/system.status')).siteName).toBe('First');
  // It opens again when it is asked for.
  expect(await goTo('Second')).toBe(second);
  const page: Page = await program.load(`${second}/trpc/system.status`);
  expect(dataOf<{ siteName: string }>(page).siteName).toBe('Second');
});
