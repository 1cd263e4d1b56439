import type { TicketId } from '../../../../shared/model/ids.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { announce, DONE, type SyncContext, write } from '../context.ts';
import { rebase } from '../outbox/rebase.ts';
import { pullThread } from '../pull/pullThread.ts';
import { applyTicket } from '../pull/pullTicket.ts';
import type { RemoteResult, RemoteTicket } from '../remote.ts';
import { LATE_MS } from './pushOutcome.ts';
import { settleUnclear } from './settle.ts';

/** Finds out what became of operations whose answer was lost: by reading, never by sending. */
export async function resolveUncertain(sync: SyncContext): Promise<RemoteResult<void>> {
  const { store } = sync.deps;
  for (const { id } of store.outbox.unproven()) {
    // One reading can settle several.
    const row = store.outbox.byId(id);
    if (!row) continue;
    const looked = await lookFor(sync, row);
    if (!looked.ok) return looked;
  }
  return DONE;
}

async function lookFor(sync: SyncContext, row: OutboxRow): Promise<RemoteResult<void>> {
  const { store, clock } = sync.deps;
  const beganAt = clock.now();
  const isTicket = row.kind === 'create_ticket' && row.state === 'uncertain';
  const read = isTicket ? await readTickets(sync, row) : await readThread(sync, row);
  if (!read.ok) return read;
  write(sync, () => {
    store.outbox.noteLook(row.id, { at: beganAt, sawAll: read.value });
    // As it is now: the answers may have told that a clock was set, and then the wait began anew.
    const { state, sentAt } = store.outbox.byId(row.id) ?? {};
    const isLate = beganAt - (sentAt ?? 0) > LATE_MS;
    if (state !== 'uncertain' || !read.value || !isLate) return;
    store.outbox.set(row.id, 'queued', 'It did not arrive and is sent again.');
    if (row.ticketId !== null) rebase(sync, row.ticketId);
  });
  if (row.ticketId !== null) announce(sync, [row.ticketId]);
  return DONE;
}

/** Answers whether the whole thread was read. */
async function readThread(sync: SyncContext, row: OutboxRow): Promise<RemoteResult<boolean>> {
  const { store } = sync.deps;
  const ticketId = row.ticketId as TicketId;
  const remoteId = store.remoteTickets.remoteId('tickets', ticketId);
  if (remoteId === null) return { ok: true, value: false };
  // The counters first: without them nobody knows when the thread is complete.
  const now = await sync.remote.showTicket(remoteId);
  if (!now.ok) return now.error.kind === 'not_found' ? { ok: true, value: false } : now;
  write(sync, () => {
    applyTicket(sync, now.value);
    store.remoteTickets.markThreadStale(ticketId);
  });
  const read = await pullThread(sync, ticketId);
  return read.ok ? { ok: true, value: !store.remoteTickets.isThreadStale(ticketId) } : read;
}

/** All tickets of the customer; answers whether each of them could be told. */
async function readTickets(sync: SyncContext, row: OutboxRow): Promise<RemoteResult<boolean>> {
  const { store } = sync.deps;
  const customerId =
    row.customerId === null ? null : store.remoteTickets.remoteId('customers', row.customerId);
  if (customerId === null) return { ok: true, value: false };
  let isComplete = true;
  const seen = new Set<number>();
  for (let page = 1, pages = 1, total = 0; page <= pages; page++) {
    const answer = await sync.remote.listTickets({ page, customerId });
    if (!answer.ok) return answer;
    ({ pages, total } = answer.value);
    for (const ticket of answer.value.tickets) {
      seen.add(ticket.id);
      const told = await bringTicket(sync, ticket);
      if (!told.ok) return told;
      isComplete &&= told.value;
    }
    if (page === pages && seen.size !== total) isComplete = false;
  }
  return { ok: true, value: isComplete };
}

/** Brings a row in, whosever it is; answers whether that could be told. */
export async function bringTicket(sync: SyncContext, row: RemoteTicket): Promise<RemoteResult<boolean>> {
  if (write(sync, () => applyTicket(sync, row)) !== 'unclear') return { ok: true, value: true };
  const settled = await settleUnclear(sync, row);
  if (!settled.ok) return settled;
  const id = sync.deps.store.remoteTickets.localId('tickets', row.id);
  return { ok: true, value: id !== undefined };
}
