import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import type { RestoredState } from '../../../../shared/contract/restored.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { JobRun } from '../../services/jobs.ts';
import type { Services } from '../../services/services.ts';
import { remoteAt, TOKEN_PURPOSE } from '../account/openRemote.ts';
import { createSyncContext, type SyncContext, SyncStopped } from '../context.ts';
import { problemOf } from '../denials.ts';
import { watchingClock } from '../serverClock.ts';
import { findLost, type Lost } from './findLost.ts';
import { takeState } from './takeState.ts';

type Parts = Pick<Services, 'deps' | 'jobs' | 'sync'>;

interface Progress {
  lost: Lost | null;
  running: { readonly jobId: string; step: RestoredState['step'] } | null;
  problem: AppError | null;
}

/** What was seen, by desk; in memory: after a restart the server is looked at anew. */
const seen = new WeakMap<ServiceDeps['store'], Progress>();

function progressOf({ store }: ServiceDeps): Progress {
  const progress = seen.get(store) ?? { lost: null, running: null, problem: null };
  seen.set(store, progress);
  return progress;
}

/** How taking the state of a restored server stands. */
export function restoredState({ deps }: Pick<Parts, 'deps'>): RestoredState {
  const { lost, running, problem } = progressOf(deps);
  return { found: lost?.counts ?? null, jobId: running?.jobId ?? null, step: running?.step ?? null, problem };
}

/** Compares this desk with the server that went back, as a job; nothing is changed. not_restored: it did not. */
export function lookAtRestored(parts: Parts, actor: StaffActor): Result<void> {
  return begin(parts, actor, 'Comparing with the restored server', async (sync, job, progress) => {
    progress.lost = null;
    const look = await findLost(sync, {
      signal: job.signal,
      progress: (step, done, total) => {
        if (progress.running) progress.running.step = step;
        job.progress(done, total);
      },
    });
    if (job.signal.aborted) return err(appErrorOf('cancelled'));
    if (!look.ok) return err(problemOf(look.error));
    progress.lost = look.value;
    return ok(undefined);
  });
}

/** Takes the server's state, as a job, as it was told before: not_restored, not_looked. */
export function takeServerState(parts: Parts, actor: StaffActor): Result<void> {
  const { lost } = progressOf(parts.deps);
  if (!lost) return err(appErrorOf('restored_not_compared'));
  return begin(parts, actor, 'Taking the server’s state', async (sync, job, progress) => {
    // What is left after an end in the middle is found by a new look.
    progress.lost = null;
    if (progress.running) progress.running.step = 'taking';
    const isDone = await takeState(sync, lost, { signal: job.signal, progress: job.progress });
    if (!isDone) return err(appErrorOf('cancelled'));
    parts.sync.reset();
    return ok(undefined);
  });
}

type Work = (sync: SyncContext, job: JobRun, progress: Progress) => Promise<Result<void>>;

function begin(parts: Parts, actor: StaffActor, label: string, work: Work): Result<void> {
  const { deps, jobs } = parts;
  const progress = progressOf(deps);
  if (deps.store.remoteDesk.get()?.pausedCode !== 'remote_restored') return err(appErrorOf('not_restored'));
  if (progress.running) return ok(undefined);
  progress.problem = null;
  const { job } = jobs.start({
    ...{ kind: 'restored', label, startedBy: actor.staffId },
    run: async (run) => {
      let done: Result<void> = err(appErrorOf('internal'));
      try {
        // The run under way has ended before anything is moved.
        await parts.sync.restart();
        done = await withRemote(deps, (sync) => work(sync, run, progress));
      } finally {
        progress.running = null;
        progress.problem = done.ok || done.error.code === 'cancelled' ? null : done.error;
        deps.events.publish({ type: 'desk_changed', what: 'sync' });
      }
      return done.ok ? ok(null) : done;
    },
  });
  progress.running = { jobId: job.id, step: 'tickets' };
  deps.events.publish({ type: 'desk_changed', what: 'sync' });
  return ok(undefined);
}

/** The server is asked although nothing is exchanged: to compare, and for nothing else. */
async function withRemote(
  deps: ServiceDeps,
  work: (sync: SyncContext) => Promise<Result<void>>,
): Promise<Result<void>> {
  const desk = deps.store.remoteDesk.get();
  if (!desk) return err(appErrorOf('not_connected'));
  const token = await deps.secrets.open(desk.tokenSealed, TOKEN_PURPOSE);
  if (!token.ok) return token;
  const remote = remoteAt(deps, desk.url, token.value, watchingClock(deps, deps.httpFetch));
  try {
    return await work(createSyncContext(deps, remote));
  } catch (error) {
    if (error instanceof SyncStopped) return err(error.appError);
    throw error;
  }
}
