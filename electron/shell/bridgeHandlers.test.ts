import { beforeEach, expect, it, vi } from 'vitest';
import type { ShellCommand } from '../../shared/contract/desktopBridge.ts';
import { fake } from '../../test/fakes/electron.ts';
import { bridgeHandlers } from './bridgeHandlers.ts';
import type { MainWindow } from './windows.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

const sent: (ShellCommand | 'show')[] = [];
const origins: (string | undefined)[] = [];
const themes: string[] = [];
const window: MainWindow = {
  show: () => void sent.push('show'),
  send: (command, origin) => {
    sent.push(command);
    origins.push(origin);
  },
  goTo: () => {},
  reload: () => {},
  origin: () => null,
  setTheme: (theme) => void themes.push(theme),
  current: () => null,
  close: () => Promise.resolve(true),
};
const handlers = bridgeHandlers(window, () => Promise.reject(new Error('asked the core')));
const ELSEWHERE = 'app://aaaaaaaaaaaa.staffdesk';
const sender = { mainFrame: { url: `${ELSEWHERE}/` } } as Electron.WebContents;
beforeEach(() => {
  sent.length = 0;
  fake.notices.length = 0;
});

it('shows a notification whose click opens the ticket at its own desk, once', async () => {
  await handlers.notify({ title: 'Ann Lee', body: 'Printer', ticketId: 4711 }, sender);
  expect(fake.notices).toMatchObject([{ title: 'Ann Lee', body: 'Printer' }]);
  fake.notices[0]?.events.emit('click');
  fake.notices[0]?.events.emit('click');
  expect(sent).toEqual([{ type: 'open_ticket', ticketId: 4711 }]);
  expect(origins).toEqual([ELSEWHERE]);
});

it('shows the window for a notification about no ticket', async () => {
  await handlers.notify({ title: '3 new tickets', body: '', ticketId: null }, sender);
  fake.notices[0]?.events.emit('click');
  expect(sent).toEqual(['show']);
});

it('sets badge and theme, opens addresses and says what it is', async () => {
  await handlers.setBadge({ count: 3 }, sender);
  await handlers.setTheme({ theme: 'dark' }, sender);
  expect([fake.badge, themes]).toEqual([3, ['dark']]);
  expect(await handlers.openExternal({ url: 'https://example.com/' }, sender)).toEqual({ opened: true });
  expect(await handlers.openExternal({ url: 'smb://x/' }, sender)).toEqual({ opened: false });
  expect(await handlers.info(undefined, sender)).toEqual({
    platform: process.platform,
    version: '0.0.0-fake',
  });
});
