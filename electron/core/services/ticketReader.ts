import { appErrorOf } from '../../../shared/contract/errors.ts';
import type {
  Attachment,
  Customer,
  QueueCounts,
  QueuePage,
  QueuePageInput,
  TicketRow,
} from '../../../shared/contract/queues.ts';
import type { Message, Note, Operation, TicketDetail } from '../../../shared/contract/tickets.ts';
import type { CustomerId, MessageId, StaffId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { reaches } from '../domain/rights.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import type { AttachmentRecord, MessageRecord } from '../store/repositories/messages.ts';
import type { ServiceDeps } from './context.ts';
import { overdueBefore } from './overdue.ts';
import { asStoredOf, sendingOf, withSending } from './sending.ts';
import { canUndo } from './undoRights.ts';

const MESSAGES_AT_ONCE = 50;
const CUSTOMER_TICKETS = 50;

export function queuePage(deps: ServiceDeps, actor: StaffActor, input: QueuePageInput): QueuePage {
  const clock = { overdueBefore: overdueBefore(deps) };
  const page = deps.store.queues.page(actor.scope, actor.staffId, input, clock);
  return { ...page, rows: withSending(deps, page.rows) };
}

export function queueCounts(deps: ServiceDeps, actor: StaffActor): QueueCounts {
  return deps.store.counts.counts(actor.scope, actor.staffId, overdueBefore(deps));
}

export function ticketRows(deps: ServiceDeps, actor: StaffActor, ids: readonly TicketId[]): TicketRow[] {
  return withSending(deps, deps.store.queues.rows(actor.scope, actor.staffId, ids));
}

/**
 * A ticket with its newest 50 messages (or the 50 before `beforeMessageId`), oldest first. Trashed tickets open
 * too, so that one sees what one restores; unseen departments answer ticket_not_found.
 */
export function ticketDetail(
  deps: ServiceDeps,
  actor: StaffActor,
  id: TicketId,
  beforeMessageId: MessageId | null,
): Result<TicketDetail> {
  const { store } = deps;
  const row = ticketRows(deps, actor, [id])[0];
  if (!row) return err(appErrorOf('ticket_not_found'));
  const before = beforeMessageId === null ? undefined : store.messages.byId(beforeMessageId);
  const place = before ? { at: before.createdAt, id: before.id } : { at: Number.MAX_SAFE_INTEGER, id: 0 };
  const newest = store.messages.newestBefore(id, place, MESSAGES_AT_ONCE + 1);
  const names = staffNames(deps);
  const mails = new Map(store.mailOutbox.ofReplies(id).map((mail) => [mail.messageId, mail]));
  const waiting = sendingOf(deps, row);
  const stored = asStoredOf(deps, id);
  const messages = newest
    .slice(0, MESSAGES_AT_ONCE)
    .reverse()
    .map((message) => {
      const { state, toEmail } = mails.get(message.id) ?? {};
      const mail = state === undefined || toEmail === undefined ? null : { state, toEmail };
      const sending = waiting.get(message.id) ?? null;
      const asStored = stored.get(message.id) ?? null;
      return { ...toMessage(deps, message, row.customerName, names), mail, sending, asStored };
    });
  return ok({
    ticket: row,
    customer: customerWithCounts(deps, actor, row.customerId) ?? {
      ...goneCustomer(row),
      openTickets: 0,
      totalTickets: 0,
    },
    messages,
    hasOlderMessages: newest.length > MESSAGES_AT_ONCE,
    unfetched: unfetchedOf(deps, id),
    notes: store.notes.byTicket(id).map(
      (note): Note => ({
        id: note.id,
        staffId: note.staffId,
        authorName: nameOf(names, note.staffId),
        bodyHtml: note.bodyHtml,
        createdAt: note.createdAt,
      }),
    ),
  });
}

/** The first message does not count as a reply. */
function unfetchedOf({ store }: ServiceDeps, id: TicketId): number {
  const base = store.remoteTickets.byTicket(id);
  if (!base || !store.remoteTickets.isThreadStale(id)) return 0;
  return Math.max(0, base.replies + 1 - store.remoteMessages.confirmed(id));
}

function goneCustomer(row: TicketRow): Omit<Customer, 'openTickets' | 'totalTickets'> {
  return {
    id: row.customerId,
    name: row.customerName,
    email: row.customerEmail,
    otherEmails: [],
    isBlocked: false,
    createdAt: row.createdAt,
  };
}

/** With the counts of the departments that the viewer may see. */
export function customerWithCounts(
  deps: ServiceDeps,
  actor: StaffActor,
  id: CustomerId,
): Customer | undefined {
  const row = deps.store.customers.byId(id);
  return row && withCounts(deps, actor, row);
}

export function withCounts(deps: ServiceDeps, actor: StaffActor, row: CustomerRow): Customer {
  const counts = deps.store.customers.ticketCounts(row.id, actor.scope);
  const { id, name, email, createdAt } = row;
  return {
    id,
    name,
    email,
    otherEmails: deps.store.customerAddresses.ofCustomer(id),
    isBlocked: row.blockedAt !== null,
    createdAt,
    openTickets: counts.open,
    totalTickets: counts.total,
  };
}

/** The customer's newest tickets that the viewer may see. */
export function customerTickets(deps: ServiceDeps, actor: StaffActor, id: CustomerId): TicketRow[] {
  return ticketRows(deps, actor, deps.store.customers.newestTicketIds(id, actor.scope, CUSTOMER_TICKETS));
}

function staffNames(deps: ServiceDeps): ReadonlyMap<StaffId, string> {
  return new Map(deps.store.staff.all().map((member) => [member.id, member.name]));
}

function nameOf(names: ReadonlyMap<StaffId, string>, id: StaffId | null): string {
  return (id === null ? undefined : names.get(id)) ?? 'Staff';
}

function toMessage(
  deps: ServiceDeps,
  record: MessageRecord,
  customerName: string,
  names: ReadonlyMap<StaffId, string>,
): Omit<Message, 'mail' | 'sending' | 'asStored'> {
  const authorName =
    record.author === 'staff' ? nameOf(names, record.staffId) : (record.authorName ?? customerName);
  return {
    id: record.id,
    author: record.author,
    authorName,
    staffId: record.staffId,
    source: record.source,
    createdAt: record.createdAt,
    preview: record.preview,
    bodyHtml: record.bodyHtml,
    attachments: deps.store.attachments.byMessage(record.id).map((file) => toAttachment(deps, file)),
  };
}

function toAttachment(deps: ServiceDeps, record: AttachmentRecord): Attachment {
  const { id, name, mediaType, sizeBytes, isInline } = record;
  return { id, name, mediaType, sizeBytes, isInline, place: placeOf(deps, record) };
}

function placeOf({ store }: ServiceDeps, { id, sha256 }: AttachmentRecord): Attachment['place'] {
  if (sha256 !== '') return 'here';
  const mark = store.aboard.fileMark(id);
  if (mark?.problem === 'gone') return 'gone';
  return mark?.askedAt == null ? 'server' : 'asked';
}

/** A ticket's history, newest first, at most 500 lines. */
export function ticketHistory(deps: ServiceDeps, actor: StaffActor, id: TicketId): Result<Operation[]> {
  const ticket = deps.store.tickets.byId(id);
  if (!ticket || !reaches(actor, { kind: 'ticket', ...ticket })) return err(appErrorOf('ticket_not_found'));
  return ok(
    deps.store.operations.byTicket(id).map((operation) => ({
      id: operation.id,
      groupId: operation.groupId,
      kind: operation.kind,
      actorKind: operation.actorKind,
      actorName: operation.actorName,
      before: operation.before,
      payload: operation.payload,
      createdAt: operation.createdAt,
      isUndone: operation.undoneByGroupId !== null,
      canUndo: canUndo(deps, operation, actor),
    })),
  );
}
