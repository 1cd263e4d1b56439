import os from 'node:os';
import path from 'node:path';

/** Where a person's desk lives when they name no folder; the convention of each system. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = os.homedir();
  if (platform === 'win32') {
    return path.join(env.APPDATA ?? path.join(home, 'AppData', 'Roaming'), 'Staffdesk');
  }
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Staffdesk');
  // XDG base directory specification: a relative value must be ignored.
  const xdg = env.XDG_DATA_HOME;
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share'), 'staffdesk');
}
