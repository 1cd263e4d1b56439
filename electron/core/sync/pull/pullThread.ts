import type { MessageId, TicketId } from '../../../../shared/model/ids.ts';
import { takeMarker } from '../../domain/marker.ts';
import { purifyHtml } from '../../html/purify.ts';
import { previewOf } from '../../html/text.ts';
import type { RemoteTicketRow } from '../../store/repositories/remoteTickets.ts';
import { noteReplies } from '../away.ts';
import { announce, DONE, type SyncContext, writeRead } from '../context.ts';
import { isSameText } from '../push/sameText.ts';
import { settleMessage } from '../push/settle.ts';
import type { MessagePage, RemoteMessage, RemoteResult } from '../remote.ts';
import { checkFiles } from './pullFiles.ts';
import { staffOf } from './pullLists.ts';
import { refuseOtherMessage } from './wentBack.ts';

/** The beginning of a reading: what the thread's row said before, and its first page. */
export interface ThreadStart {
  readonly ticketId: TicketId;
  readonly remoteId: number;
  readonly base: RemoteTicketRow;
  readonly page: MessagePage;
}

/** Asks for a thread's first page; null when there is nothing to ask for. */
export async function startThread(
  sync: SyncContext,
  ticketId: TicketId,
): Promise<RemoteResult<ThreadStart | null>> {
  const { remoteTickets } = sync.deps.store;
  const base = remoteTickets.byTicket(ticketId);
  const remoteId = remoteTickets.remoteId('tickets', ticketId);
  if (!base || remoteId === null) return { ok: true, value: null };
  const page = await sync.remote.showMessages(remoteId, 1);
  if (page.ok) return { ok: true, value: { ticketId, remoteId, base, page: page.value } };
  return page.error.kind === 'not_found' ? { ok: true, value: null } : page;
}

/** Stores a page; answers whether the thread is all here now. Runs in the caller's transaction. */
export function storePage(sync: SyncContext, { ticketId, base }: ThreadStart, page: MessagePage): boolean {
  const { remoteMessages, remoteTickets } = sync.deps.store;
  // Oldest first: a body that the server has twice is shown where it came first.
  const inOrder = [...page.messages].sort((a, b) => a.id - b.id);
  const news = inOrder.filter((message) => bringMessage(sync, ticketId, message));
  const added = news.length;
  noteReplies(sync, ticketId, news);
  if (added > 0) refresh(sync, ticketId);
  const isWhole = remoteMessages.confirmed(ticketId) >= page.total;
  // A thread without messages is half-written: it is asked again. Fewer than were counted: some were deleted there.
  if (isWhole && page.total > 0) remoteTickets.markThreadRead(ticketId, base);
  if (added > 0) announce(sync, [ticketId]);
  return isWhole;
}

/**
 * Reads what is new in a thread: from its newest end, and as a whole when that does not account for every message
 * (3.7, 6).
 */
export async function pullThread(sync: SyncContext, ticketId: TicketId): Promise<RemoteResult<void>> {
  const start = await startThread(sync, ticketId);
  if (!start.ok) return start;
  const first = start.value;
  if (!first || writeRead(sync, () => storePage(sync, first, first.page))) return DONE;
  return pullRest(sync, first);
}

/** The pages after the first, newest first, until nothing is missing. */
export async function pullRest(sync: SyncContext, start: ThreadStart): Promise<RemoteResult<void>> {
  const { pages, total } = start.page;
  const rest = Array.from({ length: Math.max(0, pages - 1) }, (_, index) => index + 2);
  // Ascending threads end on the last page.
  for (const number of isAscending(start.page) ? rest.reverse() : rest) {
    const page = await sync.remote.showMessages(start.remoteId, number);
    if (!page.ok) return page;
    if (writeRead(sync, () => storePage(sync, start, { ...page.value, total }))) break;
  }
  return DONE;
}

function isAscending({ messages }: MessagePage): boolean {
  const [first, last] = [messages[0], messages.at(-1)];
  return first !== undefined && last !== undefined && first.createdAtS < last.createdAtS;
}

function refresh({ deps }: SyncContext, ticketId: TicketId): void {
  const now = deps.clock.now();
  deps.store.tickets.refreshFromThread(ticketId, now);
  deps.store.search.enqueue([ticketId]);
  deps.store.changes.record('ticket', ticketId, 'changed', now);
}

/** One message of the remote; answers whether it was news. Ours are found again by their marker (design §7). */
function bringMessage(sync: SyncContext, ticketId: TicketId, message: RemoteMessage): boolean {
  const { store, clock } = sync.deps;
  const { remoteTickets, remoteMessages } = store;
  if (remoteMessages.isDouble(message.id)) return false;
  const known = remoteTickets.localId('messages', message.id);
  if (known !== undefined) {
    refuseOtherMessage(sync, ticketId, known, message);
    if (store.remoteLost.isLost(known as MessageId)) returned(sync, ticketId, known as MessageId);
    return false;
  }
  const { marker, bodyHtml } = takeMarker(message.bodyHtml);
  const body = purifyHtml(bodyHtml);
  const marked = marker === null ? undefined : remoteMessages.byMarker(marker);
  const ours = marker === null ? unmarked(sync, ticketId, message, body) : marked?.id;
  // A ticket that the network doubled: its message is shown there too.
  const isElsewhere = marked !== undefined && marked.ticketId !== ticketId;
  if (ours !== undefined && !isElsewhere) {
    settleMessage(sync, ours, message, body);
    return true;
  }
  remoteMessages.insert({
    id: message.id,
    ticketId,
    author: message.isCustomer ? 'customer' : 'staff',
    staffId: message.isCustomer ? null : staffOf(sync, message.staffId),
    bodyHtml: body,
    preview: previewOf(body),
    createdAt: message.createdAtS * 1000,
    marker: isElsewhere ? null : marker,
  });
  store.changes.record('message', message.id, 'created', clock.now());
  checkFiles(sync, message.id as MessageId);
  sync.counts.pulled += 1;
  sync.counts.messages += 1;
  return true;
}

/** Deleted there, and there again. */
function returned({ deps: { store, clock } }: SyncContext, ticketId: TicketId, id: MessageId): void {
  store.remoteLost.clear(id);
  store.changes.record('message', id, 'changed', clock.now());
  store.changes.record('ticket', ticketId, 'changed', clock.now());
}

/** A remote that strips `class`: the one message of ours with this author and text that is out there. */
function unmarked(
  { deps }: SyncContext,
  ticketId: TicketId,
  message: RemoteMessage,
  body: string,
): MessageId | undefined {
  const { outbox, messages } = deps.store;
  const candidates = outbox.byTicket(ticketId).flatMap((row) => {
    const isOut = row.state === 'sent' || row.state === 'uncertain';
    const own = isOut && row.messageId !== null ? messages.byId(row.messageId) : undefined;
    const isAlike =
      own &&
      (own.author === 'customer') === message.isCustomer &&
      (own.staffId ?? 0) === message.staffId &&
      isSameText(own.bodyHtml, body);
    return isAlike ? [own.id] : [];
  });
  return candidates.length === 1 ? candidates[0] : undefined;
}
