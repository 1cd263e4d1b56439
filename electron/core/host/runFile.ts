import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { coreAddress } from './coreProtocol.ts';

const runInfo = coreAddress.extend({
  /** Where a browser opens the window; null when it is not served over TCP. */
  windowUrl: z.string().nullable(),
  workspaceId: z.string(),
  pid: z.number().int(),
});
/** What the owner of a workspace leaves in run.json for commands that want to reach it. */
export type RunInfo = z.infer<typeof runInfo>;

/** Readable for its owner alone; a reader sees the old file or the new one, never half of it. */
export function writeRunFile(file: string, info: RunInfo): void {
  const temporary = `${file}.${info.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(info)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

/** Undefined when nothing runs or the file is not ours. A killed owner leaves its file: only the socket tells. */
export function readRunFile(file: string): RunInfo | undefined {
  try {
    const parsed = runInfo.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** An owner that holds the lock but is still opening has no run.json yet: waits for it, not for ever. */
export async function waitForOwner(file: string): Promise<RunInfo | undefined> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const found = readRunFile(file);
    if (found && isAlive(found.pid)) return found;
    await setTimeout(50);
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user can't be signalled, yet it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export function removeRunFile(file: string): void {
  rmSync(file, { force: true });
}
