import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { dataFolder } from '../dataFolder.ts';
import { readRunFile } from '../runFile.ts';
import { findLiveDesk } from './lookAtWorkspace.ts';
import { environmentOfOther } from './places.ts';

type Env = NodeJS.ProcessEnv;

/** Runs other workspaces for this one, each in a process of its own. */
export interface DeskStarter {
  /** The address of its window: of the process that has it open, else of one that is started for it. */
  open(folder: string): Promise<Result<string>>;
  /** Ends those that were started here, in order: database first. */
  close(): Promise<void>;
}

const OPEN_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;
const CLOSE_PATIENCE_MS = 20_000;

/**
 * Starts `staffdesk serve` for other folders. The child ends when its standard input does: asked in order when this
 * process closes, and by the system when it is killed, so that no desk is left running that nobody sees.
 */
export function createDeskStarter(program: string, env: Env): DeskStarter {
  const running = new Map<string, ChildProcess>();
  const starting = new Map<string, Promise<Result<string>>>();

  function launch(folder: string): ChildProcess {
    const args = [program, 'serve', '--data', folder, '--no-open', '--any-port', '--end-with-stdin'];
    const child = spawn(process.execPath, [...process.execArgv, ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: environmentOfOther(env),
      windowsHide: true,
    });
    running.set(folder, child);
    child.once('exit', () => running.delete(folder));
    // It may end before we do.
    child.stdin?.on('error', () => {});
    return child;
  }

  return {
    async open(asked) {
      const folder = path.resolve(asked);
      const live = await findLiveDesk(folder);
      if (live)
        return live.run.windowUrl === null ? err(appErrorOf('workspace_in_app')) : ok(live.run.windowUrl);
      const begun = starting.get(folder) ?? untilItListens(launch(folder), folder);
      starting.set(folder, begun);
      return begun.finally(() => starting.delete(folder));
    },
    close: async () => {
      await Promise.all([...running.values()].map(endChild));
    },
  };
}

async function untilItListens(child: ChildProcess, folder: string): Promise<Result<string>> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    // Read to the end of its life, so that it never waits for us; only its first words are of interest.
    if (said.length < 2000) said += String(chunk);
  });
  let hasEnded = false;
  const end = (): void => {
    hasEnded = true;
  };
  child.once('close', end);
  child.once('error', end);
  for (let waitedMs = 0; !hasEnded && waitedMs < OPEN_PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    const run = readRunFile(dataFolder(folder).runFile);
    if (run?.pid === child.pid && run?.windowUrl) return ok(run.windowUrl);
    await setTimeout(LOOK_EVERY_MS);
  }
  await endChild(child);
  // Somebody else was opening it at the same moment, and has it now.
  const live = await findLiveDesk(folder);
  if (live?.run.windowUrl) return ok(live.run.windowUrl);
  const plain = appErrorOf('workspace_not_started', { details: { path: folder } });
  // As the command line prints it: `code: sentence`.
  const reason = said.split('\n', 1)[0]?.replace(/^\w+: /, '') ?? '';
  return err(reason === '' ? plain : { ...plain, message: `${plain.message} ${reason}` });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  const limit = globalThis.setTimeout(() => child.kill('SIGKILL'), CLOSE_PATIENCE_MS);
  await ended;
  clearTimeout(limit);
}
