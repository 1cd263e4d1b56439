import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { MessageId, StaffId, TicketId } from '../../../../shared/model/ids.ts';
import type { TicketStatus } from '../../../../shared/model/ticket.ts';
import { MARKER_LENGTH, withMarker } from '../../domain/marker.ts';
import { statusAfterMessage } from '../../domain/ticketLifecycle.ts';
import type { MessageRecord } from '../../store/repositories/messages.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { announce, type SyncContext, write, writeRead } from '../context.ts';
import { rebase } from '../outbox/rebase.ts';
import { applyTicket, removeTicket } from '../pull/pullTicket.ts';
import type { FileToSend, RemoteFailure, RemoteTicket } from '../remote.ts';
import { filesToSend } from './filesToSend.ts';
import { remoteDepartment } from './pushField.ts';
import { recordFailure, setAside } from './pushOutcome.ts';
import { sendMessage } from './sendMessage.ts';
import { whatIsSpoiled } from './serverLimits.ts';
import { linkTicket } from './settle.ts';

interface Prepared {
  readonly message: MessageRecord;
  readonly bodyHtml: string;
  readonly files: readonly FileToSend[];
}

/** The body with its marker and the files; null when it was put aside. */
async function prepare(sync: SyncContext, row: OutboxRow): Promise<Prepared | null> {
  const { store } = sync.deps;
  const message = row.messageId === null ? undefined : store.messages.byId(row.messageId);
  if (!message) {
    setAside(sync, row, 'rejected', 'The message is no longer on this desk.');
    return null;
  }
  const bodyHtml = withMarker(markerOf(sync, message.id), message.bodyHtml);
  // A file that a restored server lost has no bytes anywhere: it says so itself.
  const attached = store.attachments.byMessage(message.id).filter(({ sha256 }) => sha256 !== '');
  const subject = row.kind === 'create_ticket' ? String(row.payload.subject ?? '') : '';
  // Tried again after the server refused it: that is known to whoever wants it.
  const isWanted = row.payload.asItIs === true || row.payload.filesRefused === true;
  const { timeZone } = store.settings.get();
  const what = { bodyHtml, subject, files: attached };
  const spoiled = isWanted ? null : whatIsSpoiled(what, store.fileLimits.all(), timeZone);
  if (spoiled !== null) {
    setAside(sync, row, 'held', spoiled);
    return null;
  }
  const files = await filesToSend(sync, attached);
  if (!files) {
    setAside(sync, row, 'rejected', appErrorOf('server_file_missing').message);
    return null;
  }
  return { message, bodyHtml, files };
}

/** One marker for ever: a second attempt carries the one of the first. */
export function markerOf(sync: SyncContext, id: MessageId): string {
  const { store, ids } = sync.deps;
  const known = store.remoteMessages.markerOf(id);
  if (known !== null) return known;
  const marker = ids.secret(MARKER_LENGTH);
  write(sync, () => store.remoteMessages.setMarker(id, marker));
  return marker;
}

const writerOf = (message: MessageRecord): StaffId | null =>
  message.author === 'staff' ? message.staffId : null;

/**
 * Sends a reply. One that also closes is looked at first, by the desk's choice any: on a thread that has grown it is held
 * for review.
 */
export async function pushMessage(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  const { store } = sync.deps;
  const remoteId = row.ticketId === null ? null : store.remoteTickets.remoteId('tickets', row.ticketId);
  const prepared = await prepare(sync, row);
  if (!prepared || remoteId === null || row.ticketId === null) return null;
  const ticketId = row.ticketId;
  const close = row.payload.close === true;
  const isLookedAt = close || (row.kind === 'reply' && store.settings.get().holdsReplies);
  if (isLookedAt) {
    const isClear = await mayLeave(sync, row, remoteId, ticketId);
    if (isClear !== true) return isClear;
  }
  const { message, bodyHtml, files } = prepared;
  const staffId = writerOf(message);
  const wanted = { ticketId: remoteId, bodyHtml, staffId, close, files };
  const sent = await sendMessage(sync, row, files, (watch) => sync.remote.createMessage(wanted, watch));
  if (!sent.ok) return sent.ended;
  // The disk is not waited for: what a power cut takes back is found again by its marker, like any lost answer.
  writeRead(sync, () => {
    noteDelivered(sync, ticketId, staffId === null ? 'customer' : 'staff', close);
    store.outbox.set(row.id, 'sent');
    store.remoteTickets.markThreadStale(ticketId);
    rebase(sync, ticketId);
  });
  announce(sync, [ticketId]);
  return null;
}

/** True when the thread holds nothing its writer had not seen; else the failure that ends the run, or null. */
async function mayLeave(
  sync: SyncContext,
  row: OutboxRow,
  remoteId: number,
  ticketId: TicketId,
): Promise<RemoteFailure | null | true> {
  const now = await sync.remote.showTicket(remoteId);
  if (!now.ok) {
    if (now.error.kind !== 'not_found') return recordFailure(sync, row, now.error, true);
    write(sync, () => removeTicket(sync, ticketId));
    return null;
  }
  write(sync, () => applyTicket(sync, now.value));
  if (hasGrown(row, now.value) && row.payload.asItIs !== true) {
    const reason =
      row.payload.close === true
        ? 'New messages came after this reply was written; it would close the ticket.'
        : 'New messages came after this reply was written.';
    setAside(sync, row, 'held', reason);
    announce(sync, [ticketId]);
    return null;
  }
  return true;
}

const hasGrown = (row: OutboxRow, now: RemoteTicket): boolean => now.replies + 1 > row.seenMessages;

/** What the remote does with a message of its own accord (3.4), until a row of it says so. */
function noteDelivered(
  { deps }: SyncContext,
  ticketId: TicketId,
  author: 'staff' | 'customer',
  close: boolean,
): void {
  const base = deps.store.remoteTickets.byTicket(ticketId);
  if (!base) return;
  const status = statusAfterMessage(base.status as TicketStatus, author, close);
  deps.store.remoteTickets.upsert({ ...base, status, replies: base.replies + 1 });
}

/** Opens a ticket on the remote; its answer is its id, and the thread proves the message. */
export async function pushTicket(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  const { store, clock } = sync.deps;
  const ticket = row.ticketId === null ? undefined : store.tickets.byId(row.ticketId);
  const customerId =
    row.customerId === null ? null : store.remoteTickets.remoteId('customers', row.customerId);
  const prepared = await prepare(sync, row);
  if (!prepared || !ticket || customerId === null) return null;
  const { message, bodyHtml, files } = prepared;
  const departmentId = remoteDepartment(sync, row.payload.departmentId as number);
  const wanted = {
    customerId,
    departmentId,
    notify: row.payload.notify === true,
    subject: ticket.subject,
    bodyHtml,
    staffId: writerOf(message),
    files,
  };
  const made = await sendMessage(sync, row, files, (watch) => sync.remote.createTicket(wanted, watch));
  if (!made.ok) return made.ended;
  write(sync, () => {
    linkTicket(sync, ticket.id, made.value);
    const nowS = Math.floor(clock.now() / 1000);
    store.remoteTickets.upsert({
      ticketId: ticket.id,
      customerId,
      departmentId,
      subject: ticket.subject,
      status: 1,
      replies: 0,
      lastUpdateS: nowS,
      createdAtS: null,
      customerName: store.customers.byId(ticket.customerId)?.name ?? '',
    });
    rebase(sync, ticket.id);
  });
  announce(sync, [ticket.id]);
  return null;
}
