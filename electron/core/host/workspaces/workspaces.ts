import { realpathSync } from 'node:fs';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { WorkspacesPort } from '../../api/workspacesPort.ts';
import type { Desk } from '../../desk.ts';
import type { Logger } from '../../ports/logger.ts';
import { summaryOf } from '../commands/summary.ts';
import { addWorkspace } from './addWorkspace.ts';
import { findLiveDesk, isFolder, lookAtWorkspace } from './lookAtWorkspace.ts';
import { isThrowAway } from './places.ts';
import type { DeskStarter } from './startDesk.ts';
import { findWorkspace, forgetWorkspace, noteWorkspace, readWorkspaces } from './workspaceList.ts';

/** Where new workspaces go, and who opens those that nobody has open. */
export interface WorkspaceHost {
  readonly newFolders: string;
  readonly starter: Pick<DeskStarter, 'start'>;
}

/** The other workspaces of this machine's user, as the window of this one reaches them (Node host). */
export function createWorkspaces(
  desk: Desk,
  folder: string,
  options: WorkspaceHost & { readonly listFile: string },
): WorkspacesPort {
  const { listFile, starter } = options;
  const open = async (other: string): Promise<Result<{ url: string }>> => {
    if (!isFolder(other)) return err(appErrorOf('workspace_folder_missing', { details: { path: other } }));
    const live = await findLiveDesk(other);
    if (live?.run.windowUrl) return ok({ url: live.run.windowUrl });
    if (live) return err(appErrorOf('workspace_in_app'));
    const url = await starter.start(other);
    return url.ok ? ok({ url: url.value }) : url;
  };
  return {
    list: async () => {
      const entries = readWorkspaces(listFile);
      if (!entries.ok) return entries;
      const own = { folder, summary: summaryOf(desk) };
      return ok(await Promise.all(entries.value.map((entry) => lookAtWorkspace(entry, own))));
    },
    open: async (key) => {
      const found = findWorkspace(listFile, key);
      return found.ok ? open(found.value.folder) : found;
    },
    add: async () => {
      const added = await addWorkspace(listFile, options.newFolders);
      return added.ok ? open(added.value.folder) : added;
    },
    forget: (key) => forgetWorkspace(listFile, key),
  };
}

/** Where links lead; a place that is not there is its own. */
function realPath(place: string): string {
  try {
    return realpathSync.native(place);
  } catch {
    return place;
  }
}

/**
 * Puts this desk into the list once it is set up, and keeps its name there up to date while it is open. A list that
 * can't be written is no reason not to open the desk.
 */
export function enterList(desk: Desk, folder: string, listFile: string, log: Logger): void {
  const isListed = (): boolean => {
    const entries = readWorkspaces(listFile);
    return entries.ok && entries.value.some((entry) => entry.folder === folder);
  };
  const note = (): void => {
    const summary = summaryOf(desk);
    if (!summary || summary.kind === 'new') return;
    if (isThrowAway(folder, realPath) && !isListed()) return;
    const { name, kind, server } = summary;
    void noteWorkspace(listFile, { folder, name, kind, server }).then((noted) => {
      if (!noted.ok) log.warn('workspace_not_listed', { error: noted.error });
    });
  };
  note();
  desk.events.subscribe(({ event }) => {
    const isNews = event.type === 'system' || (event.type === 'desk_changed' && event.what === 'settings');
    if (isNews) note();
  });
}
