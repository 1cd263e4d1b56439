import type { DraftId, MessageId, StaffId, TicketId } from '../../../shared/model/ids.ts';
import type { MessageRecord } from '../store/repositories/messages.ts';
import type { ServiceDeps } from './context.ts';
import { attachmentUrl } from './messageWriter.ts';

/**
 * A message leaves its thread, and its words and files go back into its writer's composer; answers that draft, null
 * where nobody of the staff wrote it. Runs in the caller's transaction.
 */
export function returnWords(deps: ServiceDeps, ticketId: TicketId, message: MessageRecord): DraftId | null {
  const { store } = deps;
  const now = deps.clock.now();
  const { staffId } = message;
  const draftId = staffId === null ? null : draftFor(deps, staffId, ticketId, 'reply', message.bodyHtml);
  filesIntoDraft(deps, message.id, draftId === null || staffId === null ? null : { draftId, staffId });
  // A file that was to be deleted there once the message had arrived.
  for (const { id, attachmentId } of store.outbox.byTicket(ticketId)) {
    const isOfIt = attachmentId !== null && store.attachments.byId(attachmentId)?.messageId === message.id;
    if (isOfIt) store.outbox.remove(id);
  }
  store.messages.setDeleted(message.id, now);
  store.mailOutbox.withdraw(message.id);
  store.changes.record('message', message.id, 'deleted', now);
  return draftId;
}

/** The files of a message leave it, and lie in the draft that has its text now; null = nobody has. */
export function filesIntoDraft(
  deps: ServiceDeps,
  messageId: MessageId,
  to: { readonly draftId: DraftId; readonly staffId: StaffId } | null,
): void {
  const { store } = deps;
  const now = deps.clock.now();
  for (const file of store.attachments.byMessage(messageId)) {
    store.attachments.setDeleted(file.id, now);
    store.changes.record('attachment', file.id, 'deleted', now);
    if (!to) continue;
    const { draftId, staffId } = to;
    const uploadId = store.uploads.insert({ ...file, staffId, now });
    const ids = store.uploads.ofDraft(draftId).map((upload) => upload.id);
    store.uploads.setForDraft(draftId, [...ids, uploadId]);
    replaceInDraft(deps, draftId, staffId, `"${attachmentUrl(file.id)}"`, `"/files/uploads/${uploadId}"`);
  }
}

/** Puts text back where it was written; what has been typed since stays below it. */
export function draftFor(
  deps: ServiceDeps,
  staffId: StaffId,
  ticketId: TicketId,
  kind: 'reply' | 'note',
  bodyHtml: string,
): DraftId {
  const { drafts } = deps.store;
  const now = deps.clock.now();
  const existing = drafts.byTicket(ticketId, staffId, kind);
  if (!existing) return drafts.insert({ staffId, ticketId, kind, bodyHtml, newTicket: null, now });
  drafts.update(existing.id, bodyHtml + existing.bodyHtml, null, now);
  return existing.id;
}

function replaceInDraft(
  deps: ServiceDeps,
  draftId: DraftId,
  staffId: StaffId,
  from: string,
  to: string,
): void {
  const draft = deps.store.drafts.byId(draftId, staffId);
  if (draft?.bodyHtml.includes(from)) {
    deps.store.drafts.update(draftId, draft.bodyHtml.replaceAll(from, to), draft.newTicket, deps.clock.now());
  }
}
