import os from 'node:os';
import path from 'node:path';

/** XDG base directory specification: a relative value must be ignored. */
const xdg = (value: string | undefined, fallback: readonly string[]): string =>
  value && path.isAbsolute(value) ? value : path.join(os.homedir(), ...fallback);

/** A folder for what people own, by the convention of each system; `part` names one of several. */
export function dataHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, part = ''): string {
  const name = part === '' ? 'Staffdesk' : `Staffdesk ${part}`;
  if (platform === 'win32') {
    return path.join(env.APPDATA ?? path.join(os.homedir(), 'AppData', 'Roaming'), name);
  }
  if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support', name);
  const folder = xdg(env.XDG_DATA_HOME, ['.local', 'share']);
  return path.join(folder, name.toLowerCase().replace(' ', '-'));
}

/** Where a person's desk lives when they name no folder. */
export const defaultDataDir = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string =>
  dataHome(env, platform);

/** Where the program keeps what it remembers for this user, apart from any desk. */
export function configFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32' || platform === 'darwin') return dataHome(env, platform, 'Settings');
  return path.join(xdg(env.XDG_CONFIG_HOME, ['.config']), 'staffdesk');
}
