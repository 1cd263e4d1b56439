import { statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  type WorkspaceItem,
  type WorkspaceSummary,
  workspaceSummary,
} from '../../../../shared/contract/workspaces.ts';
import { dataFolder } from '../dataFolder.ts';
import { callOwner, UNREACHABLE } from '../ownerClient.ts';
import { type RunInfo, readRunFile } from '../runFile.ts';
import { type WorkspaceEntry, workspaceKeyOf } from './workspaceList.ts';

/** The command with which an open desk tells about itself. */
export const SUMMARY = {
  name: 'summary',
  output: z.object({ summary: workspaceSummary.nullable() }),
};

/** A desk that is busy must not hold up the list of the others. */
const PATIENCE_MS = 1500;

export interface LiveDesk {
  readonly run: RunInfo;
  /** Null where the desk can't tell: it is being upgraded, or is of another version. */
  readonly summary: WorkspaceSummary | null;
}

/** The process that has this folder's desk open now; null when none has. */
export async function findLiveDesk(folder: string): Promise<LiveDesk | null> {
  const run = readRunFile(dataFolder(folder).runFile);
  if (!run) return null;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await callOwner(run, SUMMARY, {}, { signal, progress: () => {} });
  if (answer === UNREACHABLE) return null;
  return { run, summary: answer.ok ? answer.value.summary : null };
}

/**
 * A workspace of the list as it is at this moment; `own` = the asking desk's, which is not asked over its
 * socket; null = no desk asks.
 */
export async function lookAtWorkspace(
  entry: WorkspaceEntry,
  own: { readonly folder: string; readonly summary: WorkspaceSummary | null } | null,
): Promise<WorkspaceItem> {
  const here = own && path.resolve(own.folder) === entry.folder ? own : null;
  const live = here ? null : await findLiveDesk(entry.folder);
  const summary = (here ?? live)?.summary ?? null;
  const { name, kind, server } = summary ?? entry;
  return {
    key: workspaceKeyOf(entry.folder),
    folder: entry.folder,
    ...{ name, kind, server },
    presence: here ? 'here' : live ? 'open' : isFolder(entry.folder) ? 'closed' : 'missing',
    openTickets: summary?.openTickets ?? null,
    outbox: summary?.outbox ?? null,
  };
}

export function isFile(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
