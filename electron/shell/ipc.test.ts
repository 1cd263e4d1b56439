import type { WebContents, WebFrameMain } from 'electron';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeContract } from '../../shared/contract/desktopBridge.ts';
import { ok } from '../../shared/util/result.ts';
import { fake } from '../../test/fakes/electron.ts';
import { type BridgeHandlers, isTrustedSender, listenToBridge } from './ipc.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

const page = { url: 'app://staffdesk/tickets/1', parent: null } as WebFrameMain;
const contents = { mainFrame: page } as WebContents;
const mail = { url: 'app://staffdesk/files/mail/1', parent: page } as WebFrameMain;
const calls: unknown[] = [];
let infoAnswer: unknown;

const handlers: BridgeHandlers = {
  notify: (input) => void calls.push(input),
  setBadge: (input) => void calls.push(input),
  openExternal: (input) => {
    calls.push(input);
    return { opened: true };
  },
  saveFile: () => Promise.resolve({ savedTo: null }),
  setTheme: (input) => void calls.push(input),
  listWorkspaces: () => ok({ canSwitch: true, canChange: true, workspaces: [] }),
  openWorkspace: ({ key }) => ok({ url: key }),
  addWorkspace: () => ok({ url: '' }),
  forgetWorkspace: () => ok(undefined),
  info: () => infoAnswer as { platform: string; version: string },
};
beforeAll(() => listenToBridge(handlers));
beforeEach(() => {
  calls.length = 0;
});

/** What Electron does with a page's message: a handler that throws rejects the page's promise. */
function invoke(channel: string, data: unknown, senderFrame: WebFrameMain | null = page): Promise<unknown> {
  const event = { sender: contents, senderFrame } as Electron.IpcMainInvokeEvent;
  return new Promise((resolve) => resolve(fake.invokes.get(`staffdesk:${channel}`)?.(event, data)));
}

it('listens to every message of the contract and to no other', () => {
  expect([...fake.invokes.keys()].sort()).toEqual(
    Object.keys(bridgeContract)
      .map((channel) => `staffdesk:${channel}`)
      .sort(),
  );
});

describe('isTrustedSender', () => {
  it.each([
    ['our page', page, true],
    ['a mail inside our page', mail, false],
    ['a frame that is gone', null, false],
  ])('%s: %s', (_name, senderFrame, isTrusted) => expect(isTrustedSender(senderFrame)).toBe(isTrusted));

  it.each(['https://evil.example/', 'app://evil/', 'file:///index.html', 'about:blank', ''])(
    'a window that shows %s: false',
    (url) => {
      expect(isTrustedSender({ url, parent: null })).toBe(false);
    },
  );
});

it('hands over what is valid and answers', async () => {
  expect(await invoke('openExternal', { url: 'https://example.com' })).toEqual({ opened: true });
  expect(calls).toEqual([{ url: 'https://example.com' }]);
});

it.each([
  ['notify', { title: 'x'.repeat(201), body: '', ticketId: null }],
  ['setBadge', { count: -1 }],
  ['setBadge', undefined],
  ['openExternal', { url: 7 }],
  ['setTheme', { theme: 'pink' }],
])('refuses %s with wrong input', async (channel, data) => {
  await expect(invoke(channel, data)).rejects.toThrow(`${channel}: invalid input`);
  expect(calls).toEqual([]);
});

it('refuses a mail’s frame', async () => {
  await expect(invoke('setBadge', { count: 1 }, mail)).rejects.toThrow('setBadge: refused');
  await expect(invoke('setBadge', { count: 1 }, null)).rejects.toThrow('setBadge: refused');
  expect(calls).toEqual([]);
});

it('answers only what the contract says', async () => {
  infoAnswer = { platform: 'linux', version: '1', secret: 's' };
  expect(await invoke('info', undefined)).toEqual({ platform: 'linux', version: '1' });
  infoAnswer = { platform: 'linux' };
  await expect(invoke('info', undefined)).rejects.toThrow();
});
