import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Names under which systems install browsers that know `--app`. */
const LINUX_NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
  'brave',
  'vivaldi',
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser', 'Vivaldi'];
const WINDOWS_PATHS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

/** Where a browser of the Chromium family may lie on this system, best first. */
export function browserCandidates(env: Env, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return WINDOWS_PATHS.flatMap((parts) => roots.flatMap((root) => (root ? [join(root, ...parts)] : [])));
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', join(homedir(), 'Applications')];
    return MAC_APPS.flatMap((app) => roots.map((root) => join(root, `${app}.app`, 'Contents', 'MacOS', app)));
  }
  const folders = (env.PATH ?? '').split(':').filter(Boolean);
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Whether there is a screen to open a window on. */
function hasScreen(env: Env, platform: NodeJS.Platform): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

export function findBrowser(env: Env, platform: NodeJS.Platform): string | undefined {
  if (!hasScreen(env, platform)) return undefined;
  return browserCandidates(env, platform).find(isExecutable);
}

/** A profile of its own per desk: the window is an app of its own, and no extension reads it. */
function profileFolder(workspaceId: string, env: Env, platform: NodeJS.Platform): string {
  const name = `window-${workspaceId}`;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? homedir(), 'Staffdesk', name);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Staffdesk', name);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'staffdesk', name);
}

/** What the browser is started with. As root (containers) Chromium refuses to run its sandbox. */
export function windowArguments(url: string, profile: string, isRoot: boolean): string[] {
  const flags = ['--no-first-run', '--no-default-browser-check', `--user-data-dir=${profile}`];
  return [`--app=${url}`, ...flags, ...(isRoot ? ['--no-sandbox'] : [])];
}

/**
 * Opens `url` as an app window of an installed Chromium-family browser. False when there is none or it does not
 * start. A second window of the same desk goes to the browser that runs already.
 */
export async function openWindow(
  url: string,
  workspaceId: string,
  env: Env = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const browser = findBrowser(env, platform);
  if (browser === undefined) return false;
  const isRoot = platform === 'linux' && process.getuid?.() === 0;
  const args = windowArguments(url, profileFolder(workspaceId, env, platform), isRoot);
  return new Promise((settle) => {
    const child = spawn(browser, args, { detached: true, stdio: 'ignore' });
    child.once('error', () => settle(false));
    child.once('spawn', () => {
      child.unref();
      settle(true);
    });
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
