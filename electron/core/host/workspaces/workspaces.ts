import { realpathSync } from 'node:fs';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { WorkspaceSummary } from '../../../../shared/contract/workspaces.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { WorkspacesPort } from '../../api/workspacesPort.ts';
import type { Desk } from '../../desk.ts';
import type { Logger } from '../../ports/logger.ts';
import { summaryOf } from '../commands/summary.ts';
import { addWorkspace } from './addWorkspace.ts';
import { findLiveDesk, isFolder, lookAtWorkspace } from './lookAtWorkspace.ts';
import { isThrowAway } from './places.ts';
import type { DeskStarter } from './startDesk.ts';
import {
  findWorkspace,
  forgetWorkspace,
  noteWorkspace,
  readWorkspaces,
  type WorkspaceEntry,
} from './workspaceList.ts';

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
  const own = (): WorkspaceEntry | null => entryOf(folder, summaryOf(desk));
  const open = async (other: string): Promise<Result<{ url: string }>> => {
    if (!isFolder(other)) return err(appErrorOf('workspace_folder_missing', { details: { path: other } }));
    const live = await findLiveDesk(other);
    if (live?.run.windowUrl) return ok({ url: live.run.windowUrl });
    if (live) return err(appErrorOf('workspace_in_app'));
    const url = await starter.start(other);
    return url.ok ? ok({ url: url.value }) : url;
  };
  // Whoever goes to another desk wants to come back: also one that keeps out of the list by itself is in it then.
  const leaveFor = async (other: string): Promise<Result<{ url: string }>> => {
    const self = own();
    if (self) await noteWorkspace(listFile, self);
    return open(other);
  };
  return {
    list: async () => {
      const entries = readWorkspaces(listFile);
      if (!entries.ok) return entries;
      const isListed = entries.value.some((entry) => entry.folder === folder);
      const self = isListed ? null : own();
      const all = self ? [...entries.value, self] : entries.value;
      const here = { folder, summary: summaryOf(desk) };
      return ok(await Promise.all(all.map((entry) => lookAtWorkspace(entry, here))));
    },
    open: async (key) => {
      const found = findWorkspace(listFile, key);
      return found.ok ? leaveFor(found.value.folder) : found;
    },
    add: async () => {
      const added = await addWorkspace(listFile, options.newFolders);
      return added.ok ? leaveFor(added.value.folder) : added;
    },
    forget: (key) => forgetWorkspace(listFile, key),
  };
}

function entryOf(folder: string, summary: WorkspaceSummary | null): WorkspaceEntry | null {
  if (!summary) return null;
  const { name, kind, server } = summary;
  return { folder, name, kind, server };
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
    const entry = entryOf(folder, summaryOf(desk));
    if (!entry || entry.kind === 'new') return;
    if (isThrowAway(folder, realPath) && !isListed()) return;
    void noteWorkspace(listFile, entry).then((noted) => {
      if (!noted.ok) log.warn('workspace_not_listed', { error: noted.error });
    });
  };
  note();
  desk.events.subscribe(({ event }) => {
    const isNews = event.type === 'system' || (event.type === 'desk_changed' && event.what === 'settings');
    if (isNews) note();
  });
}
