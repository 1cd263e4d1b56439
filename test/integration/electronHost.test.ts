import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildApp } from '../../build/build.ts';
import { fromRoot } from '../../build/lib/paths.ts';
import { readRunFile } from '../../electron/core/host/runFile.ts';
import { DesktopProgram, dataOf, type Look, mutation, type Page } from '../support/desktopProgram.ts';

let folder: string;
const programs: DesktopProgram[] = [];
function start(env: NodeJS.ProcessEnv = {}): DesktopProgram {
  const program = new DesktopProgram(folder, env);
  programs.push(program);
  return program;
}
const desk = (name: string) => path.join(folder, 'desk', name);
const apiUrl = () => readRunFile(desk('run.json'))?.apiBaseUrl ?? 'no API';

beforeAll(() => buildApp({ renderer: true }), 120_000);
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-electron-'));
});
afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.kill();
    await program.ended;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

const install = {
  siteName: 'Acme',
  admin: { username: 'ann', name: 'Ann Lee', email: 'ann@acme.example', password: 'correct horse' },
};
/** The command line beside the running app. */
async function runCli(...args: string[]): Promise<string> {
  const cli = fromRoot('dist/core/cli.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [
    cli,
    ...args,
    '--data',
    path.join(folder, 'desk'),
  ]);
  return stdout.trim();
}
it('opens its window, runs the real core and answers the API and the page', { timeout: 60_000 }, async () => {
  const program = start();
  const status = dataOf<{ state: string }>(await program.load('/trpc/system.status'));
  expect(status.state).toBe('needs_setup');

  const seen = await program.ask<Look>({ do: 'look' });
  expect(seen).toMatchObject({ windows: 1, isVisible: true, page: { status: 200 } });
  expect(seen.page?.text).toContain('<title>Staffdesk</title>');
  expect(seen.userData.startsWith(path.join(folder, 'app'))).toBe(true);

  const installed = await program.load('/trpc/system.install', mutation(install));
  expect(installed.status).toBe(200);
  expect(installed.headers).not.toHaveProperty('x-staffdesk-session');
  const me = dataOf<{ viewer: { staff: { name: string } } | null }>(await program.load('/trpc/session.me'));
  expect(me.viewer?.staff.name).toBe('Ann Lee');

  // The API as a script reaches it, and no window there.
  const token = await runCli('token', 'create', '--name', 'script', '--permissions', 'all');
  const answer = await fetch(`${apiUrl()}/api/departments`, { headers: { token } });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('General')]);
  expect((await fetch(`${apiUrl()}/api/departments`)).status).toBe(400);
  expect(await (await fetch(`${apiUrl()}/trpc/system.status`)).text()).toContain('Page not found');
});

it('answers other systems’ clients where it answers scripts, once that is switched on', {
  timeout: 60_000,
}, async () => {
  const program = start();
  await program.load('/trpc/system.install', mutation(install));
  const signIn = async (): Promise<string> => {
    const body = new URLSearchParams({ username: 'ann', password: 'correct horse' });
    return (await fetch(`${apiUrl()}/api/v1/authenticate`, { method: 'POST', body })).text();
  };
  expect(await signIn()).toContain('Page not found');

  const faveoSignIn = { isOn: true, tokenMinutes: 60, isKeyRequired: false };
  const changed = await program.load('/trpc/settings.update', mutation({ faveoSignIn }));
  expect(changed.status).toBe(200);
  const { token } = JSON.parse(await signIn()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const departments = await fetch(`${apiUrl()}/api/departments`, { headers });
  expect([departments.status, await departments.text()]).toEqual([200, expect.stringContaining('General')]);
  // It opens the API and no window.
  const counts = await program.load('/trpc/session.signOut', mutation({}));
  expect(counts.status).toBe(200);
  expect(
    (await program.ask<Page>({ do: 'fetch', url: 'app://staffdesk/trpc/queues.counts', headers })).status,
  ).toBe(401);
});

it('closes in order when a command asks for it', { timeout: 60_000 }, async () => {
  const program = start();
  await program.load('/trpc/system.status');
  await runCli('stop');
  await program.ended;
  expect(program.happened.slice(-3)).toEqual(['window closed', 'core ended', 'program ended']);
});

it('quits in order and leaves a closed database', { timeout: 60_000 }, async () => {
  const program = start();
  await program.load('/trpc/system.install', mutation(install));
  await program.ask({ do: 'quit' });
  await program.ended;
  expect(program.happened).toEqual([
    'core started',
    'window opened',
    'window closed',
    'core ended',
    'program ended',
  ]);
  expect([
    existsSync(desk('desk.db')),
    existsSync(desk('desk.db-wal')),
    existsSync(desk('run.json')),
  ]).toEqual([true, false, false]);
});

it('stays signed in from one start to the next', { timeout: 60_000 }, async () => {
  const first = start();
  await first.load('/trpc/system.install', mutation(install));
  await first.ask({ do: 'close window' });
  await first.ended;

  const second = start();
  const me = dataOf<{ viewer: { staff: { name: string } } | null }>(await second.load('/trpc/session.me'));
  expect(me.viewer?.staff.name).toBe('Ann Lee');
  await second.load('/trpc/session.signOut', mutation({}));
  expect(dataOf(await second.load('/trpc/session.me'))).toEqual({ viewer: null });
});

it('starts a killed core again, and the window goes on', { timeout: 60_000 }, async () => {
  const program = start();
  await program.load('/trpc/system.install', mutation(install));
  await program.ask({ do: 'kill core' });
  await expect.poll(() => program.happened.filter((what) => what === 'core ended').length).toBe(1);
  const me = dataOf<{ viewer: object | null }>(await program.load('/trpc/session.me'));
  expect(me.viewer).not.toBeNull();
  expect(program.happened.filter((what) => what === 'core started')).toHaveLength(2);
});

it('says honestly that another process owns the desk, and opens it once that is gone', {
  timeout: 60_000,
}, async () => {
  const owner = start();
  await owner.load('/trpc/system.status');
  const program = start({ FAKE_APP_DATA: path.join(folder, 'other app') });
  await expect.poll(async () => (await program.load('/')).status, { timeout: 20_000 }).toBe(503);
  const page = await program.load('/');
  expect(page.text).toContain('Another Staffdesk process is using this desk.');
  expect(page.text).toContain(path.join(folder, 'desk'));

  await owner.ask({ do: 'quit' });
  await owner.ended;
  expect((await program.load('/shell/retry')).status).toBe(303);
  expect((await program.load('/trpc/system.status')).status).toBe(200);
  expect((await program.load('/')).status).toBe(200);
});

it('leaves at once when the same desk is open in another window', { timeout: 60_000 }, async () => {
  const program = start({ FAKE_HAS_LOCK: 'no' });
  await program.ended;
  expect(program.happened).toEqual(['program ended']);
});

it('brings its window back when the app is started again', { timeout: 60_000 }, async () => {
  const program = start();
  await program.load('/trpc/system.status');
  await program.ask({ do: 'second instance' });
  expect(await program.ask<Look>({ do: 'look' })).toMatchObject({ windows: 1, isVisible: true });
});

it('has a preload script that a sandboxed window can load', () => {
  const script = readFileSync(fromRoot('dist/electron/preload.cjs'), 'utf8');
  const required = [...script.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name);
  expect(required.length).toBeGreaterThan(0);
  // A sandboxed preload script may require nothing but these, and no files.
  for (const name of required) expect(['"electron"', '"events"', '"timers"', '"url"']).toContain(name);
});
