import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserCandidates, findBrowser, openWindow, windowArguments } from './openWindow.ts';

describe('browserCandidates', () => {
  it('knows where each system keeps its browsers', () => {
    const windows = browserCandidates({ PROGRAMFILES: 'C:\\Programs', LOCALAPPDATA: 'C:\\Local' }, 'win32');
    expect(windows.some((path) => path.includes('Programs') && path.endsWith('chrome.exe'))).toBe(true);
    expect(windows.some((path) => path.includes('Local') && path.endsWith('msedge.exe'))).toBe(true);
    expect(browserCandidates({}, 'darwin')[0]).toContain('Google Chrome.app');
    expect(browserCandidates({ PATH: '/usr/bin:/snap/bin' }, 'linux')).toContain('/snap/bin/chromium');
  });
});

describe('windowArguments', () => {
  it('opens an app window on a profile of its own, with the sandbox unless it is root', () => {
    const args = windowArguments('http://127.0.0.1:8484', '/cache/window-x', false);
    expect(args).toContain('--app=http://127.0.0.1:8484');
    expect(args).toContain('--user-data-dir=/cache/window-x');
    expect(args).not.toContain('--no-sandbox');
    expect(windowArguments('http://127.0.0.1:8484', '/cache', true)).toContain('--no-sandbox');
  });
});

describe('openWindow', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'staffdesk-browser-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const browser = () => {
    const file = join(folder, 'chromium');
    writeFileSync(
      file,
      `#!/bin/sh\necho "$1" > "${folder}/seen.tmp"; mv "${folder}/seen.tmp" "${folder}/seen"\n`,
    );
    chmodSync(file, 0o755);
    return { PATH: `${folder}:/usr/bin:/bin`, DISPLAY: ':0', XDG_CACHE_HOME: folder };
  };

  it.runIf(process.platform !== 'win32')('finds none without a screen and none that is not installed', () => {
    expect(findBrowser({ ...browser(), DISPLAY: undefined }, 'linux')).toBeUndefined();
    expect(findBrowser({ PATH: join(folder, 'nowhere'), DISPLAY: ':0' }, 'linux')).toBeUndefined();
    expect(findBrowser(browser(), 'linux')).toBe(join(folder, 'chromium'));
  });

  // The stand-in for a browser is a shell script.
  it.runIf(process.platform !== 'win32')('starts the browser it found', async () => {
    const seen = join(folder, 'seen');
    expect(await openWindow('http://127.0.0.1:8484', 'x', browser(), 'linux')).toBe(true);
    while (!existsSync(seen)) await setTimeout(10);
    expect(readFileSync(seen, 'utf8').trim()).toBe('--app=http://127.0.0.1:8484');
  });

  it('says so when there is none', async () => {
    expect(await openWindow('http://127.0.0.1:8484', 'x', { PATH: folder, DISPLAY: ':0' }, 'linux')).toBe(
      false,
    );
  });
});
