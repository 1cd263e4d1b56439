import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import {
  type WorkspaceKey,
  type WorkspaceSummary,
  workspaceSummary,
} from '../../../../shared/contract/workspaces.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';

/** What the list remembers of a workspace, as it was when it was open last. */
const workspaceEntry = workspaceSummary
  .pick({ name: true, kind: true, server: true })
  .extend({ folder: z.string().min(1) });
export type WorkspaceEntry = z.infer<typeof workspaceEntry>;

/** What the list remembers of what a desk tells about itself; null where it can't tell. */
export function entryOf(folder: string, summary: WorkspaceSummary | null): WorkspaceEntry | null {
  if (!summary) return null;
  const { name, kind, server } = summary;
  return { folder, name, kind, server };
}

const listFile = z.strictObject({ version: z.literal(1), workspaces: z.array(workspaceEntry) });

const LOCK_ATTEMPTS = 100;
const LOCK_PAUSE_MS = 20;

/** The name under which a window asks for a workspace: a caller never sends a path. */
export function workspaceKeyOf(folder: string): WorkspaceKey {
  return createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 12);
}

/**
 * The workspaces of this user, in the order they came. No file yet = none; a file that is no list (damaged, of a newer
 * version) is workspace_list_unreadable and stays as it is.
 */
export function readWorkspaces(file: string): Result<readonly WorkspaceEntry[]> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok([]);
    return err(unreadable(file));
  }
  try {
    const parsed = listFile.safeParse(JSON.parse(text));
    return parsed.success ? ok(parsed.data.workspaces) : err(unreadable(file));
  } catch {
    return err(unreadable(file));
  }
}

/** Puts a workspace at the end of the list, or renews what is known of it where it stands. */
export function noteWorkspace(file: string, entry: WorkspaceEntry): Promise<Result<void>> {
  const noted = { ...entry, folder: path.resolve(entry.folder) };
  return change(file, (entries) => {
    const isKnown = entries.some(({ folder }) => folder === noted.folder);
    return isKnown
      ? entries.map((known) => (known.folder === noted.folder ? noted : known))
      : [...entries, noted];
  });
}

/** Takes a workspace off the list; its folder is not touched. */
export function forgetWorkspace(file: string, key: WorkspaceKey): Promise<Result<void>> {
  return change(file, (entries) => entries.filter(({ folder }) => workspaceKeyOf(folder) !== key));
}

export function findWorkspace(file: string, key: WorkspaceKey): Result<WorkspaceEntry> {
  const entries = readWorkspaces(file);
  if (!entries.ok) return entries;
  const found = entries.value.find(({ folder }) => workspaceKeyOf(folder) === key);
  return found ? ok(found) : err(appErrorOf('workspace_not_found'));
}

function unreadable(file: string) {
  const plain = appErrorOf('workspace_list_unreadable', { details: { path: file } });
  return { ...plain, message: `${plain.message} (${file})` };
}

type Change = (entries: readonly WorkspaceEntry[]) => readonly WorkspaceEntry[];

/** Several desks may write at once: read, change and replace under a lock. */
async function change(file: string, edit: Change): Promise<Result<void>> {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const lock = await takeListLock(file);
    try {
      const entries = readWorkspaces(file);
      if (!entries.ok) return entries;
      const workspaces = edit(entries.value);
      if (JSON.stringify(workspaces) !== JSON.stringify(entries.value)) replace(file, workspaces);
      return ok(undefined);
    } finally {
      rmSync(lock, { force: true });
    }
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : '';
    return err(appErrorOf('workspace_list_not_written', { details: { path: file, cause } }));
  }
}

/** A reader sees the old list or the new one, never half of it. */
function replace(file: string, workspaces: readonly WorkspaceEntry[]): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify({ version: 1, workspaces }, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

async function takeListLock(file: string): Promise<string> {
  const lock = `${file}.lock`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(lock, '', { flag: 'wx', mode: 0o600 });
      return lock;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    // A change takes a millisecond: what is still there now was left by a process that was killed.
    if (attempt === LOCK_ATTEMPTS) rmSync(lock, { force: true });
    await setTimeout(LOCK_PAUSE_MS);
  }
}
