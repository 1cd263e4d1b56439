import type { TicketId } from '../../../../shared/model/ids.ts';
import { takeMarker } from '../../domain/marker.ts';
import { purifyHtml } from '../../html/purify.ts';
import { previewOf } from '../../html/text.ts';
import { announce, DONE, type SyncContext, write } from '../context.ts';
import { rebase } from '../outbox/rebase.ts';
import type { MessagePage, RemoteMessage, RemoteResult } from '../remote.ts';
import { markGone } from './goneMessages.ts';
import { startThread, storePage, type ThreadStart } from './pullThread.ts';

/** Threads compared after one full scan: all come in turn, and no check costs more than these. */
export const THREADS_COMPARED = 20;

/**
 * After each full scan: whether this desk shows what the remote has. Counts are compared, and some threads message by
 * message; what differs is taken from the remote, once, and what was found is kept. What waits here is not touched.
 */
export async function checkConvergence(sync: SyncContext): Promise<RemoteResult<void>> {
  const { remoteDesk, remoteChecks, remoteTickets } = sync.deps.store;
  const desk = remoteDesk.get();
  const checkedAt = remoteChecks.last()?.checkedAt ?? Number.NEGATIVE_INFINITY;
  if (!desk || desk.fullScanAt === null || desk.fullScanAt <= checkedAt) return DONE;
  const turn = remoteChecks.inTurn(THREADS_COMPARED);
  let repaired = 0;
  for (const id of turn) {
    const compared = await compareThread(sync, id);
    if (!compared.ok) return compared;
    if (compared.value) repaired += 1;
  }
  write(sync, () => {
    const tickets = [...remoteTickets.counts().values()].reduce((sum, count) => sum + count, 0);
    remoteChecks.setTurn(turn.length < THREADS_COMPARED ? 0 : (turn.at(-1) ?? 0));
    remoteChecks.add({
      ...{ checkedAt: sync.deps.clock.now(), tickets, threads: turn.length, repaired },
      missing: Math.abs((desk.ticketsExpected ?? tickets) - tickets),
    });
  });
  return DONE;
}

/** Answers whether something had to be repaired. */
async function compareThread(sync: SyncContext, id: TicketId): Promise<RemoteResult<boolean>> {
  const start = await startThread(sync, id);
  if (!start.ok) return start;
  let isRepaired = write(sync, () => rebase(sync, id));
  if (!start.value) return { ok: true, value: isRepaired };
  const { remoteId, page } = start.value;
  for (let number = 1; number <= page.pages; number++) {
    const next =
      number === 1 ? { ok: true as const, value: page } : await sync.remote.showMessages(remoteId, number);
    if (!next.ok) return next;
    if (comparePage(sync, start.value, next.value)) isRepaired = true;
  }
  const before = sync.counts.pulled;
  const gone = await markGone(sync, id, page.total);
  if (!gone.ok) return gone;
  if (sync.counts.pulled > before) isRepaired = true;
  if (isRepaired) announce(sync, [id]);
  return { ok: true, value: isRepaired };
}

function comparePage(sync: SyncContext, start: ThreadStart, page: MessagePage): boolean {
  return write(sync, () => {
    const before = sync.counts.pulled;
    storePage(sync, start, page);
    const edited = page.messages.filter((message) => takeEdited(sync, message));
    if (edited.length > 0) sync.deps.store.tickets.refreshFromThread(start.ticketId, sync.deps.clock.now());
    return edited.length > 0 || sync.counts.pulled > before;
  });
}

/** A text that was changed in the remote's database: it shows nowhere but in the text. */
function takeEdited({ deps: { store, clock } }: SyncContext, message: RemoteMessage): boolean {
  const id = store.remoteTickets.localId('messages', message.id);
  const known = id === undefined ? undefined : store.messages.byId(id as never);
  const bodyHtml = purifyHtml(takeMarker(message.bodyHtml).bodyHtml);
  if (!known || known.bodyHtml === bodyHtml) return false;
  const createdAt = message.createdAtS * 1000;
  store.remoteMessages.settle(known.id, {
    remoteId: message.id,
    createdAt,
    bodyHtml,
    preview: previewOf(bodyHtml),
  });
  store.changes.record('message', known.id, 'changed', clock.now());
  store.search.enqueue([known.ticketId]);
  return true;
}
