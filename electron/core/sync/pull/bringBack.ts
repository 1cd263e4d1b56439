import type { TicketId } from '../../../../shared/model/ids.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { restoreTicket } from '../../services/restoreTickets.ts';
import { returnWords } from '../../services/returnWords.ts';
import { newAct } from '../../services/ticketChanges.ts';
import type { SyncContext } from '../context.ts';

/**
 * A ticket of this desk's trash has moved on the remote. Taken for deleted there and there again (a server that was
 * restored from a backup): it is back. Put into the trash by a person: that is this desk's business only, and it stays,
 * unless somebody wrote in it, since what comes in is never hidden; the history says so. What is to be deleted there
 * as well waits in the outbox, which shows what came. `newMessages`: since the row that was kept; null = none was.
 */
export function bringBack(sync: SyncContext, id: TicketId, newMessages: number | null): void {
  const { deps } = sync;
  const { store, clock } = deps;
  const ticket = store.tickets.byId(id);
  if (ticket?.deletedAt == null || store.remoteContents.isToBeDeleted(id)) return;
  const last = store.operations.byTicket(id).find(({ kind }) => kind === 'trash' || kind === 'restore');
  if (newMessages === null || last?.kind !== 'trash') {
    store.tickets.set(id, 'deletedAt', null, clock.now());
    takeOutUnsent(deps, id);
    store.search.enqueue([id]);
    store.changes.record('ticket', id, 'created', clock.now());
    return;
  }
  if (newMessages <= 0) return;
  restoreTicket(deps, newAct(deps, { kind: 'system', name: 'Sync' }), ticket, { byMessage: true });
}

/** What was thrown away with the ticket never went there: its words go back to their writers, or it would look sent. */
function takeOutUnsent(deps: ServiceDeps, id: TicketId): void {
  const { messages, outbox, remoteMessages, remoteTickets, tickets } = deps.store;
  const unsent = messages
    .newestBefore(id, { at: Number.MAX_SAFE_INTEGER, id: 0 }, Number.MAX_SAFE_INTEGER)
    .filter((message) => remoteTickets.remoteId('messages', message.id) === null)
    // One with a marker has left at some time: the thread will tell.
    .filter((message) => remoteMessages.markerOf(message.id) === null && !outbox.byMessage(message.id));
  for (const message of unsent) returnWords(deps, id, message);
  if (unsent.length > 0) tickets.refreshFromThread(id, deps.clock.now());
}
