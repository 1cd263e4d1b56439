import { appErrorOf } from '../../../shared/contract/errors.ts';
import type {
  ChangeDone,
  CreateTicketDone,
  CreateTicketInput,
  NoteInput,
  ReplyDone,
  ReplyInput,
} from '../../../shared/contract/tickets.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { CustomerId, DraftId, TicketId, UploadId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { purifyHtml } from '../html/purify.ts';
import { htmlToText } from '../html/text.ts';
import type { ServiceDeps } from './context.ts';
import { filesOfUploads, takeDraft } from './drafts.ts';
import { ensureCustomer } from './ensureCustomer.ts';
import { logOperation } from './operationLog.ts';
import { publishTickets } from './ticketEvents.ts';
import { addMessage, createTicket, visibleTicket } from './ticketWriter.ts';

/** A body of which nothing would be read: no text, no picture, no rule. */
function isBlank(bodyHtml: string): boolean {
  return !/<(img|hr)\b/i.test(bodyHtml) && htmlToText(bodyHtml).trim() === '';
}

/**
 * Sends a staff member's reply. The draft it came from goes in the same transaction, so a reply that is sent
 * twice (double click, answer lost) is refused the second time with draft_not_found. When the customer or a
 * colleague wrote something that the writer had not seen, the answer is newer_messages with
 * `details.newerMessages`, unless `sendAnyway`.
 */
export function replyAsStaff(deps: ServiceDeps, actor: StaffActor, input: ReplyInput): Result<ReplyDone> {
  if (isBlank(input.bodyHtml) && input.uploadIds.length === 0)
    return err(appErrorOf('body_missing', { field: 'bodyHtml' }));
  // Before anything is said about its messages.
  const ticket = visibleTicket(deps, actor, input.ticketId);
  if (!ticket.ok) return ticket;
  const newer = newerMessages(deps, input);
  if (newer > 0) return err(appErrorOf('newer_messages', { details: { newerMessages: newer } }));
  const files = filesOfUploads(deps, actor, input.uploadIds);
  if (!files.ok) return files;
  const sent = addMessage(deps, actor, {
    ticketId: input.ticketId,
    author: { kind: 'staff', staffId: actor.staffId },
    bodyHtml: input.bodyHtml,
    source: 'app',
    files: files.value.files,
    bodyReferences: files.value.references,
    close: input.close,
    alongside: () => {
      // Within the same write: failing afterwards would call a reply that is sent a failure.
      deps.store.reads.markRead(actor.staffId, input.ticketId, deps.clock.now());
      return consume(deps, actor, input, input.ticketId);
    },
  });
  if (!sent.ok) return sent;
  if (input.draftId !== null) deps.events.publish({ type: 'drafts_changed', staffId: actor.staffId });
  const { groupId, messageId, ticketId } = sent.value;
  return ok({ groupId, messageId, ticketId, changedTickets: 1 });
}

function newerMessages(deps: ServiceDeps, input: ReplyInput): number {
  if (input.sendAnyway || input.seenMessageId === null) return 0;
  return deps.store.messages.countNewer(input.ticketId, input.seenMessageId);
}

function consume(
  deps: ServiceDeps,
  actor: StaffActor,
  { draftId, uploadIds = [] }: { draftId: DraftId | null; uploadIds?: readonly UploadId[] },
  ticketId: TicketId | null,
): Result<unknown> {
  // Sending must never take what was written for another ticket.
  const isOther = draftId !== null && deps.store.drafts.byId(draftId, actor.staffId)?.ticketId !== ticketId;
  if (isOther) return err(appErrorOf('draft_not_found'));
  const taken = draftId === null ? ok(undefined) : takeDraft(deps, actor, draftId);
  for (const id of uploadIds) deps.store.uploads.remove(id);
  return taken;
}

