import type { FileDeleted } from '../../../shared/contract/tickets.ts';
import type { AttachmentId, TicketId } from '../../../shared/model/ids.ts';
import { ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { visibleAttachment } from './attachments.ts';
import type { ServiceDeps } from './context.ts';
import { logOperation } from './operationLog.ts';
import { withdrawDeletion } from './outboxDirectory.ts';
import { publishTickets } from './ticketEvents.ts';

/** Takes an attachment off its message; the log keeps that it was there, and an undo brings it back. */
export function deleteAttachment(deps: ServiceDeps, actor: Actor, id: AttachmentId): Result<FileDeleted> {
  const groupId = deps.ids.group();
  const deleted = deps.store.write(() => {
    const attachment = visibleAttachment(deps, actor, id);
    if (!attachment.ok) return attachment;
    const { ticketId, messageId, name } = attachment.value;
    setDeleted(deps, { id, ticketId }, deps.clock.now());
    logOperation(deps, actor, {
      ...{ groupId, kind: 'delete_attachment', ticketId, messageId },
      payload: { attachmentId: id, name },
      before: {},
    });
    return ok({ ticketId, isWaiting: deps.store.outbox.byGroup(groupId).length > 0 });
  });
  if (!deleted.ok) return deleted;
  const { ticketId, isWaiting } = deleted.value;
  const ticket = deps.store.tickets.byId(ticketId);
  if (ticket) publishTickets(deps, [ticket.id], [ticket.departmentId]);
  return ok({ groupId, isWaiting });
}

/**
 * Puts a deleted attachment back on its message, and answers whether there was one to put back. In a remote workspace
 * it is not deleted there any more. Must run in a transaction.
 */
export function returnAttachment(deps: ServiceDeps, id: AttachmentId): boolean {
  const attachment = deps.store.attachments.byId(id);
  const isGone = attachment && attachment.deletedAt !== null;
  if (!isGone || deps.store.messages.byId(attachment.messageId)?.deletedAt !== null) return false;
  setDeleted(deps, attachment, null);
  withdrawDeletion(deps, { attachmentId: id });
  return true;
}

function setDeleted(
  { store, clock }: ServiceDeps,
  { id, ticketId }: { readonly id: AttachmentId; readonly ticketId: TicketId },
  deletedAt: number | null,
): void {
  const now = clock.now();
  store.attachments.setDeleted(id, deletedAt);
  store.tickets.refreshFromThread(ticketId, now);
  store.search.index(ticketId); // has:attachment
  store.changes.record('attachment', id, deletedAt === null ? 'created' : 'deleted', now);
  store.changes.record('ticket', ticketId, 'changed', now);
}
