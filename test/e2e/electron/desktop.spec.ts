import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type ElectronApplication, _electron as electron, expect, type Page, test } from '@playwright/test';
import { electronExecutable } from '../../../build/electronRuntime.ts';
import { root } from '../../../build/lib/paths.ts';
import { readRunFile } from '../../../electron/core/host/runFile.ts';

// The real Electron, the real window. Runs where the runtime is installed (the CI workflow's three systems).

let folder: string;
let app: ElectronApplication;

async function start(): Promise<Page> {
  const executablePath = electronExecutable();
  if (!executablePath) throw new Error('runtime not installed');
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Electron's own switch would turn the app into plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  const env = Object.fromEntries(
    Object.entries(inherited).filter((pair): pair is [string, string] => !!pair[1]),
  );
  app = await electron.launch({
    executablePath,
    args: [...sandbox, root, '--data', path.join(folder, 'desk'), '--port', '0'],
    env: {
      ...env,
      XDG_CONFIG_HOME: path.join(folder, 'config'),
      STAFFDESK_WORKSPACES: path.join(folder, 'workspaces.json'),
      STAFFDESK_WORKSPACES_DIR: path.join(folder, 'added'),
    },
  });
  const page = await app.firstWindow();
  await page.waitForLoadState();
  return page;
}

/** Calls the app API as the window does. */
const call = (page: Page, procedure: string, input?: object): Promise<unknown> =>
  page.evaluate(
    async ([name, body]) => {
      const init = body
        ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
        : {};
      const answer = (await (await fetch(`/trpc/${name}`, init)).json()) as { result: { data: unknown } };
      return answer.result.data;
    },
    [procedure, input] as const,
  );

const install = {
  siteName: 'Acme',
  admin: { username: 'ann', name: 'Ann Lee', email: 'ann@acme.example', password: 'correct horse' },
};

test.beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-desktop-'));
});
test.afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

test('opens one window on our own address, locked down', async () => {
  const page = await start();
  expect(page.url()).toBe('app://staffdesk/');
  await expect(page).toHaveTitle(/Staffdesk/);
  const facts = await page.evaluate(() => ({
    require: 'require' in window,
    process: 'process' in window,
    bridge: Object.keys((window as unknown as { desktop: object }).desktop).sort(),
    isSecure: window.isSecureContext,
  }));
  expect(facts).toEqual({ require: false, process: false, bridge: ['invoke', 'onCommand'], isSecure: true });
  const minimum = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
  );
  expect(minimum).toEqual([960, 600]);
});

test('runs no code but its own', async () => {
  const page = await start();
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.head.append(script);
    const foreign = await fetch('https://example.com/').then(
      () => true,
      () => false,
    );
    return { inline: 'wasRun' in window, foreign };
  });
  expect(ran).toEqual({ inline: false, foreign: false });
});

test('stays where it is: no other page, no other window', async () => {
  const page = await start();
  // Nothing may really open in the browser of the machine that runs this.
  await app.evaluate(({ shell }) => {
    shell.openExternal = () => Promise.resolve();
  });
  await page.evaluate(() => {
    window.open('https://example.com/');
    window.open('file:///etc/passwd');
    window.location.assign('https://example.com/');
  });
  await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
  expect(page.url()).toBe('app://staffdesk/');
  expect(app.windows()).toHaveLength(1);
});

test('reaches the core through the scheme, and scripts reach the API', async () => {
  const page = await start();
  expect(await call(page, 'system.status')).toMatchObject({ state: 'needs_setup' });
  await call(page, 'system.install', install);
  expect(await call(page, 'session.me')).toMatchObject({ viewer: { staff: { name: 'Ann Lee' } } });
  const apiBaseUrl = readRunFile(path.join(folder, 'desk', 'run.json'))?.apiBaseUrl;
  expect((await fetch(`${apiBaseUrl}/api/tickets`)).status).toBe(400);
});

test('streams an upload and an event through the scheme', async () => {
  const page = await start();
  await call(page, 'system.install', install);
  const upload = await page.evaluate(async () => {
    const body = new Blob([new Uint8Array(3_000_000)], { type: 'application/octet-stream' });
    const answer = await fetch('/files/uploads?name=big.bin', { method: 'POST', body });
    return [answer.status, (await answer.json()) as unknown];
  });
  expect(upload).toMatchObject([200, { sizeBytes: 3_000_000 }]);
  const first = await page.evaluate(async () => {
    const reader = (await fetch('/events?since=0')).body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    await reader?.cancel();
    return new TextDecoder().decode(value);
  });
  expect(first).toContain('event: hello');
});

test('comes back as it was after quitting', async () => {
  await call(await start(), 'system.install', install);
  await app.close();
  const page = await start();
  expect(await call(page, 'system.status')).toMatchObject({ state: 'ready', siteName: 'Acme' });
});

test('goes to another workspace, whose pages share nothing with the first, and back', async () => {
  const page = await start();
  await call(page, 'system.install', install);
  await page.reload();
  await page.evaluate(() => localStorage.setItem('of the first', 'yes'));
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  await page.getByRole('dialog', { name: 'Add a workspace' }).getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome to Staffdesk' })).toBeVisible();
  expect(page.url()).toMatch(/^app:\/\/[a-z0-9]{12}\.staffdesk\//);
  expect(await page.evaluate(() => localStorage.getItem('of the first'))).toBe(null);
  expect(await call(page, 'session.me')).toEqual({ viewer: null });
  await page.getByRole('button', { name: 'Other workspace' }).click();
  await expect(page.getByRole('button', { name: 'Acme: desk menu' })).toBeVisible();
  expect(page.url()).toBe('app://staffdesk/');
  expect(await call(page, 'session.me')).toMatchObject({ viewer: { staff: { name: 'Ann Lee' } } });
});
