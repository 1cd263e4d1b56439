import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { ticketRows } from '../../services/ticketReader.ts';
import { openRemoteAhead } from '../account/openRemote.ts';
import { announce, createSyncContext, type SyncContext, SyncStopped, writeRead } from '../context.ts';
import type { SyncRunner } from '../runner.ts';
import { markGone } from './goneMessages.ts';
import { pullRest, storePage, type ThreadStart } from './pullThread.ts';
import { applyTicket, removeTicket } from './pullTicket.ts';
import { judgeWentBack, WentBack } from './wentBack.ts';

/** A ticket that was asked for less than this ago is fresh. */
const FRESH_MS = 30_000;

/** When each ticket was last asked for, by desk. In memory: a new process may ask again. */
const askedAt = new WeakMap<ServiceDeps['store'], Map<TicketId, number>>();

function isFresh({ store, clock }: ServiceDeps, id: TicketId): boolean {
  const now = clock.now();
  const asked = askedAt.get(store) ?? new Map<TicketId, number>();
  askedAt.set(store, asked);
  // A clock that was set back makes nothing fresh for long.
  for (const [other, at] of asked) if (Math.abs(now - at) >= FRESH_MS) asked.delete(other);
  if (asked.has(id)) return true;
  asked.set(id, now);
  return false;
}

/**
 * Somebody opens a ticket: the server is asked for it and its messages, so that what is read is what it has now. A
 * server that can't be asked is passed over in silence, since the next run says so: ticket_not_found only.
 */
export async function refreshOnOpen(
  { deps, sync }: { readonly deps: ServiceDeps; readonly sync: SyncRunner },
  actor: StaffActor,
  ticketId: TicketId,
): Promise<Result<void>> {
  if (ticketRows(deps, actor, [ticketId]).length === 0) return err(appErrorOf('ticket_not_found'));
  if (deps.store.remoteTickets.remoteId('tickets', ticketId) === null) return ok(undefined);
  const remote = await openRemoteAhead(deps);
  if (!remote.ok || isFresh(deps, ticketId)) return ok(undefined);
  const own = createSyncContext(deps, remote.value);
  try {
    await refreshTicket(own, ticketId).catch((error: unknown) => {
      if (!(error instanceof WentBack)) throw error;
      return stopWhereItHolds(own, sync, error);
    });
  } catch (error) {
    // The disk is full, say: the next run says so.
    if (!(error instanceof SyncStopped)) throw error;
  }
  return ok(undefined);
}

/** The server was restored from a backup: the run under way ends, too. */
async function stopWhereItHolds(own: SyncContext, sync: SyncRunner, found: WentBack): Promise<void> {
  const judged = await judgeWentBack(own, found);
  if (judged.kind !== 'stopped') return;
  await sync.restart();
  own.deps.events.publish({ type: 'desk_changed', what: 'sync' });
}

/** Asks for a ticket's row, then for its messages, and takes both in at once. What finds nothing new writes nothing. */
export async function refreshTicket(sync: SyncContext, id: TicketId): Promise<void> {
  const remoteId = sync.deps.store.remoteTickets.remoteId('tickets', id);
  const seen = standOf(sync, id);
  if (remoteId === null || seen === null) return;
  const row = await sync.remote.showTicket(remoteId);
  if (!row.ok && row.error.kind !== 'not_found') return;
  const page = row.ok ? await sync.remote.showMessages(remoteId, 1) : null;
  const longer = writeRead(sync, () => {
    // A run has been at it meanwhile, and knows better than an answer that was on its way.
    if (standOf(sync, id) !== seen) return null;
    if (!row.ok) removeTicket(sync, id);
    if (!row.ok || applyTicket(sync, row.value) !== 'same') announce(sync, [id]);
    return page?.ok ? storeFirst(sync, { ticketId: id, remoteId, page: page.value }) : null;
  });
  if (longer) await pullRest(sync, longer);
  if (page?.ok) await markGone(sync, id, page.value.total);
}

/** Answers the thread when there is more of it than its first page. */
function storeFirst(sync: SyncContext, read: Omit<ThreadStart, 'base'>): ThreadStart | null {
  const base = sync.deps.store.remoteTickets.byTicket(read.ticketId);
  const start = base && { ...read, base };
  return start && !storePage(sync, start, start.page) ? start : null;
}

/** What is known of a ticket, to be compared; null while something of it is on its way out, or the server has it no more. */
function standOf({ deps }: SyncContext, id: TicketId): string | null {
  const { outbox, remoteTickets } = deps.store;
  const base = remoteTickets.byTicket(id);
  const waiting = outbox.byTicket(id).map((row) => `${row.id} ${row.state}`);
  if (!base || waiting.some((one) => one.endsWith('sending'))) return null;
  return JSON.stringify([base, waiting]);
}
