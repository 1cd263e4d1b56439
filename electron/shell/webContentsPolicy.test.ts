import { beforeAll, expect, it, vi } from 'vitest';
import { BrowserWindow, fake, session } from '../../test/fakes/electron.ts';
import { applyWebSecurity, openExternal } from './webContentsPolicy.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

let window: BrowserWindow;
beforeAll(() => {
  applyWebSecurity(session.defaultSession as unknown as Electron.Session);
  window = new BrowserWindow();
});

const goes = (name: string, url: string, isMainFrame: boolean) =>
  fake.emitPreventable(window.webContents.events, name, { url, isMainFrame });

it.each(['will-frame-navigate', 'will-redirect'])('judges every page and frame on %s', (name) => {
  expect(goes(name, 'app://staffdesk/tickets/2', true)).toBe(true);
  expect(goes(name, 'app://staffdesk/files/mail/2', false)).toBe(true);
  expect(goes(name, 'app://staffdesk/', false)).toBe(false);
  fake.openedExternally.length = 0;
  expect(goes(name, 'https://example.com/a', false)).toBe(false);
  expect(goes(name, 'file:///etc/passwd', true)).toBe(false);
  expect(fake.openedExternally).toEqual(['https://example.com/a']);
});

it('opens no window: addresses leave, our files are saved', () => {
  const open = (url: string) => window.webContents.openWindow?.({ url } as Electron.HandlerDetails).action;
  fake.openedExternally.length = 0;
  expect([
    open('https://example.com/'),
    open('app://staffdesk/files/attachments/1'),
    open('file:///x'),
  ]).toEqual(['deny', 'deny', 'deny']);
  expect(fake.openedExternally).toEqual(['https://example.com/']);
  expect(window.webContents.downloads).toEqual(['app://staffdesk/files/attachments/1']);
});

it('attaches no webview', () => {
  expect(fake.emitPreventable(window.webContents.events, 'will-attach-webview')).toBe(false);
});

it('answers permission requests, checks and device choices', () => {
  const { request, check, device } = fake.permissions;
  const contents = window.webContents as unknown as Electron.WebContents;
  const answers: boolean[] = [];
  const answer = (isAllowed: boolean) => void answers.push(isAllowed);
  const details = { requestingUrl: 'app://staffdesk/', isMainFrame: true };
  request?.(contents, 'notifications', answer, details);
  request?.(contents, 'media', answer, details);
  expect(answers).toEqual([true, false]);
  const checkDetails = { isMainFrame: true, requestingUrl: 'app://staffdesk/' };
  expect(check?.(contents, 'clipboard-sanitized-write', 'app://staffdesk/', checkDetails)).toBe(true);
  expect(check?.(contents, 'geolocation', 'app://staffdesk/', checkDetails)).toBe(false);
  expect(device?.({ deviceType: 'hid', origin: 'app://staffdesk', device: {} as Electron.HIDDevice })).toBe(
    false,
  );
});

it('says whether an address was opened', async () => {
  expect(await openExternal('mailto:ann@acme.example')).toBe(true);
  expect(await openExternal('file:///etc/passwd')).toBe(false);
});
