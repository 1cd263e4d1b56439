import type { ReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { AttachmentId, MessageId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { reaches } from '../domain/rights.ts';
import type { ApiAttachmentRow } from '../store/apiPages.ts';
import type { StagedFile, StoredFile } from '../store/files.ts';
import type { AttachmentRecord } from '../store/repositories/messages.ts';
import { storeError } from '../store/store.ts';
import { isBeyondApi } from '../sync/account/openRemote.ts';
import { broughtHere } from '../sync/pull/fetchFile.ts';
import type { ServiceDeps } from './context.ts';
import { publishTickets } from './ticketEvents.ts';
import { visibleTicket } from './ticketWriter.ts';

export type { ApiAttachmentRow, StagedFile };

export interface OpenedAttachment {
  readonly attachment: AttachmentRecord;
  /** What is on disk; the row's number should be the same. */
  readonly sizeBytes: number;
  read(range?: { start: number; end: number }): ReadStream;
}

/** Writes an incoming file beside the stored ones without making it one of them; keep() or discard() follows. */
export async function stageFile(deps: ServiceDeps, content: Readable): Promise<Result<StagedFile>> {
  try {
    return ok(await deps.files.stage(content));
  } catch (error) {
    return err(storeError(error) ?? appErrorOf('file_unreadable'));
  }
}

/** Makes a staged file a stored one; rows may refer to it afterwards. */
export async function keepStaged(staged: StagedFile): Promise<Result<StoredFile>> {
  try {
    return ok(await staged.keep());
  } catch (error) {
    return err(storeError(error) ?? appErrorOf('file_unreadable'));
  }
}

/** The rows of kept files are written, or never will be. */
export function releaseFiles(deps: ServiceDeps, hashes: readonly string[]): void {
  deps.files.release(hashes);
}

/** An attachment of a live ticket that the actor may see, or attachment_not_found. */
export function visibleAttachment(
  deps: ServiceDeps,
  actor: Actor,
  id: AttachmentId,
): Result<AttachmentRecord> {
  const attachment = deps.store.attachments.byId(id);
  const ticket = attachment && deps.store.tickets.byId(attachment.ticketId);
  const isVisible =
    attachment?.deletedAt === null &&
    ticket?.deletedAt === null &&
    reaches(actor, { kind: 'ticket', ...ticket });
  return isVisible ? ok(attachment) : err(appErrorOf('attachment_not_found'));
}

/** Answers attachment_not_found, and attachment_file_gone when the row has lost its file. */
export async function openAttachment(
  deps: ServiceDeps,
  actor: Actor,
  id: AttachmentId,
): Promise<Result<OpenedAttachment>> {
  const attachment = visibleAttachment(deps, actor, id);
  if (!attachment.ok) return attachment;
  const here = await broughtHere(deps, attachment.value);
  if (!here.ok) return here;
  const { sha256 } = here.value;
  const sizeBytes = await deps.files.sizeOf(sha256);
  if (sizeBytes === null) return err(appErrorOf('attachment_file_gone'));
  return ok({ attachment: attachment.value, sizeBytes, read: (range) => deps.files.read(sha256, range) });
}

/** Somebody wants a file that is on the remote only: the next sync fetches it. attachment_beyond_api: it never can. */
export function askForAttachment(deps: ServiceDeps, actor: Actor, id: AttachmentId): Result<void> {
  const asked = deps.store.write(() => {
    const attachment = visibleAttachment(deps, actor, id);
    if (!attachment.ok) return attachment;
    if (isBeyondApi(attachment.value)) return err(appErrorOf('attachment_beyond_api'));
    if (attachment.value.sha256 === '') deps.store.aboard.ask(id, deps.clock.now());
    return ok(attachment.value.ticketId);
  });
  if (!asked.ok) return asked;
  const ticket = deps.store.tickets.byId(asked.value);
  if (ticket) publishTickets(deps, [ticket.id], [ticket.departmentId]);
  return ok(undefined);
}

/** Every live attachment that the actor may see, or those of one message or ticket, in chunks; lowest id first. */
export function* attachmentChunks(
  deps: ServiceDeps,
  actor: Actor,
  filter: { messageId?: MessageId | undefined; ticketId?: TicketId | undefined },
): Generator<readonly ApiAttachmentRow[]> {
  const { ticketId, messageId } = filter;
  if (ticketId === undefined) {
    for (const rows of deps.store.apiPages.attachments(messageId)) {
      yield rows.filter(({ departmentId }) => reaches(actor, { kind: 'ticket', departmentId }));
    }
    return;
  }
  if (!visibleTicket(deps, actor, ticketId).ok) return;
  yield deps.store.attachments
    .byTicket(ticketId)
    .filter((row) => messageId === undefined || row.messageId === messageId);
}
