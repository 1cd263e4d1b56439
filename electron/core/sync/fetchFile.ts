import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { ServiceDeps } from '../services/context.ts';
import type { AttachmentRecord } from '../store/repositories/messages.ts';
import { storeError } from '../store/store.ts';
import { openRemote } from './openRemote.ts';

/**
 * Brings the bytes of a file that only the remote has: they never change there (behaviour.md 3.7, 7), so they are
 * kept. attachment_on_server_only while the remote can't be reached.
 */
export async function fetchFile(
  deps: ServiceDeps,
  attachment: AttachmentRecord,
): Promise<Result<AttachmentRecord>> {
  const remoteId = deps.store.remoteTickets.remoteId('attachments', attachment.id);
  const remote = await openRemote(deps);
  if (remoteId === null || !remote.ok) return err(appErrorOf('attachment_on_server_only'));
  const content = await remote.value.downloadFile(remoteId);
  if (!content.ok) {
    const isGone = content.error.kind === 'not_found' || content.error.kind === 'refused';
    return err(appErrorOf(isGone ? 'attachment_file_gone' : 'attachment_on_server_only'));
  }
  try {
    const stored = await deps.files.put(Buffer.from(content.value));
    const kept = deps.store.write(() => {
      deps.store.remoteFiles.setContent(attachment.id, stored);
      return ok({ ...attachment, ...stored });
    });
    deps.files.release([stored.sha256]);
    return kept;
  } catch (error) {
    return err(storeError(error) ?? appErrorOf('file_unreadable'));
  }
}
