import { type AppError, appErrorOf, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { SyncProgress, SyncStatus, Upload } from '../../../shared/contract/sync.ts';
import { type Mark, timeLeftMs, withMark } from '../domain/timeLeft.ts';
import type { ServiceDeps } from '../services/context.ts';

/** What the runner knows of its runs. */
export interface RunState {
  readonly isRunning: boolean;
  readonly lastSyncAt: number | null;
  readonly nextAt: number | null;
  /** The battery makes it later. */
  readonly savesPower: boolean;
  readonly problem: AppError | null;
  readonly requests: number;
  /** Of the run under way, else of the last one. */
  readonly messages: number;
  readonly uploads: readonly Upload[];
}

/** Somebody wanted it so: whatever went wrong before is beside the point. */
const CHOSEN: readonly ErrorCode[] = ['sync_paused', 'remote_disconnected'];

function problemOf(pausedCode: ErrorCode | null, problem: AppError | null): AppError | null {
  if (pausedCode === null) return problem;
  return CHOSEN.includes(pausedCode) ? appErrorOf(pausedCode) : (problem ?? appErrorOf(pausedCode));
}

/** Tells how a desk stands; remembers between two looks only what speeds are measured by. */
export interface StatusTeller {
  /** Null on a desk of its own. */
  tell(run: RunState): SyncStatus | null;
  /** A run begins. */
  begin(): void;
}

export function createStatusTeller(deps: ServiceDeps): StatusTeller {
  const { remoteDesk, remoteTickets, outbox, messages } = deps.store;
  let marks: readonly Mark[] = [];
  let waiting = 0;
  // Counted once for each run: there may be millions.
  let messagesBefore: number | undefined;
  const stillToSend = (): number => {
    const { queued = 0, sending = 0 } = outbox.counts();
    return queued + sending;
  };
  const sendingOf = (): SyncStatus['sending'] => {
    const left = stillToSend();
    // What is written while it goes on makes the whole more, not what is done less.
    waiting = Math.max(waiting, left);
    return left > 0 ? { done: waiting - left, total: waiting } : null;
  };
  const progressOf = (run: RunState, expected: number | null, threadsLeft: number): SyncProgress => {
    const tickets = remoteTickets.total();
    const ticketsExpected = Math.max(expected ?? 0, tickets);
    const conversations = tickets - threadsLeft;
    if (run.isRunning) marks = withMark(marks, { at: deps.clock.now(), done: conversations });
    const left = ticketsExpected - conversations;
    messagesBefore ??= messages.total();
    return {
      ...{ tickets, ticketsExpected, conversations },
      messages: messagesBefore + run.messages,
      requests: run.requests,
      leftMs: run.isRunning ? timeLeftMs(marks, left) : null,
    };
  };
  return {
    begin: () => {
      marks = [];
      waiting = stillToSend();
      messagesBefore = remoteDesk.get()?.firstSyncDoneAt === null ? messages.total() : undefined;
    },
    tell: (run) => {
      const desk = remoteDesk.get();
      if (!desk) return null;
      const threadsLeft = remoteTickets.staleThreadCount();
      const { url, username, firstSyncDoneAt, clockOffsetMs } = desk;
      return {
        ...{ url, username, firstSyncDoneAt, threadsLeft, clockOffsetMs },
        isRunning: run.isRunning,
        lastSyncAt: run.lastSyncAt,
        nextSyncAt: run.isRunning || desk.pausedCode !== null ? null : run.nextAt,
        savesPower: run.savesPower,
        progress: firstSyncDoneAt === null ? progressOf(run, desk.ticketsExpected, threadsLeft) : null,
        leavesOld: desk.leavesOld === 1,
        sending: run.isRunning ? sendingOf() : null,
        uploads: [...run.uploads],
        outbox: outbox.counts(),
        problem: problemOf(desk.pausedCode, run.problem),
        lastCheck: deps.store.remoteChecks.last(),
      };
    },
  };
}
