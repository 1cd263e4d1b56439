import { ok } from '../../../../shared/util/result.ts';
import { type AheadFile, budgetOnDisk, planAhead, sizeOf } from '../../domain/aboardPlan.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { JobRun } from '../../services/jobs.ts';
import { overdueBefore } from '../../services/overdue.ts';
import type { AboardFileRow } from '../../store/repositories/aboard.ts';
import { isBeyondApi } from '../account/openRemote.ts';
import { write } from '../context.ts';
import type { RemoteFile } from '../remote.ts';
import { fetchFiles } from './aboardFetch.ts';
import { type Ended, type FetchDeps, failed, type Run, withRemote } from './aboardTake.ts';

/** What could not be fetched is not asked for all the time. */
export const TRY_AGAIN_MS = 6 * 60 * 60_000;

type Candidate = AboardFileRow & AheadFile;
type Plan = ReturnType<typeof planAhead<Candidate>>;

/**
 * What the standing budget for attachments of open tickets wants now. `canLeave` says of a file that was fetched ahead
 * whether it may make room; what somebody takes along may not.
 */
function planNow(deps: ServiceDeps, budgetBytes: number, canLeave: (file: AboardFileRow) => boolean): Plan {
  const { aboard, remoteDesk } = deps.store;
  const staffId = remoteDesk.get()?.staffId;
  if (staffId === undefined) return { fetch: [], evict: [] };
  const triedBefore = deps.clock.now() - TRY_AGAIN_MS;
  const wanted = aboard
    .filesOf(aboard.ticketsOf([{ kind: 'open' }], staffId, overdueBefore(deps)))
    .filter((file) => file.isHere || (!isBeyondApi(file) && (file.triedAt ?? 0) < triedBefore));
  const taken = new Set(aboard.takeTickets());
  const known = new Set(wanted.map(({ id }) => id));
  const others = aboard.aheadFiles().filter(({ id }) => !known.has(id));
  const candidate = (file: AboardFileRow, isWanted: boolean): Candidate => ({
    ...file,
    isWanted,
    mayLeave: file.aheadAt !== null && !taken.has(file.ticketId) && canLeave(file),
  });
  return planAhead(
    [...wanted.map((file) => candidate(file, true)), ...others.map((file) => candidate(file, false))],
    budgetBytes,
  );
}

/** Whether the standing budget has anything to do. */
export function isAheadDue(deps: ServiceDeps): boolean {
  const budgetBytes = deps.store.settings.get().attachmentsAheadBytes;
  if (budgetBytes === 0 || deps.store.remoteDesk.get()?.firstSyncDoneAt == null) return false;
  const { fetch, evict } = planNow(deps, budgetBytes, () => true);
  return fetch.length > 0 || evict.length > 0;
}

/** Lets go what makes room, and fetches what is wanted, the newest first. */
export function runAhead(desk: FetchDeps, job: JobRun): Promise<Ended> {
  const { deps } = desk;
  return withRemote(desk, job, async (run) => {
    const wish = deps.store.settings.get().attachmentsAheadBytes;
    const hereBytes = sizeOf(deps.store.aboard.aheadFiles());
    const budget = budgetOnDisk(wish, hereBytes, await deps.files.freeBytes());
    const listed = await run.sync.remote.listFiles(null);
    if (!listed.ok) return failed(listed.error);
    const there = new Map(listed.value.map((file) => [file.id, file]));
    const plan = planNow(deps, budget, (file) => isStillThere(deps, file, there));
    await letGo(run, plan.evict);
    run.expect(plan.fetch.length);
    const fetched = await fetchFiles(run, plan.fetch);
    if (!fetched.ok) return failed(fetched.error);
    return ok({ problemCode: null });
  });
}

/** The server lists it, with the very size it has here: it can be fetched again. */
function isStillThere(
  { store }: ServiceDeps,
  file: AboardFileRow,
  there: ReadonlyMap<number, RemoteFile>,
): boolean {
  const remoteId = store.remoteTickets.remoteId('attachments', file.id);
  const listed = remoteId === null ? undefined : there.get(remoteId);
  return listed?.name === file.name && listed.sizeBytes === file.sizeBytes;
}

async function letGo(run: Run, files: readonly AboardFileRow[]): Promise<void> {
  if (files.length === 0) return;
  const { store, files: stored } = run.sync.deps;
  write(run.sync, () => {
    for (const { id } of files) store.aboard.leave(id);
  });
  for (const { sha256, ticketId } of files) {
    await stored.removeUnused(sha256, store.purge.isUsed);
    run.touched.add(ticketId);
  }
}
