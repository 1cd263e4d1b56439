import type { AppError } from '../../../shared/contract/errors.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { ok, type Result } from '../../../shared/util/result.ts';
import type { ServiceDeps } from '../services/context.ts';
import { publishTickets } from '../services/ticketEvents.ts';
import type { ClosedMemory } from './pull/scanState.ts';
import type { Remote, RemoteResult } from './remote.ts';
import { createUploads, type Uploads } from './uploads.ts';

/** How the numbers of a run are told: on the command line, in the status bar, in tests. */
export interface SyncCounts {
  /** Rows that came or changed here. */
  pulled: number;
  /** Operations that the remote confirmed. */
  pushed: number;
  /** Messages among what came. */
  messages: number;
}

export const noCounts = (): SyncCounts => ({ pulled: 0, pushed: 0, messages: 0 });

/** One run of the engine over one desk and one remote. */
export interface SyncContext {
  readonly deps: ServiceDeps;
  readonly remote: Remote;
  readonly counts: SyncCounts;
  readonly uploads: Uploads;
  readonly closed: ClosedMemory;
  /** Whether the last run went through, and tickets whose row looked like one of another time and was not. */
  readonly past: { isSure: boolean; readonly believed: Set<number> };
}

export const createSyncContext = (deps: ServiceDeps, remote: Remote): SyncContext => ({
  ...{ deps, remote },
  counts: noCounts(),
  uploads: createUploads(),
  closed: { scan: null, unexplained: 0 },
  past: { isSure: false, believed: new Set() },
});

export const DONE: RemoteResult<void> = { ok: true, value: undefined };

/**
 * One transaction. What fails in it is a mistake of ours or a full disk: it ends the run, and the next one
 * starts from what is on disk.
 */
export function write<T>({ deps }: SyncContext, work: () => T): T {
  return orStop(deps.store.write(() => ok(work())));
}

/** The same for what was read from the remote, and can be read again: nobody waits for the disk. */
export function writeRead<T>({ deps }: SyncContext, work: () => T): T {
  return orStop(deps.store.write(() => ok(work()), 'repeatable'));
}

function orStop<T>(result: Result<T>): T {
  if (!result.ok) throw new SyncStopped(result.error);
  return result.value;
}

/** The desk could not be written: the run ends, nothing of it is lost. */
export class SyncStopped extends Error {
  readonly appError: AppError;
  constructor(appError: AppError) {
    super(appError.code);
    this.appError = appError;
  }
}

/** After the commit: the windows look again. */
export function announce({ deps }: SyncContext, ticketIds: readonly TicketId[], isNew = false): void {
  const departments = ticketIds.flatMap((id) => deps.store.tickets.byId(id)?.departmentId ?? []);
  publishTickets(deps, ticketIds, departments, isNew);
}
