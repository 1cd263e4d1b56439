import { setTimeout } from 'node:timers/promises';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, type Result } from '../../../shared/util/result.ts';
import type { CommandRun, DeskCommand } from '../host/command.ts';
import { dataFolder } from '../host/dataFolder.ts';
import { callOwner, UNREACHABLE } from '../host/ownerClient.ts';
import { readRunFile } from '../host/runFile.ts';
import { startCore } from '../startCore.ts';
import { createProgressLine } from './output.ts';

const PATIENCE_MS = 10_000;
const RETRY_MS = 100;

/**
 * Runs a command where the workspace is owned: in the running app, else in this process, which takes the
 * workspace for as long as that lasts. An owner that is just opening or closing is waited for.
 */
export async function onDesk<I, O>(
  dataDir: string,
  command: DeskCommand<I, O>,
  input: I,
  run: CommandRun = quietRun(),
): Promise<Result<O>> {
  const folder = dataFolder(dataDir);
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += RETRY_MS) {
    const owner = readRunFile(folder.runFile);
    const answer = owner ? await callOwner(owner, command, input, run) : UNREACHABLE;
    if (answer !== UNREACHABLE) return answer;
    const own = await runHere(dataDir, command, input, run);
    if (own.ok || own.error.code !== 'database_busy') return own;
    await setTimeout(RETRY_MS);
  }
  return err(appErrorOf('database_busy'));
}

async function runHere<I, O>(
  dataDir: string,
  command: DeskCommand<I, O>,
  input: I,
  run: CommandRun,
): Promise<Result<O>> {
  const core = await startCore({ dataDir, serveApp: false, rendererDir: null, listen: 'none' });
  if (!core.ok) return core;
  try {
    return await command.run(core.value.owner, input, run);
  } finally {
    await core.value.close();
  }
}

function quietRun(): CommandRun {
  return { signal: new AbortController().signal, progress: () => {} };
}

/** A run that a person watches: progress on stderr; Ctrl+C cancels the command, a second one ends the program. */
export async function watched<T>(work: (run: CommandRun) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const line = createProgressLine();
  const cancel = (): void => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
  };
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  try {
    return await work({ signal: abort.signal, progress: line.show });
  } finally {
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
    line.end();
    if (abort.signal.aborted) process.exitCode = 130;
  }
}
