import type { ReadStream } from 'node:fs';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { AttachmentId, MessageId, UploadId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { reaches } from '../domain/rights.ts';
import { contentIdKey, rewriteInlineImages } from '../html/purify.ts';
import { broughtHere } from '../sync/pull/fetchFile.ts';
import type { ServiceDeps } from './context.ts';
import { attachmentUrl } from './messageWriter.ts';

export interface FileContent {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  open(range?: { start: number; end: number }): ReadStream;
}

/** A stored attachment for a staff member who may see its ticket (trash included). */
export async function attachmentContent(
  deps: ServiceDeps,
  actor: StaffActor,
  id: AttachmentId,
): Promise<Result<FileContent>> {
  const attachment = deps.store.attachments.byId(id);
  const ticket = attachment && deps.store.tickets.byId(attachment.ticketId);
  const isVisible =
    attachment && attachment.deletedAt === null && ticket && reaches(actor, { kind: 'ticket', ...ticket });
  if (!isVisible) return err(appErrorOf('attachment_not_found'));
  const here = await broughtHere(deps, attachment);
  return here.ok ? contentOf(deps, here.value) : here;
}

/** A file that waits for its message, for the one who uploaded it. */
export async function uploadContent(
  deps: ServiceDeps,
  actor: StaffActor,
  id: UploadId,
): Promise<Result<FileContent>> {
  const upload = deps.store.uploads.byId(id, actor.staffId);
  return upload ? contentOf(deps, upload) : err(appErrorOf('upload_not_found'));
}

/** Opens a stored file: attachment_file_gone when it is no longer on this disk. */
export async function contentOf(
  deps: ServiceDeps,
  file: { name: string; mediaType: string; sha256: string },
): Promise<Result<FileContent>> {
  const sizeBytes = await deps.files.sizeOf(file.sha256);
  if (sizeBytes === null) return err(appErrorOf('attachment_file_gone', { details: { name: file.name } }));
  return ok({
    name: file.name,
    mediaType: file.mediaType,
    sizeBytes,
    open: (range) => deps.files.read(file.sha256, range),
  });
}

/** A message's body as its own page needs it: inline images of the mail point at our files. */
export function mailDocument(deps: ServiceDeps, actor: StaffActor, id: MessageId): Result<string> {
  const message = deps.store.messages.byId(id);
  const ticket = message && deps.store.tickets.byId(message.ticketId);
  if (!message || message.deletedAt !== null || !ticket || !reaches(actor, { kind: 'ticket', ...ticket })) {
    return err(appErrorOf('message_not_found'));
  }
  const inline = new Map<string, string>();
  for (const attachment of deps.store.attachments.byMessage(id)) {
    if (attachment.contentId !== null)
      inline.set(contentIdKey(attachment.contentId), attachmentUrl(attachment.id));
  }
  return ok(rewriteInlineImages(message.bodyHtml, (key) => inline.get(key) ?? null));
}
