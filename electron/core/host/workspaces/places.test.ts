// @vitest-environment node
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { environmentOfOther, isThrowAway, newWorkspacesFolder, workspaceListFile } from './places.ts';

const home = os.homedir();
const library = path.join(home, 'Library', 'Application Support');
const roaming = path.join(home, 'Roaming');

it.each<[NodeJS.Platform, NodeJS.ProcessEnv, list: string, folders: string]>([
  [
    'linux',
    {},
    path.join(home, '.config', 'staffdesk', 'workspaces.json'),
    path.join(home, '.local', 'share', 'staffdesk-workspaces'),
  ],
  [
    'linux',
    { XDG_CONFIG_HOME: '/config', XDG_DATA_HOME: '/data' },
    '/config/staffdesk/workspaces.json',
    '/data/staffdesk-workspaces',
  ],
  [
    'darwin',
    {},
    path.join(library, 'Staffdesk Settings', 'workspaces.json'),
    path.join(library, 'Staffdesk Workspaces'),
  ],
  [
    'win32',
    { APPDATA: roaming },
    path.join(roaming, 'Staffdesk Settings', 'workspaces.json'),
    path.join(roaming, 'Staffdesk Workspaces'),
  ],
  ['linux', { STAFFDESK_WORKSPACES: '/a/list.json', STAFFDESK_WORKSPACES_DIR: '/b' }, '/a/list.json', '/b'],
])('on %s with %o', (platform, env, list, folders) => {
  expect([workspaceListFile(env, platform), newWorkspacesFolder(env, platform)]).toEqual([list, folders]);
});

it.each<[folder: string, real: string, isIt: boolean]>([
  [path.join(os.tmpdir(), 'try', 'desk'), path.join(os.tmpdir(), 'try', 'desk'), true],
  [path.join(home, 'desk'), path.join(home, 'desk'), false],
  [`${os.tmpdir()}-not`, `${os.tmpdir()}-not`, false],
  [path.join(home, 'link'), path.join(os.tmpdir(), 'desk'), true],
])('a desk in %s (really %s) is thrown away: %s', (folder, real, isIt) => {
  expect(isThrowAway(folder, (place) => (place === folder ? real : place))).toBe(isIt);
});

it('hands on what concerns the user and the machine, nothing of one desk', () => {
  const ours = { PATH: '/bin', STAFFDESK_USE_KEYCHAIN: 'no', STAFFDESK_WORKSPACES: '/list.json' };
  const itsOwn = {
    STAFFDESK_DATA: '/desk',
    STAFFDESK_HOST: '0.0.0.0',
    STAFFDESK_PORT: '8484',
    STAFFDESK_SITE_URL: 'https://desk.example',
    STAFFDESK_TLS_KEY_FILE: '/key',
    STAFFDESK_PASSPHRASE_FILE: '/passphrase',
  };
  expect(environmentOfOther({ ...ours, ...itsOwn })).toEqual(ours);
});
