import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import type { AttachmentId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { publishTickets } from '../../services/ticketEvents.ts';
import type { AttachmentRecord } from '../../store/repositories/messages.ts';
import { storeError } from '../../store/store.ts';
import { isBeyondApi, openRemoteAhead } from '../account/openRemote.ts';
import { SyncStopped } from '../context.ts';
import { problemOf } from '../denials.ts';
import { isPermissionMissing, type Remote, type RemoteFailure, type RemoteResult } from '../remote.ts';

/** The remote has the row, and not the file (behaviour.md 2.6). */
export const isGone = ({ kind }: RemoteFailure): boolean => kind === 'not_found' || kind === 'refused';

/**
 * Brings the bytes of a file that only the remote has and keeps them. `aheadAt`: nobody has opened it, so it may make
 * room again. A disk that takes no more throws SyncStopped.
 */
export async function bringFile(
  deps: ServiceDeps,
  remote: Remote,
  id: AttachmentId,
  aheadAt: number | null,
): Promise<RemoteResult<void>> {
  const remoteId = deps.store.remoteTickets.remoteId('attachments', id);
  if (remoteId === null) return { ok: false, error: { kind: 'not_found', detail: 'It is not there yet.' } };
  const content = await remote.downloadFile(remoteId);
  if (!content.ok) return content;
  const stored = await deps.files.put(Buffer.from(content.value)).catch((error: unknown) => {
    throw new SyncStopped(storeError(error) ?? appErrorOf('file_unreadable'));
  });
  const kept = deps.store.write(() => {
    deps.store.remoteFiles.setContent(id, stored);
    deps.store.aboard.came(id, aheadAt);
    return ok(undefined);
  });
  deps.files.release([stored.sha256]);
  if (!kept.ok) throw new SyncStopped(kept.error);
  return kept;
}

/**
 * A file that somebody opens, with its bytes: those that are on the remote only are fetched and kept, they never change
 * there (behaviour.md 3.7, 7). attachment_on_server_only while the remote can't be reached.
 */
export async function broughtHere(
  deps: ServiceDeps,
  attachment: AttachmentRecord,
): Promise<Result<AttachmentRecord>> {
  if (attachment.sha256 !== '') return ok(attachment);
  if (isBeyondApi(attachment)) return err(appErrorOf('attachment_beyond_api'));
  const remote = await openRemoteAhead(deps);
  if (!remote.ok) return err(appErrorOf('attachment_on_server_only'));
  try {
    const brought = await bringFile(deps, remote.value, attachment.id, null);
    if (!brought.ok) return err(refusalOf(brought.error));
  } catch (error) {
    if (error instanceof SyncStopped) return err(error.appError);
    throw error;
  }
  const ticket = deps.store.tickets.byId(attachment.ticketId);
  if (ticket) publishTickets(deps, [ticket.id], [ticket.departmentId]);
  return ok(deps.store.attachments.byId(attachment.id) ?? attachment);
}

function refusalOf(failure: RemoteFailure): AppError {
  if (isGone(failure)) return appErrorOf('attachment_gone_on_server');
  if (failure.kind === 'denied' && isPermissionMissing(failure)) return problemOf(failure);
  return appErrorOf('attachment_on_server_only');
}
