import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { ImportSummary, Job } from '../../../shared/contract/system.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { reaches } from '../domain/rights.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { EventHub } from './eventHub.ts';

/** Why a job's signal is aborted when nobody cancelled it: what it left is taken up at the next start. */
export const DESK_CLOSES = 'desk_closes';

const TELL_EVERY_MS = 200;
const KEPT = 20;

export interface JobRun {
  readonly signal: AbortSignal;
  /** `total` null while it is not known. */
  progress(done: number, total: number | null): void;
}
export interface JobToStart {
  readonly kind: Job['kind'];
  readonly label: string;
  /** The staff member who may follow and cancel it besides administrators; null = it is the desk's own. */
  readonly startedBy: StaffId | null;
  readonly run: (run: JobRun) => Promise<Result<ImportSummary | null>>;
}

/** Long work with progress, that who started it and administrators may follow and cancel. */
export interface Jobs {
  start(job: JobToStart): { job: Job; finished: Promise<Job> };
  list(): Job[];
  cancel(id: string): Result<void>;
  /** Cancels everything and waits: the desk is closing. */
  close(): Promise<void>;
}

interface Entry {
  job: Job;
  readonly abort: AbortController;
  finished: Promise<Job>;
}

export function createJobs(deps: { clock: Clock; ids: Ids; events: EventHub; log: Logger }): Jobs {
  const entries = new Map<string, Entry>();
  const tell = (entry: Entry): void => deps.events.publish({ type: 'job', job: entry.job });
  return {
    start(toStart) {
      const entry = newEntry(deps.ids.group(), toStart);
      entries.set(entry.job.id, entry);
      forgetOld(entries);
      tell(entry);
      entry.finished = runJob(deps, entry, toStart, tell);
      return { job: entry.job, finished: entry.finished };
    },
    list: () => [...entries.values()].map((entry) => entry.job),
    cancel(id) {
      const entry = entries.get(id);
      if (!entry) return err(appErrorOf('not_found'));
      entry.abort.abort();
      return ok(undefined);
    },
    async close() {
      for (const entry of entries.values()) entry.abort.abort(DESK_CLOSES);
      await Promise.all([...entries.values()].map((entry) => entry.finished));
    },
  };
}

const isReached = (actor: StaffActor, job: Job): boolean =>
  reaches(actor, { kind: 'job', staffId: job.startedBy });

/** The jobs that this person may follow. */
export function jobsOf(jobs: Jobs, actor: StaffActor): Job[] {
  return jobs.list().filter((job) => isReached(actor, job));
}

/** Cancels a job that this person may follow; not_found for all others. */
export function cancelJob(jobs: Jobs, actor: StaffActor, id: string): Result<void> {
  const isKnown = jobsOf(jobs, actor).some((job) => job.id === id);
  return isKnown ? jobs.cancel(id) : err(appErrorOf('not_found'));
}

function newEntry(id: string, { kind, label, startedBy }: JobToStart): Entry {
  const job: Job = {
    id,
    kind,
    label,
    startedBy,
    done: 0,
    total: null,
    state: 'running',
    canCancel: true,
    importSummary: null,
    error: null,
  };
  return { job, abort: new AbortController(), finished: Promise.resolve(job) };
}

async function runJob(
  deps: { clock: Clock; log: Logger },
  entry: Entry,
  { run }: JobToStart,
  tell: (entry: Entry) => void,
): Promise<Job> {
  let toldAt = 0;
  const progress = (done: number, total: number | null): void => {
    entry.job = { ...entry.job, done, total };
    const now = deps.clock.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    tell(entry);
  };
  const result = await run({ signal: entry.abort.signal, progress }).catch((error: unknown) => {
    deps.log.error('job_failed', { kind: entry.job.kind, error });
    return err(appErrorOf('internal'));
  });
  entry.job = finishedJob(entry, result);
  tell(entry);
  return entry.job;
}

function finishedJob(entry: Entry, result: Result<ImportSummary | null>): Job {
  const job: Job = { ...entry.job, canCancel: false };
  if (!result.ok)
    return { ...job, state: result.error.code === 'cancelled' ? 'cancelled' : 'failed', error: result.error };
  const isCancelled = entry.abort.signal.aborted || result.value?.wasCancelled === true;
  return { ...job, state: isCancelled ? 'cancelled' : 'done', importSummary: result.value };
}

function forgetOld(entries: Map<string, Entry>): void {
  for (const [id, entry] of entries) {
    if (entries.size <= KEPT) return;
    if (entry.job.state !== 'running') entries.delete(id);
  }
}
