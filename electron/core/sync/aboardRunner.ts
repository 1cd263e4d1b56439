import type { TakeInput } from '../../../shared/contract/aboard.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/system.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import type { ServiceDeps } from '../services/context.ts';
import { DESK_CLOSES, type Jobs } from '../services/jobs.ts';
import { overdueBefore } from '../services/overdue.ts';
import type { TakeRow } from '../store/repositories/aboard.ts';
import { type Ended, runTake } from './aboardTake.ts';
import type { SyncRunner } from './runner.ts';

/** Fetches what somebody takes along, as a job; what it is to do is on disk, so it goes on after a restart. */
export interface AboardRunner {
  isRunning(): boolean;
  /** Takes these views along from now on, in the place of what was taken before. */
  take(actor: StaffActor, input: TakeInput): Promise<Result<Promise<Job>>>;
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
}

export function createAboardRunner(deps: ServiceDeps, jobs: Jobs, sync: SyncRunner): AboardRunner {
  const { aboard, remoteDesk } = deps.store;
  let running: Running | null = null;
  let failedAt: number | null = null;
  const tell = (): void => deps.events.publish({ type: 'desk_changed', what: 'sync' });

  const set = (change: () => void): Result<void> =>
    deps.store.write(() => {
      change();
      return ok(undefined);
    });
  const finish = (ended: Ended, signal: AbortSignal): void => {
    const now = deps.clock.now();
    set(() => {
      // What was paused stays so; what the end of the program interrupts goes on at the next start.
      if (aboard.take()?.state !== 'fetching' || signal.reason === DESK_CLOSES) return;
      if (ended.ok) aboard.setTakeState('done', { ...ended.value, endedAt: now });
      else if (signal.aborted) aboard.setTakeState('cancelled', { endedAt: now });
      else if (ended.error.code === 'disk_full') aboard.setTakeState('paused', { problemCode: 'disk_full' });
      else aboard.setTakeState('fetching', { problemCode: ended.error.code });
    });
    failedAt = ended.ok ? null : now;
  };
  const start = (): Promise<Job> => {
    const take = aboard.take();
    const { job, finished } = jobs.start({
      ...{ kind: 'aboard', label: 'Taking along' },
      startedBy: take?.staffId ?? null,
      run: async (run) => {
        const ended: Ended = take ? await runTake(deps, take, run) : ok({ problemCode: null });
        finish(ended, run.signal);
        return ended.ok ? ok(null) : ended;
      },
    });
    const done = finished.finally(() => {
      running = null;
      tell();
    });
    running = { id: job.id, finished: done };
    tell();
    return done;
  };
  /** Notes why it stops before it does, so that the end of the job leaves that alone. */
  const halt = async (as: 'paused' | 'cancelled'): Promise<Result<void>> => {
    const noted = set(() => aboard.setTakeState(as, { endedAt: as === 'paused' ? null : deps.clock.now() }));
    if (!running || !noted.ok) return noted;
    jobs.cancel(running.id);
    await running.finished;
    return noted;
  };
  const begin = (take: Pick<TakeRow, 'staffId' | 'views' | 'budgetBytes'>): Result<void> =>
    set(() => {
      aboard.setTake({ ...take, now: deps.clock.now() });
      aboard.setTakeTickets(aboard.ticketsOf(take.views, take.staffId, overdueBefore(deps)));
    });

  return {
    isRunning: () => running !== null,
    take: async (actor, input) => {
      if (!remoteDesk.get()) return err(appErrorOf('not_connected'));
      await halt('paused');
      const begun = begin({ ...input, staffId: actor.staffId });
      return begun.ok ? ok(start()) : begun;
    },
    stop: async (as) => {
      const stopped = await halt(as);
      tell();
      return stopped;
    },
    resume: async () => {
      const take = aboard.take();
      if (!take) return err(appErrorOf('not_found'));
      if (running && take.state === 'fetching') return ok(undefined);
      await halt('paused');
      const again = begin(take);
      if (again.ok) void start();
      return again;
    },
    tend: () => {
      if (running || aboard.take()?.state !== 'fetching') return;
      const lastSyncAt = sync.status()?.lastSyncAt ?? null;
      // After a failure: once the server has answered again.
      if (failedAt !== null && (lastSyncAt === null || lastSyncAt <= failedAt)) return;
      void start();
    },
  };
}
