import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { WorkspaceSummary } from '../../../../shared/contract/workspaces.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { WorkspacesPort } from '../../api/workspacesPort.ts';
import { addWorkspace } from './addWorkspace.ts';
import { isFolder, lookAtWorkspace } from './lookAtWorkspace.ts';
import { entryOf, findWorkspace, forgetWorkspace, noteWorkspace, readWorkspaces } from './workspaceList.ts';

/** Where the list is, where new workspaces go, and how this host opens one of the list. */
export interface WorkspaceHost {
  readonly listFile: string;
  readonly newFolders: string;
  /** The address of its window; opens its desk where nobody has. */
  open(folder: string): Promise<Result<string>>;
}

/** The desk from whose window the others are seen. */
export interface OwnDesk {
  readonly folder: string;
  /** Null where it can't tell now. */
  summary(): Promise<WorkspaceSummary | null>;
}

/** The other workspaces of this machine's user, as the window of one of them reaches them. */
export function createWorkspaces(own: OwnDesk, host: WorkspaceHost): WorkspacesPort {
  const { listFile } = host;
  const open = async (folder: string): Promise<Result<{ url: string }>> => {
    if (!isFolder(folder)) return err(appErrorOf('workspace_folder_missing', { details: { path: folder } }));
    const url = await host.open(folder);
    return url.ok ? ok({ url: url.value }) : url;
  };
  // Whoever goes to another desk wants to come back: also one that keeps out of the list by itself is in it then.
  const noteOwn = async (): Promise<void> => {
    const self = entryOf(own.folder, await own.summary());
    if (self) await noteWorkspace(listFile, self);
  };
  return {
    list: async () => {
      const entries = readWorkspaces(listFile);
      if (!entries.ok) return entries;
      const here = { folder: own.folder, summary: await own.summary() };
      const isListed = entries.value.some(({ folder }) => folder === here.folder);
      const self = isListed ? null : entryOf(here.folder, here.summary);
      const all = self ? [...entries.value, self] : entries.value;
      return ok(await Promise.all(all.map((entry) => lookAtWorkspace(entry, here))));
    },
    open: async (key) => {
      const found = findWorkspace(listFile, key);
      if (!found.ok) return found;
      await noteOwn();
      return open(found.value.folder);
    },
    add: async () => {
      await noteOwn();
      const added = await addWorkspace(listFile, host.newFolders);
      return added.ok ? open(added.value.folder) : added;
    },
    forget: (key) => forgetWorkspace(listFile, key),
  };
}
