import { realpathSync } from 'node:fs';
import type { Desk } from '../../desk.ts';
import type { Logger } from '../../ports/logger.ts';
import { summaryOf } from '../commands/summary.ts';
import { isThrowAway } from './places.ts';
import { entryOf, noteWorkspace, readWorkspaces } from './workspaceList.ts';

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
