import type { TicketId } from '../../../../shared/model/ids.ts';
import type { NumberedMessage } from '../../store/repositories/remoteLost.ts';
import { announce, DONE, type SyncContext, writeRead } from '../context.ts';
import type { RemoteResult } from '../remote.ts';
import { readWhole } from '../restored/readServer.ts';

const TO_ITS_END = { signal: new AbortController().signal, progress: () => {} };

/**
 * Messages that were deleted in the remote's database: no counter and no list tells (behaviour.md 3.5), only that it
 * says of a thread that there are fewer than are known. A reading of it as a whole shows which; they stay here, and say
 * so. `total`: of the thread, as the remote has just said.
 */
export async function markGone(
  sync: SyncContext,
  ticketId: TicketId,
  total: number,
): Promise<RemoteResult<void>> {
  const { remoteLost, remoteMessages, remoteTickets } = sync.deps.store;
  const number = remoteTickets.remoteId('tickets', ticketId);
  if (number === null || remoteMessages.confirmed(ticketId) <= total) return DONE;
  // What comes while it is read is not missing in it.
  const known = remoteLost.messages(ticketId);
  const thread = await readWhole(sync.remote, TO_ITS_END, number);
  if (!thread.ok) return thread.error.kind === 'not_found' ? DONE : thread;
  const there = new Set(thread.value.map(({ id }) => id));
  writeRead(sync, () => {
    const missing = known.filter((one) => !there.has(one.number));
    const gone = missing.filter((one) => markOne(sync, ticketId, one, there));
    for (const copy of remoteLost.doubles(ticketId))
      if (!there.has(copy.number)) remoteLost.removeDouble(copy.number);
    if (gone.length > 0) announce(sync, [ticketId]);
    sync.counts.pulled += gone.length;
  });
  return DONE;
}

/** Answers whether it was shown as being there. */
function markOne(
  { deps: { store, clock } }: SyncContext,
  ticketId: TicketId,
  { id, number }: NumberedMessage,
  there: ReadonlySet<number>,
): boolean {
  const { remoteLost, remoteTickets } = store;
  const isShown = store.messages.byId(id)?.deletedAt === null && !remoteLost.isLost(id);
  if (!isShown || remoteTickets.remoteId('messages', id) !== number) return false;
  const copy = remoteLost.doubles(ticketId).find((one) => one.messageId === id && there.has(one.number));
  // Of a message that arrived twice, the other one is left.
  if (copy) {
    remoteLost.removeDouble(copy.number);
    remoteTickets.link('messages', id, copy.number);
    return false;
  }
  remoteLost.mark(id, 'deleted', clock.now());
  store.changes.record('message', id, 'changed', clock.now());
  return true;
}
