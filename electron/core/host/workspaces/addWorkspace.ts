import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { readConfig } from '../config.ts';
import { dataFolder } from '../dataFolder.ts';
import { isFolder } from './lookAtWorkspace.ts';
import { noteWorkspace, readWorkspaces, type WorkspaceEntry } from './workspaceList.ts';

const PORTS = { first: 8485, last: 8999 };

/**
 * The folder of a new workspace, in the list and with a port of its own, so that its address, and what a browser keeps
 * for it, stays. One that was added before and never set up is taken again.
 */
export async function addWorkspace(listFile: string, parent: string): Promise<Result<WorkspaceEntry>> {
  const known = readWorkspaces(listFile);
  if (!known.ok) return known;
  const unused = known.value.find(({ kind, folder }) => kind === 'new' && isFolder(folder));
  if (unused) return ok(unused);
  const taken = new Set(known.value.map(({ folder }) => portOf(folder)));
  try {
    const folder = freshFolder(parent);
    const port = await freePort(taken);
    // staffdesk.json is a person's: written once, here, and theirs to change.
    if (port !== null) writeFileSync(dataFolder(folder).configFile, `${JSON.stringify({ port })}\n`);
    const entry: WorkspaceEntry = { folder, name: '', kind: 'new', server: null };
    const noted = await noteWorkspace(listFile, entry);
    return noted.ok ? ok(entry) : noted;
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : '';
    return err(appErrorOf('folder_not_writable', { details: { path: parent, cause } }));
  }
}

/** The port a workspace listens on, as far as its file says. */
function portOf(folder: string): number | null {
  const config = readConfig({ flags: {}, env: {}, file: dataFolder(folder).configFile });
  return config.ok ? config.value.port : null;
}

/** `workspace-2`, `workspace-3`, …: the first one is where Staffdesk was started. */
function freshFolder(parent: string): string {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  for (let number = 2; ; number += 1) {
    const folder = path.join(path.resolve(parent), `workspace-${number}`);
    if (existsSync(folder)) continue;
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  }
}

async function freePort(taken: ReadonlySet<number | null>): Promise<number | null> {
  for (let port = PORTS.first; port <= PORTS.last; port += 1)
    if (!taken.has(port) && (await isFree(port))) return port;
  return null;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
