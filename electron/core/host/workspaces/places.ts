import os from 'node:os';
import path from 'node:path';
import { configFolder, dataHome } from '../dataDir.ts';

type Env = NodeJS.ProcessEnv;

/** The list of this user's workspaces. STAFFDESK_WORKSPACES names another file. */
export function workspaceListFile(env: Env, platform: NodeJS.Platform): string {
  return env.STAFFDESK_WORKSPACES || path.join(configFolder(env, platform), 'workspaces.json');
}

/** Where workspaces that are added in a window get their folders. STAFFDESK_WORKSPACES_DIR names another place. */
export function newWorkspacesFolder(env: Env, platform: NodeJS.Platform): string {
  return env.STAFFDESK_WORKSPACES_DIR || dataHome(env, platform, 'Workspaces');
}

/**
 * Whether a folder lies where the system keeps what nobody needs tomorrow: such a desk is somebody's try or a test,
 * and enters the list only when a person adds it.
 */
export function isThrowAway(folder: string, realPath: (folder: string) => string): boolean {
  const temporary = [os.tmpdir(), realPath(os.tmpdir())];
  return [folder, realPath(folder)].some((place) => temporary.some((parent) => isWithin(parent, place)));
}

function isWithin(parent: string, place: string): boolean {
  const way = path.relative(parent, place);
  // Another drive of Windows has no relative way.
  return !way.startsWith('..') && !path.isAbsolute(way);
}

/** What concerns the user and the machine, not one desk: port, address and passphrase are each desk's own. */
const HANDED_ON = new Set(['STAFFDESK_USE_KEYCHAIN', 'STAFFDESK_WORKSPACES', 'STAFFDESK_WORKSPACES_DIR']);

export function environmentOfOther(env: Env): Env {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('STAFFDESK_') || HANDED_ON.has(name)),
  );
}
