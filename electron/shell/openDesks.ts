import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CoreLaunch } from '../core/host/coreProtocol.ts';
import { workspaceKeyOf } from '../core/host/workspaces/workspaceList.ts';
import { APP_ORIGIN, appOriginOf, originOfKey } from './appOrigin.ts';
import { createAppHandler } from './appProtocol.ts';
import type { CoreSupervisor, SupervisorOptions } from './coreSupervisor.ts';
import { errorResponse, type SessionKeeper } from './forward.ts';

/** One desk of this program: its core, and the pages of its origin. */
export type ShellDesk = {
  readonly origin: string;
  readonly dataDir: string;
  readonly handle: (request: Request) => Promise<Response>;
  readonly core: CoreSupervisor;
};

export type OpenDesksOptions = {
  /** The desk the program was started with: it is open from the start to the end. */
  readonly first: CoreLaunch;
  readonly rendererDir: string;
  readonly supervise: (
    launch: CoreLaunch,
    watch: Pick<SupervisorOptions, 'onChange' | 'onStopAsked'>,
  ) => CoreSupervisor;
  /** Who is signed in at a desk is kept apart for each. */
  readonly sessionOf: (dataDir: string) => SessionKeeper;
  /** The core of this origin was given up: a window that shows it has to look again. */
  readonly onFailed: (origin: string) => void;
  /** A command wants this desk closed. */
  readonly onStopAsked: (origin: string) => void;
  readonly wait?: (ms: number) => Promise<unknown>;
};

export interface OpenDesks {
  /** The desk a page belongs to; null when it is none of ours, or not open. */
  at(url: string): ShellDesk | null;
  /** Opens a desk where it is not open yet, and answers its origin. Its core may still be starting. */
  open(dataDir: string): Promise<string>;
  isOpen(dataDir: string): boolean;
  /** Answers a request of any desk's page with that desk's core and session. */
  handle(request: Request): Promise<Response>;
  /** Closes one desk, not the first: database first, then its process. */
  close(origin: string): Promise<void>;
  closeAll(): Promise<void>;
}

/** Longer than this the end of the program does not wait for answers to its pages. */
const LAST_WORDS_MS = 2_000;

/** Keeps one core for each desk that was opened in this program, each with an origin and a session of its own. */
export function createOpenDesks(options: OpenDesksOptions): OpenDesks {
  const { first, rendererDir, wait = setTimeout } = options;
  const desks = new Map<string, ShellDesk>();
  /** A desk that is being closed is let go of before it is opened again. */
  const closing = new Map<string, Promise<void>>();
  /** What pages asked and has no answer yet: the last words of one that just closed may be among it. */
  const asked = new Set<Promise<Response>>();

  function start(launch: CoreLaunch, origin: string): void {
    const core = options.supervise(launch, {
      onChange: (state) => {
        if (state.name === 'failed') options.onFailed(origin);
      },
      onStopAsked: () => options.onStopAsked(origin),
    });
    const { dataDir } = launch;
    const session = options.sessionOf(dataDir);
    const home = origin === APP_ORIGIN ? null : APP_ORIGIN;
    const handle = createAppHandler({ origin, home, core, session, rendererDir, dataDir });
    desks.set(origin, { origin, dataDir, core, handle });
  }

  const originOf = (dataDir: string): string =>
    path.resolve(dataDir) === path.resolve(first.dataDir) ? APP_ORIGIN : originOfKey(workspaceKeyOf(dataDir));
  const at = (url: string): ShellDesk | null => desks.get(appOriginOf(url) ?? '') ?? null;

  start(first, APP_ORIGIN);
  return {
    at,
    async open(dataDir) {
      const origin = originOf(dataDir);
      await closing.get(origin);
      if (!desks.has(origin)) start({ dataDir: path.resolve(dataDir) }, origin);
      return origin;
    },
    isOpen: (dataDir) => desks.has(originOf(dataDir)) || closing.has(originOf(dataDir)),
    handle: (request) => {
      const answer = at(request.url)?.handle(request) ?? Promise.resolve(errorResponse(404, 'not_found'));
      asked.add(answer);
      return answer.finally(() => asked.delete(answer));
    },
    async close(origin) {
      const desk = desks.get(origin);
      if (!desk) return;
      desks.delete(origin);
      const closed = desk.core.close().finally(() => closing.delete(origin));
      closing.set(origin, closed);
      await closed;
    },
    closeAll: async () => {
      await Promise.race([Promise.allSettled(asked), wait(LAST_WORDS_MS)]);
      await Promise.all([...[...desks.values()].map(({ core }) => core.close()), ...closing.values()]);
    },
  };
}
