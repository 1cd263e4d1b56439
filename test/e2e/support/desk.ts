import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { slowProcess } from './slow.ts';
import { slowDown } from './test.ts';

const CLI = resolve(import.meta.dirname, '../../../dist/core/cli.mjs');
export const ADMIN = {
  username: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@acme.example',
  password: 'correct horse',
};

const ENV = {
  ...process.env,
  // The keychain of whoever runs the tests is not theirs to write into.
  STAFFDESK_USE_KEYCHAIN: 'no',
  // A process for each desk and each command: compiled once is enough.
  NODE_COMPILE_CACHE: resolve(import.meta.dirname, '../../../.cache/test/compiled'),
};

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one CLI command to its end. */
export async function cli(
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = ENV,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: 'pipe', env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const templates = new Map<string, Promise<string>>();

/** A desk as the CLI sets it up: once for all tests of a process, each works on a copy. */
function installed(site: string): Promise<string> {
  const known = templates.get(site) ?? makeTemplate(site);
  templates.set(site, known);
  return known;
}

async function makeTemplate(site: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'staffdesk-e2e-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await install(folder, site);
  return folder;
}

async function install(folder: string, site: string): Promise<void> {
  const { username, name, email, password } = ADMIN;
  const options = { site, 'admin-username': username, 'admin-name': name, 'admin-email': email };
  const args = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
  const done = await cli(['setup', '--data', folder, ...args, '--admin-password-stdin'], password);
  expect(done, done.stderr).toMatchObject({ code: 0 });
}

/** One desk in a folder of its own, served by the built CLI as a person would start it. */
export class Desk {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'staffdesk-e2e-'));
  /** What this machine's user has beside desks: the list of workspaces, and the folders of those added in a window. */
  readonly user: string;
  url = '';
  #server: ChildProcess | null = null;
  #port = 0;

  /** `of`: another desk of the same user. */
  constructor({ of: other }: { of?: Desk } = {}) {
    this.user = other?.user ?? mkdtempSync(join(tmpdir(), 'staffdesk-e2e-user-'));
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      ...ENV,
      STAFFDESK_WORKSPACES: join(this.user, 'workspaces.json'),
      STAFFDESK_WORKSPACES_DIR: join(this.user, 'added'),
    };
  }

  async serve(): Promise<void> {
    this.#port ||= await freePort();
    const args = [CLI, 'serve', '--data', this.dataDir, '--port', String(this.#port), '--no-open'];
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: this.#env });
    this.#server = server;
    slowProcess(server);
    let said = '';
    for await (const chunk of server.stdout) {
      said += String(chunk);
      const address = /Staffdesk is listening on (\S+)/.exec(said)?.[1];
      if (address) {
        this.url = address;
        return;
      }
    }
    throw new Error(`serve ended without listening: ${said}`);
  }

  /** A desk that is set up, without a screen; what the wizard does has its own test. */
  async setUp(site = 'Acme Support'): Promise<void> {
    // A running desk has its files open, and is set up beside its wizard.
    if (this.#server) await install(this.dataDir, site);
    else cpSync(await installed(site), this.dataDir, { recursive: true });
  }

  cli(command: string, ...args: string[]): Promise<CommandResult> {
    return this.cliWith('', command, ...args);
  }

  /** The same, with something on standard input. */
  cliWith(input: string, command: string, ...args: string[]): Promise<CommandResult> {
    const [verb = '', ...rest] = command.split(' ');
    return cli([verb, ...rest, '--data', this.dataDir, ...args], input, this.#env);
  }

  /** A token with every permission, made beside the running desk. */
  async token(): Promise<string> {
    const made = await this.cli('token create', '--name', 'e2e', '--permissions', 'all', '--ip', '127.0.0.1');
    expect(made, made.stderr).toMatchObject({ code: 0 });
    return made.stdout.trim();
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }

  async remove(): Promise<void> {
    await this.stop();
    for (const folder of [this.dataDir, this.user]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls the HelpDeskZ API with multipart form fields, as its published curl lines do. */
export async function callApi(
  desk: Desk,
  token: string,
  path: string,
  fields?: Record<string, string | File>,
): Promise<unknown> {
  const headers = { Token: token };
  if (!fields) return (await fetch(desk.url + path, { headers })).json();
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return (await fetch(desk.url + path, { method: 'POST', headers, body })).json();
}

/** Fills the sign-in screen in, and no more: what comes next depends on the account. */
export async function signInAs(page: Page, desk: Desk, username: string, password: string): Promise<void> {
  await page.goto(desk.url);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function openSetup(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: 'Setup' }).click();
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name: section }).click();
  await expect(
    page.getByRole('region', { name: section, exact: true }).getByRole('heading', { level: 2 }),
  ).toBeVisible();
}

/** Someone else at another machine. */
export async function anotherPerson(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await slowDown(page);
  return page;
}

/** Ada is at her desk. How she signs in is the subject of signIn.spec.ts; here it only takes her time. */
export async function signIn(
  page: Page,
  desk: Desk,
  { username, password }: Pick<typeof ADMIN, 'username' | 'password'> = ADMIN,
): Promise<void> {
  const answer = await page.request.post(`${desk.url}/trpc/session.signIn`, {
    headers: { origin: desk.url },
    data: { username, password },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.goto(desk.url);
  await expect(page.getByRole('navigation')).toBeVisible();
}
