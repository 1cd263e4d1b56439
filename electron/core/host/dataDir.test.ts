import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { defaultDataDir } from './dataDir.ts';

const home = os.homedir();

it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ['linux', {}, path.join(home, '.local', 'share', 'staffdesk')],
  ['linux', { XDG_DATA_HOME: path.resolve('/data') }, path.join(path.resolve('/data'), 'staffdesk')],
  ['linux', { XDG_DATA_HOME: 'relative' }, path.join(home, '.local', 'share', 'staffdesk')],
  ['darwin', {}, path.join(home, 'Library', 'Application Support', 'Staffdesk')],
  ['win32', { APPDATA: path.join(home, 'Roaming') }, path.join(home, 'Roaming', 'Staffdesk')],
])('the data folder on %s with %o is %s', (platform, env, expected) => {
  expect(defaultDataDir(env, platform)).toBe(expected);
});
