import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { coreAddress } from './coreProtocol.ts';

const runInfo = coreAddress.extend({ pid: z.number().int() });
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

export function removeRunFile(file: string): void {
  rmSync(file, { force: true });
}
