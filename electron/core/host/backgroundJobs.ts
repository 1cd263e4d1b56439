import { setTimeout } from 'node:timers/promises';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Desk } from '../desk.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { removeOrphanUploads } from '../services/drafts.ts';
import { resumeImports } from '../services/importUpload.ts';
import type { JobRun } from '../services/jobs.ts';
import { removeOldFailures } from '../services/lockouts.ts';
import { removeOldRepeats } from '../services/repeats.ts';
import { sealPlainSecrets } from '../services/secondFactor.ts';
import type { Services } from '../services/services.ts';
import { removeOldSignIns } from '../services/sessionList.ts';
import { removeUnusedFiles } from '../services/unusedFiles.ts';

interface BackgroundJob {
  readonly name: string;
  /** Infinity: once, when the desk is ready. */
  readonly everyMs: number;
  run(services: Services, clock: Clock, stopping: AbortSignal): unknown;
}

/** How soon a desk that was just set up or upgraded is noticed. */
const NOT_READY_MS = 500;
const MINUTE_MS = 60_000;
/** After a failure, a full disk say: the log must not fill the rest of it. */
const FAILED_MS = MINUTE_MS;
/** How long one slice of index work may hold this thread. */
const SLICE_MS = 15;
/** Between two slices whatever people ask for comes first. */
const PAUSE_MS = 5;
/** A backlog beyond this is shown as a job with progress. */
const QUIET_BACKLOG = 500;

const JOBS: readonly BackgroundJob[] = [
  {
    name: 'half-written files',
    everyMs: Number.POSITIVE_INFINITY,
    run: ({ deps }) => deps.files.sweepIncoming(),
  },
  { name: 'secrets', everyMs: Number.POSITIVE_INFINITY, run: tendSecrets },
  { name: 'imports', everyMs: Number.POSITIVE_INFINITY, run: resumeImports },
  { name: 'search', everyMs: 500, run: drainSearchQueue },
  { name: 'sync', everyMs: 1000, run: runSync },
  { name: 'aboard', everyMs: 1000, run: ({ aboard }) => aboard.tend() },
  { name: 'wal', everyMs: 500, run: ({ wal }) => wal.tend() },
  {
    name: 'sessions',
    everyMs: 60 * MINUTE_MS,
    run: ({ deps }, clock) => deps.store.sessions.removeExpired(clock.now()),
  },
  { name: 'failed sign-ins', everyMs: 10 * MINUTE_MS, run: ({ deps }) => removeOldFailures(deps) },
  {
    name: 'sign-in log',
    everyMs: 60 * MINUTE_MS,
    run: ({ deps }, _clock, stopping) => removeOldSignIns(deps, stopping),
  },
  { name: 'uploads', everyMs: 720 * MINUTE_MS, run: ({ deps }) => removeOrphanUploads(deps) },
  {
    name: 'repeated requests',
    everyMs: 24 * 60 * MINUTE_MS,
    run: ({ deps }, _clock, stopping) => removeOldRepeats(deps, stopping),
  },
  {
    name: 'unused files',
    everyMs: 24 * 60 * MINUTE_MS,
    run: ({ deps }, _clock, stopping) => removeUnusedFiles(deps, stopping),
  },
];

/** Starts what a ready desk does by itself, and answers how to stop it; stopping waits for what runs. */
export function startBackgroundJobs(
  desk: Pick<Desk, 'ready'>,
  clock: Clock,
  log: Logger,
): () => Promise<void> {
  const stopping = new AbortController();
  const loops = JOBS.map((job) => repeat(job, desk, clock, log, stopping.signal));
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}

async function repeat(
  job: BackgroundJob,
  desk: Pick<Desk, 'ready'>,
  clock: Clock,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const services = desk.ready();
    let hasFailed = false;
    try {
      if (services.ok) await job.run(services.value, clock, signal);
      if (services.ok && job.everyMs === Number.POSITIVE_INFINITY) return;
    } catch (error) {
      hasFailed = true;
      log.error('background_job_failed', { job: job.name, error });
    }
    const pauseMs = hasFailed ? FAILED_MS : services.ok ? job.everyMs : Math.min(job.everyMs, NOT_READY_MS);
    await setTimeout(pauseMs, undefined, { ref: false, signal }).catch(() => {});
  }
}

/** A first run takes minutes: the end of the program waits for no more than the requests that are on their way. */
async function runSync({ sync }: Services, _clock: Clock, stopping: AbortSignal): Promise<void> {
  if (!sync.isDue()) return;
  const close = (): void => void sync.close();
  stopping.addEventListener('abort', close);
  await sync.run();
  stopping.removeEventListener('abort', close);
}

/** Brings the full-text index up to date after bulk work or an upgrade; a restart goes on where it stopped. */
async function drainSearchQueue(
  { deps, jobs }: Services,
  clock: Clock,
  stopping: AbortSignal,
): Promise<void> {
  const { search } = deps.store;
  const total = search.pending();
  if (total === 0) return;
  const work = async ({ signal, progress }: JobRun): Promise<Result<null>> => {
    for (let done = 0, slice = 1; slice > 0; done += slice) {
      if (signal.aborted || stopping.aborted) return err(appErrorOf('cancelled'));
      progress(done, Math.max(total, done));
      slice = search.drain(SLICE_MS, clock);
      await setTimeout(PAUSE_MS);
    }
    return ok(null);
  };
  if (total <= QUIET_BACKLOG) await work({ signal: stopping, progress: () => {} });
  else if (
    (await jobs.start({ kind: 'index', label: 'Search index', startedBy: null, run: work }).finished)
      .state === 'failed'
  )
    throw new Error('the index job failed');
}

/** What an older version left plain, and what an interrupted move left in the keychain. */
async function tendSecrets({ deps, keeper }: Services): Promise<void> {
  const sealed = await sealPlainSecrets(deps);
  if (!sealed.ok) throw new Error(`second factors are not sealed yet: ${sealed.error.code}`);
  if (deps.store.secretKeys.read() === null) return;
  // The log tells now, not at somebody's sign-in, when the key can't be had.
  await keeper.status();
  await keeper.tidy();
}
