import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { DesktopBridge, ShellCommand } from '../shared/contract/desktopBridge.ts';
import { exposed, fake } from '../test/fakes/electron.ts';

vi.mock('electron', () => import('../test/fakes/electron.ts'));

let desktop: DesktopBridge;
const invoked: unknown[] = [];
let answer: unknown;
const fromShell = (data: unknown) => fake.appEvents.emit('staffdesk:command', {}, data);

beforeAll(async () => {
  await import('./preload.ts');
  desktop = exposed.get('desktop') as DesktopBridge;
});
beforeEach(() => {
  invoked.length = 0;
  for (const channel of ['openExternal', 'setBadge', 'info']) {
    fake.invokes.set(`staffdesk:${channel}`, (_event, data) => {
      invoked.push(data);
      return answer;
    });
  }
});

it('gives the page two functions and nothing of Electron', () => {
  expect([...exposed.keys()]).toEqual(['desktop']);
  expect(Object.keys(desktop).sort()).toEqual(['invoke', 'onCommand']);
});

it('keeps commands for a page that is not listening yet, then hands them over once', () => {
  const heard: ShellCommand[] = [];
  fromShell({ type: 'open_ticket', ticketId: 7 });
  const stop = desktop.onCommand((command) => heard.push(command));
  fromShell({ type: 'run_command', command: 'new_ticket' });
  fromShell({ type: 'run_shell', command: 'rm' });
  fromShell('open_ticket');
  expect(heard).toEqual([
    { type: 'open_ticket', ticketId: 7 },
    { type: 'run_command', command: 'new_ticket' },
  ]);
  stop();
  fromShell({ type: 'open_ticket', ticketId: 8 });
  expect(heard).toHaveLength(2);
});

it('checks what goes out and what comes back', async () => {
  answer = { opened: true };
  expect(await desktop.invoke('openExternal', { url: 'https://example.com' })).toEqual({ opened: true });
  expect(invoked).toEqual([{ url: 'https://example.com' }]);
  answer = { opened: 'yes' };
  await expect(desktop.invoke('openExternal', { url: 'https://example.com' })).rejects.toThrow();
  await expect(desktop.invoke('setBadge', { count: -1 })).rejects.toThrow();
  expect(invoked).toHaveLength(2);
});

it('asks without input and hears nothing where there is nothing to hear', async () => {
  answer = { platform: 'linux', version: '1.2.3' };
  expect(await desktop.invoke('info', undefined)).toEqual({ platform: 'linux', version: '1.2.3' });
  answer = undefined;
  expect(await desktop.invoke('setBadge', { count: 2 })).toBeUndefined();
});
