import { type AppError, appErrorOf, type ErrorCode } from '../../../../shared/contract/errors.ts';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { budgetOnDisk, planTake, sizeOf } from '../../domain/aboardPlan.ts';
import type { HttpFetch } from '../../ports/httpFetch.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { JobRun } from '../../services/jobs.ts';
import type { AboardFileRow, TakeRow } from '../../store/repositories/aboard.ts';
import { isBeyondApi, type OpenRemote } from '../account/openRemote.ts';
import { announce, createSyncContext, SyncStopped } from '../context.ts';
import { problemOf } from '../denials.ts';
import { pullAllFiles } from '../pull/pullFiles.ts';
import { isPermissionMissing, type RemoteFailure } from '../remote.ts';
import { type FetchRun, fetchFiles, fetchThreads } from './aboardFetch.ts';

/** How a fetch ended that went through: null, or the code of what kept something of it away. */
export type Ended = Result<{ readonly problemCode: ErrorCode | null }>;

export interface Run extends FetchRun {
  /** So many more threads or files are to be dealt with. */
  expect(more: number): void;
}

/** A desk, and how its remote is reached. */
export interface FetchDeps {
  readonly deps: ServiceDeps;
  readonly open: OpenRemote;
}

/**
 * Runs some work with the remote until it ends or is called off: `cancelled`, what keeps the remote from being asked,
 * what a full disk says.
 */
export async function withRemote(
  { deps, open }: FetchDeps,
  { signal, progress }: JobRun,
  work: (run: Run) => Promise<Ended>,
): Promise<Ended> {
  const fetch: HttpFetch = (request, options) => deps.httpFetch(request, { ...options, signal });
  const remote = await open(deps, fetch);
  if (!remote.ok) return remote;
  let done = 0;
  let total = 0;
  const sync = createSyncContext(deps, remote.value);
  const run = {
    ...{ sync, signal, touched: new Set<TicketId>() },
    onOne: () => progress(++done, total),
    expect: (more: number) => {
      total += more;
      progress(done, total);
    },
  };
  const ended = await work(run).catch((error: unknown): Ended => {
    if (error instanceof SyncStopped) return err(error.appError);
    throw error;
  });
  announce(sync, [...run.touched]);
  return signal.aborted ? err(appErrorOf('cancelled')) : ended;
}

/** A permission that is missing ends what it was needed for, and nothing waits for it. */
export const failed = (failure: RemoteFailure): Ended => {
  const error: AppError = problemOf(failure);
  return isPermissionMissing(failure) ? ok({ problemCode: error.code }) : err(error);
};

/** Fetches what is missing of the take: threads first, then the files within its budget. */
export function runTake(desk: FetchDeps, take: TakeRow, job: JobRun): Promise<Ended> {
  return withRemote(desk, job, async (run) => {
    const { aboard } = desk.deps.store;
    const ids = aboard.takeTickets();
    const stale = aboard.staleOf(ids);
    run.expect(stale.length);
    const threads = await fetchThreads(run, stale);
    if (!threads.ok) return failed(threads.error);
    // One list of everything: which files there are is known in no other way (behaviour.md 2.6).
    const listed = await pullAllFiles(run.sync);
    if (!listed.ok) return failed(listed.error);
    return takeFiles(run, take, aboard.filesOf(ids));
  });
}

/** What is tried once: each file of a take, again when a person asks again. */
const mayCome = (take: TakeRow, file: AboardFileRow): boolean =>
  file.isHere || (!isBeyondApi(file) && (file.triedAt ?? 0) < take.startedAt);

async function takeFiles(run: Run, take: TakeRow, files: readonly AboardFileRow[]): Promise<Ended> {
  const hereBytes = sizeOf(files.filter(({ isHere }) => isHere));
  const budget = budgetOnDisk(take.budgetBytes, hereBytes, await run.sync.deps.files.freeBytes());
  const candidates = files.filter((file) => mayCome(take, file));
  const plan = planTake(candidates, budget);
  run.expect(plan.fetch.length);
  const fetched = await fetchFiles(run, plan.fetch);
  if (!fetched.ok) return failed(fetched.error);
  const isCut = budget < take.budgetBytes && plan.over.length > 0;
  return ok({ problemCode: isCut || fetched.value.end === 'full' ? 'disk_nearly_full' : null });
}