/** Opens a ticket on behalf of a customer, who is made when the address is unknown. */
export function createTicketAsStaff(
  deps: ServiceDeps,
  actor: StaffActor,
  input: CreateTicketInput,
): Result<CreateTicketDone> {
  if (isBlank(input.bodyHtml) && input.uploadIds.length === 0)
    return err(appErrorOf('body_missing', { field: 'bodyHtml' }));
  const files = filesOfUploads(deps, actor, input.uploadIds);
  if (!files.ok) return files;
  const done = deps.store.write(() => {
    const customerId = customerOf(deps, actor, input.customer);
    if (!customerId.ok) return customerId;
    const created = createTicket(deps, actor, {
      customerId: customerId.value,
      departmentId: input.departmentId,
      subject: input.subject,
      bodyHtml: input.bodyHtml,
      author: input.opener === 'staff' ? { kind: 'staff', staffId: actor.staffId } : { kind: 'customer' },
      source: 'app',
      files: files.value.files,
      bodyReferences: files.value.references,
      status: input.status,
      priority: input.priority,
      assigneeId: input.assigneeId,
      alongside: () => consume(deps, actor, input, null),
    });
    return created.ok ? ok({ ...created.value, customerId: customerId.value, changedTickets: 1 }) : created;
  });
  if (done.ok && input.draftId !== null)
    deps.events.publish({ type: 'drafts_changed', staffId: actor.staffId });
  return done;
}

function customerOf(
  deps: ServiceDeps,
  actor: StaffActor,
  who: CreateTicketInput['customer'],
): Result<CustomerId> {
  return 'id' in who ? ok(who.id) : ensureCustomer(deps, actor, who);
}

/** Adds an internal note: staff only, never in the HelpDeskZ API. */
export function addNote(deps: ServiceDeps, actor: StaffActor, input: NoteInput): Result<ChangeDone> {
  if (isBlank(input.bodyHtml)) return err(appErrorOf('body_missing', { field: 'bodyHtml' }));
  if (Buffer.byteLength(input.bodyHtml) > LIMITS.bodyBytes)
    return err(appErrorOf('body_too_large', { field: 'bodyHtml' }));
  const groupId = deps.ids.group();
  const added = deps.store.write(() => {
    const ticket = visibleTicket(deps, actor, input.ticketId);
    if (!ticket.ok) return ticket;
    const now = deps.clock.now();
    const noteId = deps.store.notes.insert({
      ticketId: input.ticketId,
      staffId: actor.staffId,
      bodyHtml: purifyHtml(input.bodyHtml),
      createdAt: now,
    });
    deps.store.search.index(input.ticketId);
    logOperation(deps, actor, {
      groupId,
      kind: 'add_note',
      ticketId: input.ticketId,
      noteId,
      payload: {},
      before: {},
    });
    deps.store.changes.record('ticket', input.ticketId, 'changed', now);
    const consumed = consume(deps, actor, input, input.ticketId);
    return consumed.ok ? ok(ticket.value.departmentId) : consumed;
  });
  if (!added.ok) return added;
  publishTickets(deps, [input.ticketId], [added.value]);
  if (input.draftId !== null) deps.events.publish({ type: 'drafts_changed', staffId: actor.staffId });
  return ok({ groupId, changedTickets: 1 });
}

/** Remembers that a staff member has (not) read a ticket; the same person's other windows follow. */
export function markRead(
  deps: ServiceDeps,
  actor: StaffActor,
  ticketId: ReplyInput['ticketId'],
  isRead: boolean,
): Result<void> {
  const ticket = visibleTicket(deps, actor, ticketId);
  if (!ticket.ok) return ticket;
  const marked = deps.store.write(() => {
    if (isRead) deps.store.reads.markRead(actor.staffId, ticketId, deps.clock.now());
    else deps.store.reads.markUnread(actor.staffId, ticketId);
    return ok(undefined);
  });
  if (marked.ok) deps.events.publish({ type: 'read_changed', staffId: actor.staffId, ticketId });
  return marked;
}
