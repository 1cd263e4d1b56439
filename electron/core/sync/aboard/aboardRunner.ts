import type { TakeInput } from '../../../../shared/contract/aboard.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { Job } from '../../../../shared/contract/system.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { DESK_CLOSES, type JobRun, type Jobs } from '../../services/jobs.ts';
import { overdueBefore } from '../../services/overdue.ts';
import type { TakeRow } from '../../store/repositories/aboard.ts';
import { type OpenRemote, openRemote } from '../account/openRemote.ts';
import type { SyncRunner } from '../runner.ts';
import { isAheadDue, runAhead, TRY_AGAIN_MS } from './aboardAhead.ts';
import { type Ended, runTake } from './aboardTake.ts';

/** Fetches what somebody takes along, and what the standing budget wants, as jobs; what it is to do is on disk, so it goes on after a restart. */
export interface AboardRunner {
  isRunning(): boolean;
  /** Takes these views along from now on, in the place of what was taken before. */
  take(staffId: StaffId, input: TakeInput): Promise<Result<Promise<Job>>>;
  /** Ends the fetching until somebody resumes it, or for good; what came stays. */
  stop(as: 'paused' | 'cancelled'): Promise<Result<void>>;
  /** Goes on with what is missing, also of what ended. */
  resume(): Promise<Result<void>>;
  /** Starts what is due: called again and again. */
  tend(): void;
}

interface Running {
  readonly id: string;
  readonly finished: Promise<Job>;
  /** Not what is fetched ahead by the standing budget. */
  readonly isTake: boolean;
}
interface Work {
  readonly label: string;
  readonly startedBy: StaffId | null;
  readonly isTake: boolean;
  run(run: JobRun): Promise<Ended>;
  finish(ended: Ended, signal: AbortSignal): void;
}

/** Attachments ahead of time that somebody called off stay so for a while. */
const CALLED_OFF_MS = 60 * 60_000;
/** The disk has no room, say: not tried after each sync. */
const UNABLE_MS = 10 * 60_000;

export function createAboardRunner(
  deps: ServiceDeps,
  jobs: Jobs,
  sync: Pick<SyncRunner, 'lastSyncAt'>,
  open: OpenRemote = openRemote,
): AboardRunner {
  const { aboard, remoteDesk } = deps.store;
  let running: Running | null = null;
  let failedAt: number | null = null;
  let aheadNotBefore = 0;
  let looked = { moment: '', state: '' };
  const tell = (): void => deps.events.publish({ type: 'desk_changed', what: 'sync' });

  const set = (change: () => void): Result<void> =>
    deps.store.write(() => {
      change();
      return ok(undefined);
    });
  const finishTake = (ended: Ended, signal: AbortSignal): void => {
    const now = deps.clock.now();
    set(() => {
      // What was paused stays so; what the end of the program interrupts goes on at the next start.
      if (aboard.take()?.state !== 'fetching' || signal.reason === DESK_CLOSES) return;
      if (ended.ok) aboard.setTakeState('done', { ...ended.value, endedAt: now });
      else if (signal.aborted) aboard.setTakeState('cancelled', { endedAt: now });
      else if (ended.error.code === 'disk_full') aboard.setTakeState('paused', { problemCode: 'disk_full' });
      else aboard.setTakeState('fetching', { problemCode: ended.error.code });
    });
  };
  const launch = (what: Work): Promise<Job> => {
    const { job, finished } = jobs.start({
      ...{ kind: 'aboard', label: what.label, startedBy: what.startedBy },
      run: async (run) => {
        const ended = await what.run(run);
        failedAt = ended.ok || run.signal.aborted ? null : deps.clock.now();
        what.finish(ended, run.signal);
        return ended.ok ? ok(null) : ended;
      },
    });
    const done = finished.finally(() => {
      running = null;
      tell();
    });
    running = { id: job.id, finished: done, isTake: what.isTake };
    tell();
    return done;
  };
  const startTake = (take: TakeRow): Promise<Job> =>
    launch({
      ...{ label: 'Taking along', startedBy: take.staffId, isTake: true },
      run: (run) => runTake({ deps, open }, take, run),
      finish: finishTake,
    });
  const startAhead = (): Promise<Job> =>
    launch({
      ...{ label: 'Attachments ahead of time', startedBy: null, isTake: false },
      run: (run) => runAhead({ deps, open }, run),
      finish: (ended, signal) => {
        looked = { moment: '', state: '' };
        if (signal.aborted) aheadNotBefore = deps.clock.now() + CALLED_OFF_MS;
        else if (ended.ok && isAheadDue(deps)) aheadNotBefore = deps.clock.now() + UNABLE_MS;
      },
    });
  /** Notes why it stops before it does, so that the end of the job leaves that alone. */
  const halt = async (as: 'paused' | 'cancelled'): Promise<Result<void>> => {
    const noted = set(() => aboard.setTakeState(as, { endedAt: as === 'paused' ? null : deps.clock.now() }));
    if (!running || !noted.ok) return noted;
    const { id, finished, isTake } = running;
    jobs.cancel(id);
    await finished;
    // It only made way.
    if (!isTake) aheadNotBefore = 0;
    return noted;
  };
  const begin = (take: Pick<TakeRow, 'staffId' | 'views' | 'budgetBytes'>): Result<Promise<Job>> => {
    const begun = set(() => {
      aboard.setTake({ ...take, now: deps.clock.now() });
      aboard.setTakeTickets(aboard.ticketsOf(take.views, take.staffId, overdueBefore(deps)));
    });
    const row = aboard.take();
    if (!begun.ok) return begun;
    return row ? ok(startTake(row)) : err(appErrorOf('not_found'));
  };
  /** Once after each sync and each change of the budget, and only when something has changed: a look costs a while. */
  const isTimeForAhead = (): boolean => {
    const now = deps.clock.now();
    const budget = deps.store.settings.get().attachmentsAheadBytes;
    const moment = `${sync.lastSyncAt()} ${budget}`;
    if (now < aheadNotBefore || moment === looked.moment) return false;
    const tries = Math.floor(now / TRY_AGAIN_MS);
    const state = `${budget} ${tries} ${aboard.take()?.startedAt} ${deps.store.changes.newest()}`;
    const hasChanged = state !== looked.state;
    looked = { moment, state };
    return hasChanged && isAheadDue(deps);
  };

  return {
    isRunning: () => running?.isTake === true,
    take: async (staffId, input) => {
      if (!remoteDesk.get()) return err(appErrorOf('not_connected'));
      await halt('paused');
      return begin({ ...input, staffId });
    },
    stop: async (as) => {
      const state = aboard.take()?.state;
      if (state !== 'fetching' && state !== 'paused') return ok(undefined);
      const stopped = await halt(as);
      tell();
      return stopped;
    },
    resume: async () => {
      const take = aboard.take();
      if (!take) return err(appErrorOf('not_found'));
      if (running?.isTake && take.state === 'fetching') return ok(undefined);
      await halt('paused');
      const again = begin(take);
      return again.ok ? ok(undefined) : again;
    },
    tend: () => {
      if (running || !remoteDesk.get()) return;
      // After a failure: once the server has answered again.
      if (failedAt !== null && (sync.lastSyncAt() ?? 0) <= failedAt) return;
      const take = aboard.take();
      if (take?.state === 'fetching') void startTake(take);
      else if (sync.lastSyncAt() !== null && isTimeForAhead()) void startAhead();
    },
  };
}
