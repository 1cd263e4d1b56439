import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { announce, type SyncContext, write } from '../context.ts';
import { problemOf } from '../denials.ts';
import { rebase } from '../outbox/rebase.ts';
import { isPermissionMissing, isStranger, type RemoteFailure } from '../remote.ts';

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 10 * 60_000;

/**
 * How long a server may still carry out a request whose answer never came. What a complete reading after this does not
 * show is sent again; one that is carried out later still can't be prevented, only detected (design §7).
 */
export const LATE_MS = 2 * 60_000;

/** When an attempt that came to nothing is repeated: later each time. */
function retryAt({ deps }: SyncContext, row: OutboxRow): number {
  return deps.clock.now() + Math.min(FIRST_RETRY_MS * 2 ** row.attempts, LONGEST_RETRY_MS);
}

/**
 * Keeps what a failed attempt means for its operation; answers the failure when it ends the run. `isRepeatable`: doing
 * it twice is the same as once, so that an answer that was lost needs no inquiry.
 */
export function recordFailure(
  sync: SyncContext,
  row: OutboxRow,
  failure: RemoteFailure,
  isRepeatable: boolean,
): RemoteFailure | null {
  const { deps } = sync;
  const { outbox } = deps.store;
  // What the system calls it is no sentence; a person reads what it means.
  const why = problemOf(failure).message;
  const aside = (state: AsideState): void => putAside(sync, row.id, state, failure.detail);
  const ended = write(sync, () => {
    switch (failure.kind) {
      case 'not_sent':
        if (failure.cause === 'upload_stopped') {
          putAside(sync, row.id, 'held', why);
          break;
        }
        outbox.set(row.id, 'queued', why, retryAt(sync, row));
        if (failure.cause === 'upload_broke') break;
        return failure;
      case 'later':
        outbox.set(row.id, 'queued', why, deps.clock.now() + failure.afterMs);
        return failure;
      case 'denied':
        if (!isPermissionMissing(failure)) {
          outbox.set(row.id, 'queued', why);
          return failure;
        }
        aside('rejected');
        break;
      case 'no_answer':
        if (isRepeatable) outbox.set(row.id, 'queued', why, retryAt(sync, row));
        else putAside(sync, row.id, 'uncertain', failure.detail);
        return isStranger(failure) ? failure : null;
      case 'refused':
        putAside(sync, row.id, 'rejected', refusalText(failure));
        break;
      case 'unreadable':
        putAside(sync, row.id, 'rejected', why);
        break;
      case 'not_found':
        aside('conflict');
        break;
    }
    if (row.ticketId !== null) rebase(sync, row.ticketId);
    return null;
  });
  if (row.ticketId !== null) announce(sync, [row.ticketId]);
  return ended;
}

/** In its own words, but where those mislead. */
function refusalText({ detail, files }: Extract<RemoteFailure, { kind: 'refused' }>): string {
  if (files === undefined || files.about === 'size') return detail;
  return appErrorOf(files.about === 'file' ? 'server_refuses_file' : 'server_refuses_size').message;
}

/** The remote confirmed it: it leaves the outbox. Runs in the caller's transaction. */
export function finish(sync: SyncContext, row: OutboxRow): void {
  sync.deps.store.outbox.remove(row.id);
  sync.counts.pushed += 1;
  if (row.ticketId !== null) rebase(sync, row.ticketId);
}

/** Puts it aside for a person, with the reason. */
export function setAside(sync: SyncContext, row: OutboxRow, state: AsideState, reason: string): void {
  write(sync, () => {
    putAside(sync, row.id, state, reason);
    if (row.ticketId !== null) rebase(sync, row.ticketId);
  });
}

type AsideState = 'uncertain' | 'held' | 'conflict' | 'rejected';

/** With the time: what the server had then is what a person is asked about. Runs in the caller's transaction. */
export function putAside({ deps }: SyncContext, id: number, state: AsideState, reason: string): void {
  deps.store.outbox.set(id, state, reason);
  deps.store.outbox.noteAside(id, deps.clock.now());
}
