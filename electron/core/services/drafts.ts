import type { Readable } from 'node:stream';
import type { Draft, SaveDraftInput, Upload } from '../../../shared/contract/drafts.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { DraftId, TicketId, UploadId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { safeFileName } from '../domain/fileName.ts';
import { reaches } from '../domain/rights.ts';
import { FileTooLarge } from '../store/files.ts';
import type { UploadRecord } from '../store/repositories/drafts.ts';
import { storeError } from '../store/store.ts';
import type { ServiceDeps } from './context.ts';
import type { FileForMessage } from './messageWriter.ts';

const ORPHAN_AGE_MS = 30 * 24 * 60 * 60 * 1000;

/** Saves what someone is typing; answers when it is on disk. The draft's files are exactly `uploadIds`. */
export function saveDraft(deps: ServiceDeps, actor: StaffActor, input: SaveDraftInput): Result<Draft> {
  const { store } = deps;
  const saved = deps.store.write(() => {
    const id = draftToSave(deps, actor, input);
    if (!id.ok) return id;
    for (const uploadId of input.uploadIds) {
      if (!store.uploads.byId(uploadId, actor.staffId)) return err(appErrorOf('upload_not_found'));
    }
    store.uploads.setForDraft(id.value, input.uploadIds);
    const draft = store.drafts.byId(id.value, actor.staffId);
    return draft ? ok(draft) : err(appErrorOf('draft_not_found'));
  });
  if (saved.ok) deps.events.publish({ type: 'drafts_changed', staffId: actor.staffId });
  return saved;
}

function draftToSave(deps: ServiceDeps, actor: StaffActor, input: SaveDraftInput): Result<DraftId> {
  const { drafts } = deps.store;
  const now = deps.clock.now();
  if (input.ticketId === null && input.kind !== 'new_ticket')
    return err(appErrorOf('invalid_input', { field: 'ticketId' }));
  const byId = input.draftId === null ? undefined : drafts.byId(input.draftId, actor.staffId);
  // A draft never takes in what was typed for another ticket.
  if (input.draftId !== null && byId?.ticketId !== input.ticketId) return err(appErrorOf('draft_not_found'));
  const existing =
    byId ??
    (input.ticketId === null ? undefined : drafts.byTicket(input.ticketId, actor.staffId, input.kind));
  if (existing) {
    drafts.update(existing.id, input.bodyHtml, input.newTicket, now);
    return ok(existing.id);
  }
  // A draft goes on being saved when its ticket is moved away, and its first words may come just after it was trashed, by
  // a colleague or by the server's deletion: they are the writer's.
  if (input.ticketId !== null) {
    const ticket = deps.store.tickets.byId(input.ticketId);
    if (!ticket || !reaches(actor, { kind: 'ticket', ...ticket })) return err(appErrorOf('ticket_not_found'));
  }
  const { ticketId, kind, bodyHtml, newTicket } = input;
  return ok(drafts.insert({ staffId: actor.staffId, ticketId, kind, bodyHtml, newTicket, now }));
}

export function getDraft(
  deps: ServiceDeps,
  actor: StaffActor,
  ticketId: TicketId,
  kind: 'reply' | 'note',
): Draft | null {
  return deps.store.drafts.byTicket(ticketId, actor.staffId, kind) ?? null;
}

export function listDrafts(deps: ServiceDeps, actor: StaffActor): Draft[] {
  return deps.store.drafts.all(actor.staffId);
}

/** Throws a draft and its files away, because a person said so. */
export async function discardDraft(
  deps: ServiceDeps,
  actor: StaffActor,
  draftId: DraftId,
): Promise<Result<void>> {
  const removed = deps.store.write(() => takeDraft(deps, actor, draftId));
  if (!removed.ok) return removed;
  deps.events.publish({ type: 'drafts_changed', staffId: actor.staffId });
  await removeUnusedFiles(
    deps,
    removed.value.map((upload) => upload.sha256),
  );
  return ok(undefined);
}

/** Removes the draft and hands out its files' rows; part of sending, inside that transaction. */
export function takeDraft(deps: ServiceDeps, actor: StaffActor, draftId: DraftId): Result<UploadRecord[]> {
  if (!deps.store.drafts.byId(draftId, actor.staffId)) return err(appErrorOf('draft_not_found'));
  const uploads = deps.store.uploads.ofDraft(draftId);
  for (const upload of uploads) deps.store.uploads.remove(upload.id);
  deps.store.drafts.remove(draftId);
  return ok(uploads);
}

/** Stores an uploaded file durably; it waits for its draft. Answers file_too_large, disk_full. */
export async function addUpload(
  deps: ServiceDeps,
  actor: StaffActor,
  file: { name: string; mediaType: string; content: Readable },
): Promise<Result<Upload>> {
  try {
    const stored = await deps.files.put(file.content, LIMITS.uploadBytes);
    const name = safeFileName(file.name);
    const added = deps.store.write(() => {
      const row = { name, mediaType: file.mediaType, ...stored };
      const id = deps.store.uploads.insert({ staffId: actor.staffId, now: deps.clock.now(), ...row });
      return ok({ id, name, mediaType: row.mediaType, sizeBytes: row.sizeBytes });
    });
    deps.files.release([stored.sha256]);
    return added;
  } catch (error) {
    if (error instanceof FileTooLarge)
      return err(appErrorOf('file_too_large', { details: { limitBytes: error.limitBytes } }));
    return err(storeError(error) ?? appErrorOf('file_unreadable'));
  }
}

export async function removeUpload(
  deps: ServiceDeps,
  actor: StaffActor,
  uploadId: UploadId,
): Promise<Result<void>> {
  const upload = deps.store.uploads.byId(uploadId, actor.staffId);
  if (!upload) return err(appErrorOf('upload_not_found'));
  const removed = deps.store.write(() => {
    deps.store.uploads.remove(uploadId);
    return ok(undefined);
  });
  if (removed.ok) await removeUnusedFiles(deps, [upload.sha256]);
  return removed;
}

/** The files a message is sent with: the staff member's own uploads, in the order asked for. */
export function filesOfUploads(
  deps: ServiceDeps,
  actor: StaffActor,
  ids: readonly UploadId[],
): Result<{ files: FileForMessage[]; references: string[] }> {
  const files: FileForMessage[] = [];
  for (const id of ids) {
    const upload = deps.store.uploads.byId(id, actor.staffId);
    if (!upload) return err(appErrorOf('upload_not_found'));
    const { name, mediaType, sizeBytes, sha256 } = upload;
    files.push({ name, mediaType, sizeBytes, sha256, contentId: null, isInline: false });
  }
  return ok({ files, references: ids.map((id) => `/files/uploads/${id}`) });
}

/** Drops uploads that no draft took within thirty days: a window closed between upload and save. */
export async function removeOrphanUploads(deps: ServiceDeps): Promise<void> {
  const before = deps.clock.now() - ORPHAN_AGE_MS;
  const orphans = deps.store.uploads.orphansBefore(before);
  const files = new Set<string>();
  deps.store.write(() => {
    for (const orphan of orphans) {
      files.add(orphan.sha256);
      deps.store.uploads.remove(orphan.id);
    }
    return ok(undefined);
  });
  await removeUnusedFiles(deps, [...files]);
}

async function removeUnusedFiles(deps: ServiceDeps, hashes: readonly string[]): Promise<void> {
  for (const sha256 of hashes) {
    await deps.files.removeUnused(sha256, deps.store.purge.isUsed);
  }
}
