import type { AppError } from '../../../shared/contract/errors.ts';
import type { OutboxState } from '../../../shared/contract/sync.ts';
import type { ServiceDeps } from '../services/context.ts';
import { fetchAsked } from './aboard/aboardFetch.ts';
import { beginCatchingUp, noteInStep } from './away.ts';
import {
  createSyncContext,
  DONE,
  noCounts,
  type SyncContext,
  type SyncCounts,
  SyncStopped,
  write,
} from './context.ts';
import { DENIALS } from './denials.ts';
import { checkConvergence } from './pull/converge.ts';
import { pullAllFiles, pullFiles } from './pull/pullFiles.ts';
import { pullCustomers, pullDesk } from './pull/pullLists.ts';
import { pullThreads } from './pull/pullThreads.ts';
import { pullTickets } from './pull/pullTickets.ts';
import { isSamePast, judgeWentBack, WentBack } from './pull/wentBack.ts';
import { push } from './push/push.ts';
import { resolveUncertain } from './push/resolve.ts';
import { isPermissionMissing, type Remote, type RemoteFailure, type RemoteResult } from './remote.ts';
import type { Uploads } from './uploads.ts';

/** Departments, staff and customers as a whole: this often is enough, new ones come with their tickets. */
const LISTS_EVERY_MS = 60 * 60_000;

/** What a cycle did. `ended` is null when it went through. */
export interface SyncSummary extends SyncCounts {
  readonly ended: RemoteFailure | { readonly kind: 'stopped'; readonly error: AppError } | null;
  readonly outbox: Partial<Record<OutboxState, number>>;
}

export interface SyncEngine {
  /** Of the run under way, else of the last one. */
  readonly counts: Readonly<SyncCounts>;
  readonly uploads: Uploads;
  /** One whole cycle: what is uncertain, then out, then in. One at a time. */
  run(): Promise<SyncSummary>;
}

/**
 * Keeps a desk and its remote in step. Everything it knows is in the database: it may be ended anywhere, and the next
 * one goes on. What was on its way when the last one ended becomes `uncertain` here.
 */
export function createSyncEngine(deps: ServiceDeps, remote: Remote): SyncEngine {
  const sync = createSyncContext(deps, remote);
  const { counts, uploads } = sync;
  // True at the start, and after a run whose results could not be written down.
  let mayBeInterrupted = true;
  const whole = async (): Promise<RemoteFailure | null> => {
    if (mayBeInterrupted) write(sync, () => deps.store.outbox.markInterrupted());
    mayBeInterrupted = false;
    return cycle(sync);
  };
  return {
    ...{ counts, uploads },
    run: async () => {
      Object.assign(counts, noCounts());
      const ended = await whole().catch((error: unknown) => {
        mayBeInterrupted = true;
        if (error instanceof WentBack) return judgeWentBack(sync, error);
        if (error instanceof SyncStopped) return { kind: 'stopped', error: error.appError } as const;
        throw error;
      });
      return { ...counts, ended, outbox: deps.store.outbox.counts() };
    },
  };
}

async function cycle(sync: SyncContext): Promise<RemoteFailure | null> {
  const isFirst = sync.deps.store.remoteDesk.get()?.firstSyncDoneAt === null;
  beginCatchingUp(sync);
  const maySend = await isSamePast(sync);
  sync.past.isSure = false;
  const steps: (() => Promise<RemoteResult<void>>)[] = [
    () => resolveUncertain(sync),
    async () => (maySend ? failed(await push(sync)) : DONE),
    () => (isFirst ? pullDesk(sync) : pullLists(sync)),
    () => pullTickets(sync, () => (isFirst ? pullHotFirst(sync) : Promise.resolve(DONE))),
    () => pullThreads(sync),
    () => resolveUncertain(sync),
    () => files(sync),
    () => checkConvergence(sync),
    // What waited for something that has just come.
    async () => failed(await push(sync)),
    () => fetchAsked(sync),
  ];
  for (const step of steps) {
    const done = await step();
    if (!done.ok) {
      notePause(sync, done.error);
      return done.error;
    }
  }
  sync.past.isSure = true;
  noteInStep(sync);
  return null;
}

/** A first sync: what people work on can be read and answered before thousands of customers and closed tickets come. */
async function pullHotFirst(sync: SyncContext): Promise<RemoteResult<void>> {
  const read = await pullThreads(sync);
  return read.ok ? pullLists(sync) : read;
}

/** What a desk can do without: tickets are read and answered whether or not the token may list these. */
const optional = (result: RemoteResult<void>): RemoteResult<void> =>
  result.ok || !isPermissionMissing(result.error) ? result : DONE;

const failed = (error: RemoteFailure | null): RemoteResult<void> => (error ? { ok: false, error } : DONE);

/** A remote that does not let us in is not asked again until a person did something about it. */
function notePause(sync: SyncContext, failure: RemoteFailure): void {
  if (failure.kind !== 'denied') return;
  write(sync, () => sync.deps.store.remoteDesk.set('pausedCode', DENIALS[failure.reason]));
}

async function pullLists(sync: SyncContext): Promise<RemoteResult<void>> {
  const { store, clock } = sync.deps;
  const listsAt = store.remoteDesk.get()?.listsAt ?? null;
  if (listsAt !== null && clock.now() - listsAt < LISTS_EVERY_MS) return DONE;
  const desk = await pullDesk(sync);
  if (!desk.ok) return desk;
  const customers = optional(await pullCustomers(sync, { onlyNew: false }));
  if (customers.ok) write(sync, () => store.remoteDesk.set('listsAt', clock.now()));
  return customers;
}

async function files(sync: SyncContext): Promise<RemoteResult<void>> {
  const { store, clock } = sync.deps;
  if (store.remoteDesk.get()?.firstSyncDoneAt !== null) return optional(await pullFiles(sync));
  const all = optional(await pullAllFiles(sync));
  if (all.ok) write(sync, () => store.remoteDesk.set('firstSyncDoneAt', clock.now()));
  return all;
}
