import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { ticketRows } from '../../services/ticketReader.ts';
import { openRemoteAhead } from '../account/openRemote.ts';
import { createSyncContext, SyncStopped } from '../context.ts';
import { problemOf } from '../denials.ts';
import { pullThread } from './pullThread.ts';

/** Reads one conversation now, because somebody has opened it: ticket_not_found, and why the server can't be asked. */
export async function fetchThread(
  deps: ServiceDeps,
  actor: StaffActor,
  ticketId: TicketId,
): Promise<Result<void>> {
  if (ticketRows(deps, actor, [ticketId]).length === 0) return err(appErrorOf('ticket_not_found'));
  const remote = await openRemoteAhead(deps);
  if (!remote.ok) return remote;
  try {
    const read = await pullThread(createSyncContext(deps, remote.value), ticketId);
    return read.ok ? ok(undefined) : err(problemOf(read.error));
  } catch (error) {
    if (error instanceof SyncStopped) return err(error.appError);
    throw error;
  }
}
