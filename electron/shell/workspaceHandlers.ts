import type { WebContents } from 'electron';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../shared/util/result.ts';
import type { WorkspacesPort } from '../core/api/workspacesPort.ts';
import { findLiveDesk } from '../core/host/workspaces/lookAtWorkspace.ts';
import { createWorkspaces } from '../core/host/workspaces/workspaces.ts';
import type { BridgeHandlers } from './ipc.ts';
import type { OpenDesks } from './openDesks.ts';

export type WorkspaceHandlers = Pick<
  BridgeHandlers,
  'listWorkspaces' | 'openWorkspace' | 'addWorkspace' | 'forgetWorkspace'
>;

type Places = { readonly listFile: string; readonly newFolders: string };

/** The workspaces as the window's page asks for them: the shell runs their cores itself. */
export function workspaceHandlers(desks: OpenDesks, places: Places): WorkspaceHandlers {
  const open = async (folder: string): Promise<Result<string>> => {
    const live = desks.isOpen(folder) ? null : await findLiveDesk(folder);
    return live ? err(takenError(live.run.windowUrl)) : ok(`${await desks.open(folder)}/`);
  };
  const seenFrom = (sender: WebContents): WorkspacesPort => {
    const folder = desks.at(sender.mainFrame.url)?.dataDir ?? '';
    const summary = async () => (await findLiveDesk(folder))?.summary ?? null;
    return createWorkspaces({ folder, summary }, { ...places, open });
  };
  return {
    async listWorkspaces(_input, sender) {
      const workspaces = await seenFrom(sender).list();
      return workspaces.ok
        ? ok({ canSwitch: true, canChange: true, workspaces: workspaces.value })
        : workspaces;
    },
    openWorkspace: ({ key }, sender) => seenFrom(sender).open(key),
    addWorkspace: (_input, sender) => seenFrom(sender).add(),
    forgetWorkspace: ({ key }, sender) => seenFrom(sender).forget(key),
  };
}

/** Another process owns the desk: this window can't be that one's. */
function takenError(windowUrl: string | null) {
  if (windowUrl === null) return appErrorOf('workspace_in_app');
  const plain = appErrorOf('workspace_served_elsewhere', { details: { url: windowUrl } });
  return { ...plain, message: `${plain.message} (${windowUrl})` };
}
