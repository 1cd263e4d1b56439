import type { CustomerId, MessageId, TicketId } from '../../../../shared/model/ids.ts';
import { STATUS } from '../../../../shared/model/ticket.ts';
import { takeMarker } from '../../domain/marker.ts';
import { previewOf } from '../../html/text.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { LOST_REASON } from '../../services/outboxRemake.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { DONE, type SyncContext, write } from '../context.ts';
import { rebase } from '../outbox/rebase.ts';
import { checkFiles } from '../pull/pullFiles.ts';
import { applyTicket } from '../pull/pullTicket.ts';
import type { RemoteMessage, RemoteResult, RemoteTicket } from '../remote.ts';
import { isSameText } from './sameText.ts';
import { sentDifferences } from './sentDifferences.ts';

/**
 * A message of the remote turned out to be ours: that proves its delivery and tells its id, which the API never
 * returned. A second one with the same marker was doubled on the way; it is remembered, not shown twice. Runs in the
 * caller's transaction.
 */
export function settleMessage(
  sync: SyncContext,
  id: MessageId,
  stored: RemoteMessage,
  bodyHtml: string,
): void {
  const { store, clock } = sync.deps;
  if (store.remoteTickets.remoteId('messages', id) !== null) {
    store.remoteMessages.addDouble(stored.id, id, clock.now());
    return;
  }
  noteDifferences(sync, id, bodyHtml);
  store.remoteLost.clear(id);
  // Taken back here while nobody knew whether it had arrived: it is there, so it is shown.
  if (store.messages.byId(id)?.deletedAt != null) store.messages.setDeleted(id, null);
  store.remoteMessages.settle(id, {
    remoteId: stored.id,
    createdAt: stored.createdAtS * 1000,
    bodyHtml,
    preview: previewOf(bodyHtml),
  });
  store.changes.record('message', id, 'changed', clock.now());
  checkFiles(sync, id);
  const row = store.outbox.byMessage(id);
  if (!row) return;
  store.outbox.remove(row.id);
  sync.counts.pushed += 1;
  if (row.payload.close === true && (row.state !== 'sent' || row.payload.arrived === true)) {
    closeAgain(sync.deps, row);
  }
  if (row.ticketId !== null) rebase(sync, row.ticketId);
}

/** What comes back is compared with what was sent: the text as it left stays at hand where they differ. */
function noteDifferences({ deps }: SyncContext, id: MessageId, storedHtml: string): void {
  const sentHtml = deps.store.messages.byId(id)?.bodyHtml ?? '';
  const kinds = sentDifferences(sentHtml, storedHtml);
  if (kinds.length > 0) {
    deps.store.messageDifferences.set({ messageId: id, kinds, sentHtml }, deps.clock.now());
  }
}

/**
 * The reference closes after it has written, filed and mailed the message (behaviour.md 3.5): what arrived without an
 * answer may have stopped before that. Closing twice does no harm, and is looked at like any other close.
 */
export function closeAgain(deps: ServiceDeps, row: OutboxRow): void {
  if (row.ticketId === null) return;
  const base = deps.store.remoteTickets.byTicket(row.ticketId);
  deps.store.outbox.insert({
    ...row,
    kind: 'set_status',
    messageId: null,
    payload: { value: STATUS.closed },
    before: { value: base?.status ?? STATUS.answered },
    seenMessages: row.seenMessages + 1,
    createdAt: deps.clock.now(),
  });
}

/**
 * A ticket came whose customer has one of ours on its way: the marker at the start of its first message decides
 * whether it is that one. Until its message is there, nobody can tell, and it waits.
 */
export async function settleUnclear(sync: SyncContext, row: RemoteTicket): Promise<RemoteResult<void>> {
  const thread = await sync.remote.showMessages(row.id, 1);
  if (!thread.ok) return thread.error.kind === 'not_found' ? DONE : thread;
  // Which end is the first depends on a setting of the server: both are looked at.
  const { pages } = thread.value;
  const last = pages > 1 ? await sync.remote.showMessages(row.id, pages) : thread;
  if (!last.ok) return last;
  const [oldest, ...others] = [...thread.value.messages, ...last.value.messages];
  if (!oldest) return DONE;
  write(sync, () => {
    const first = others.reduce((a, b) => (b.id < a.id ? b : a), oldest);
    const ownTicket = ownTicketOf(sync, first, row);
    if (ownTicket !== undefined) linkTicket(sync, ownTicket, row.id);
    applyTicket(sync, row, true);
  });
  return DONE;
}

function ownTicketOf({ deps }: SyncContext, first: RemoteMessage, row: RemoteTicket): TicketId | undefined {
  const { store } = deps;
  const { marker } = takeMarker(first.bodyHtml);
  const ticketId = marker === null ? undefined : store.remoteMessages.byMarker(marker)?.ticketId;
  const isOpen = ticketId !== undefined && store.remoteTickets.remoteId('tickets', ticketId) === null;
  if (isOpen) return ticketId;
  if (marker !== null) return undefined;
  // A remote that strips `class`: the one ticket of ours with this subject and text that is out there.
  const customerId = store.remoteTickets.localId('customers', row.customerId) as CustomerId;
  const alike = store.outbox.openCreates(customerId).flatMap((own) => {
    // Nobody here has sent it again, or it counts as not arrived: whoever wrote the same, it is theirs.
    if (own.state === 'held' || own.state === 'queued') return [];
    const message = own.messageId === null ? undefined : store.messages.byId(own.messageId);
    const isUnknown = own.ticketId !== null && store.remoteTickets.remoteId('tickets', own.ticketId) === null;
    // It went out under the name it had by then.
    const shown = own.ticketId === null ? undefined : store.tickets.byId(own.ticketId)?.subject;
    const isSame =
      (own.payload.subject === row.subject || shown === row.subject) &&
      message &&
      (message.author === 'customer') === first.isCustomer &&
      isSameText(message.bodyHtml, first.bodyHtml);
    return isUnknown && isSame && own.ticketId !== null ? [own.ticketId] : [];
  });
  return alike.length === 1 ? alike[0] : undefined;
}

/** Our ticket has an id there now: it is never made again, what follows it can go, and its thread tells the rest. */
export function linkTicket({ deps }: SyncContext, id: TicketId, remoteId: number): void {
  const { store, clock } = deps;
  store.remoteTickets.link('tickets', id, remoteId);
  store.changes.record('ticket', id, 'changed', clock.now());
  const rows = store.outbox.byTicket(id);
  const isMadeElsewhere = rows.some(
    ({ kind, state, payload }) => kind === 'create_ticket' && state === 'held' && payload.lost === true,
  );
  for (const row of rows) {
    if (row.kind === 'create_ticket') store.outbox.set(row.id, 'sent');
    // Another desk makes it again, and perhaps the rest as well: what it leaves out is for a person here.
    else if (isMadeElsewhere) store.outbox.set(row.id, 'held', LOST_REASON);
  }
}
