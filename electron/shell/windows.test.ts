import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type BrowserWindow, fake, nativeTheme } from '../../test/fakes/electron.ts';
import { createMainWindow, type MainWindow } from './windows.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

let folder: string;
let main: MainWindow;
const settle = () => new Promise((resolve) => setImmediate(resolve));
function only(): BrowserWindow {
  const [window] = fake.windows;
  if (!window || fake.windows.length !== 1) throw new Error(`${fake.windows.length} windows are open`);
  return window;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-windows-'));
  fake.windows.length = 0;
  fake.protocols.set('app', () => Promise.resolve(new Response('page')));
  main = createMainWindow(folder, '/preload.cjs');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is locked down, not too small, and seen only when there is something to see', async () => {
  main.show();
  expect(only().options).toMatchObject({
    show: false,
    minWidth: 960,
    minHeight: 600,
    webPreferences: {
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      plugins: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  expect(only().isVisible).toBe(false);
  await settle();
  expect([only().isVisible, only().page?.text]).toEqual([true, 'page']);
});

it('is one window, brought back when asked for again', async () => {
  main.show();
  await settle();
  only().isSmall = true;
  main.show();
  expect(only().isSmall).toBe(false);
});

it('opens where and as it was closed', async () => {
  main.show();
  only().maximize();
  main.setTheme('dark');
  expect(await main.close()).toBe(true);
  expect(main.current()).toBeNull();
  expect(JSON.parse(readFileSync(path.join(folder, 'window.json'), 'utf8'))).toMatchObject({
    isMaximized: true,
    theme: 'dark',
  });
  nativeTheme.themeSource = 'system';
  createMainWindow(folder, '/preload.cjs').show();
  expect([only().isLarge, nativeTheme.themeSource]).toEqual([true, 'dark']);
});

it('opens for a command and passes it on', () => {
  main.send({ type: 'open_ticket', ticketId: 7 });
  expect(only().webContents.sent).toEqual([
    { channel: 'staffdesk:command', data: { type: 'open_ticket', ticketId: 7 } },
  ]);
});

const OTHER = 'app://aaaaaaaaaaaa.staffdesk';
const open = (ticketId: number) => ({ type: 'open_ticket', ticketId }) as const;

it('goes to a desk’s page before it is told something about it', async () => {
  main.show();
  await settle();
  main.send(open(1), 'app://staffdesk');
  main.send(open(2), OTHER);
  expect(only().webContents.sent.map(({ data }) => data)).toEqual([open(1)]);
  await settle();
  expect(main.origin()).toBe(OTHER);
  expect(only().webContents.sent.map(({ data }) => data)).toEqual([open(1), open(2)]);
});

it('opens again at the desk it was closed at, or at the one it is about', async () => {
  main.show();
  await settle();
  main.goTo(OTHER);
  await settle();
  await main.close();
  expect(main.origin()).toBeNull();
  main.show();
  await settle();
  expect(main.origin()).toBe(OTHER);
  await main.close();
  main.send(open(3), 'app://staffdesk');
  expect([main.origin(), only().webContents.sent.length]).toEqual(['app://staffdesk', 1]);
});

it('loads again only the page of the desk that is meant', async () => {
  main.show();
  await settle();
  let loads = 0;
  only().webContents.events.on('did-finish-load', () => {
    loads += 1;
  });
  main.reload(OTHER);
  await settle();
  main.reload('app://staffdesk');
  await settle();
  expect(loads).toBe(1);
});

it('stays when the page has something to lose, and closes when there is none', async () => {
  expect(await main.close()).toBe(true);
  main.show();
  only().keepsOpen = true;
  expect(await main.close()).toBe(false);
  only().keepsOpen = false;
  expect(await main.close()).toBe(true);
});

it('loads a crashed page again, but not for ever', async () => {
  main.show();
  await settle();
  let loads = 0;
  only().webContents.events.on('did-finish-load', () => {
    loads += 1;
  });
  const crash = (reason: string) => only().webContents.events.emit('render-process-gone', {}, { reason });
  crash('clean-exit');
  for (let count = 0; count < 5; count += 1) crash('crashed');
  await settle();
  expect(loads).toBe(3);
});
