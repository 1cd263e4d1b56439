import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { SyncReport, SyncStatus } from '../../../shared/contract/sync.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { HttpFetch, HttpResult } from '../ports/httpFetch.ts';
import type { ServiceDeps } from '../services/context.ts';
import { guardAccount } from './accountGuard.ts';
import { problemOf } from './denials.ts';
import { createSyncEngine, type SyncEngine, type SyncSummary } from './engine.ts';
import { openRemote } from './openRemote.ts';

/** Keeps the one engine of a desk, and what its last run said. */
export interface SyncRunner {
  /** Null on a desk of its own. */
  status(): SyncStatus | null;
  /** Runs now, or joins the run that is under way: not_connected, and whatever keeps it from starting. */
  run(): Promise<Result<SyncReport>>;
  /** A person asks: what was put off is due now, and a server that did not let us in is asked again. */
  runNow(): Promise<Result<SyncReport>>;
  /** Whether it is time for the next run: sooner while operations wait, later while the remote is away. */
  isDue(): boolean;
  /** A person decided something: the next run need not wait its time. */
  nudge(): void;
  /** Forgets token and engine: the next run reads them anew, at once. */
  reset(): void;
  /** Ends the run that is under way; what was being sent is looked up by the next one. */
  cancel(): void;
}

const CANCELLED: HttpResult = {
  ok: false,
  error: { kind: 'aborted', phase: 'connect', detail: 'cancelled' },
};
const IDLE_MS = 30_000;
const FIRST_AWAY_MS = 5_000;
const LONGEST_AWAY_MS = 2 * 60_000;

export function createSyncRunner(deps: ServiceDeps): SyncRunner {
  let engine: SyncEngine | null = null;
  let running: Promise<Result<SyncReport>> | null = null;
  let requests = 0;
  let failures = 0;
  let lastAt: number | null = null;
  let lastGoodAt: number | null = null;
  let problem: AppError | null = null;
  let newestSeen = 0;
  let abort = new AbortController();
  const counting: HttpFetch = async (request, options) => {
    const { signal } = abort;
    if (signal.aborted) return CANCELLED;
    requests += 1;
    return deps.httpFetch(request, { ...options, signal });
  };
  const work = async (): Promise<Result<SyncReport>> => {
    const startedAt = deps.clock.now();
    requests = 0;
    abort = new AbortController();
    newestSeen = deps.store.outbox.newestId();
    if (!engine) {
      const made = await startEngine(deps, counting);
      if (!made.ok) return made;
      engine = made.value;
    }
    const summary = await engine.run();
    const { pulled, pushed, outbox } = summary;
    const durationMs = deps.clock.now() - startedAt;
    const ended = abort.signal.aborted ? appErrorOf('cancelled') : errorOf(summary);
    return ok({ requests, pulled, pushed, outbox, durationMs, ended });
  };
  // A mistake of ours must not look like a run that never ends.
  const broke = (error: unknown): Result<SyncReport> => {
    deps.log.error('sync_broke', { error });
    engine = null;
    return err(appErrorOf('internal'));
  };
  const finish = (result: Result<SyncReport>): Result<SyncReport> => {
    problem = result.ok ? result.value.ended : result.error;
    lastAt = deps.clock.now();
    failures = problem ? failures + 1 : 0;
    if (!problem) lastGoodAt = lastAt;
    running = null;
    deps.events.publish({ type: 'desk_changed', what: 'sync' });
    return result;
  };
  const run = (): Promise<Result<SyncReport>> => {
    if (running) return running;
    running = work().catch(broke).then(finish);
    deps.events.publish({ type: 'desk_changed', what: 'sync' });
    return running;
  };
  return {
    status: () => statusOf(deps, { isRunning: running !== null, lastGoodAt, problem }),
    run,
    runNow: async () => {
      const { store } = deps;
      const eased = store.write(() => {
        store.outbox.hurry();
        if (store.remoteDesk.get()?.pausedCode) store.remoteDesk.set('pausedCode', null);
        return ok(undefined);
      });
      return eased.ok ? run() : eased;
    },
    isDue: () => {
      const desk = deps.store.remoteDesk.get();
      if (!desk || desk.pausedCode !== null || running) return false;
      if (lastAt === null) return true;
      // What was written since the last run goes out at once; what stayed then waits its turn.
      const hasNew = !problem && deps.store.outbox.newestId() > newestSeen;
      const awayMs = Math.min(FIRST_AWAY_MS * 2 ** Math.min(failures, 10), LONGEST_AWAY_MS);
      const pauseMs = problem ? awayMs : hasNew ? 0 : IDLE_MS;
      const sinceMs = deps.clock.now() - lastAt;
      // A clock that was set back must not stop it.
      return sinceMs < 0 || sinceMs >= pauseMs;
    },
    nudge: () => {
      lastAt = null;
    },
    cancel: () => abort.abort(),
    reset: () => {
      engine = null;
      problem = null;
      lastAt = null;
    },
  };
}

async function startEngine(deps: ServiceDeps, fetch: HttpFetch): Promise<Result<SyncEngine>> {
  const remote = await openRemote(deps, fetch);
  return remote.ok ? ok(guardAccount(deps, remote.value, createSyncEngine(deps, remote.value))) : remote;
}

function errorOf({ ended }: SyncSummary): AppError | null {
  if (!ended) return null;
  if (ended.kind === 'stopped') return ended.error;
  return problemOf(ended);
}

function statusOf(
  deps: ServiceDeps,
  run: { isRunning: boolean; lastGoodAt: number | null; problem: AppError | null },
): SyncStatus | null {
  const { remoteDesk, remoteTickets, outbox } = deps.store;
  const desk = remoteDesk.get();
  if (!desk) return null;
  return {
    url: desk.url,
    username: desk.username,
    isRunning: run.isRunning,
    lastSyncAt: run.lastGoodAt,
    firstSyncDoneAt: desk.firstSyncDoneAt,
    threadsLeft: remoteTickets.staleThreadCount(),
    outbox: outbox.counts(),
    problem: desk.pausedCode === null ? run.problem : (run.problem ?? appErrorOf(desk.pausedCode)),
  };
}
