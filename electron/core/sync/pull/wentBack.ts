import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { FIRST_LOCAL_ID } from '../../store/repositories/remoteDesk.ts';
import type { RemoteTicketRow } from '../../store/repositories/remoteTickets.ts';
import { type SyncContext, SyncStopped, write } from '../context.ts';
import type { RemoteFailure, RemoteMessage, RemoteTicket } from '../remote.ts';

/** Ids are given in the order of time, but for requests that overlap. */
const OVERLAP_MS = 10 * 60_000;

/**
 * What a remote that was restored from a backup gives itself away by. `other_ticket`, `other_message`: an id that is
 * known now means something else. `fewer_replies`: a thread that had more. `reused_id`: a new ticket below the newest.
 */
type Sign = 'other_ticket' | 'other_message' | 'fewer_replies' | 'reused_id';

/** Ends the run before anything of that row is taken in. */
export class WentBack extends SyncStopped {
  readonly sign: Sign;
  /** As the remote counts. */
  readonly ticketId: number;
  constructor(sign: Sign, ticketId: number) {
    super(restoredError(ticketId));
    this.sign = sign;
    this.ticketId = ticketId;
  }
}

function restoredError(ticketId: number) {
  const error = appErrorOf('remote_restored', { details: { ticket: ticketId } });
  return { ...error, message: `${error.message} It shows in ticket ${ticketId}.` };
}

/** Throws what a row says about the remote's past. A suspicion that did not hold is not raised again. */
export function refuseOtherPast(
  sync: SyncContext,
  row: RemoteTicket,
  id: TicketId | undefined,
  kept: RemoteTicketRow | undefined,
): void {
  if (sync.past.believed.has(row.id)) return;
  const sign = id === undefined ? signOfNew(sync, row) : signOfKnown(sync, row, id, kept);
  if (sign !== null) throw new WentBack(sign, row.id);
}

function signOfKnown(
  sync: SyncContext,
  row: RemoteTicket,
  id: TicketId,
  kept: RemoteTicketRow | undefined,
): Sign | null {
  const { remoteTickets } = sync.deps.store;
  if (isOther(sync, row, id, kept)) return 'other_ticket';
  if (!kept || row.lastUpdateS >= kept.lastUpdateS) return null;
  // Replies only grow (behaviour.md 3.5); what was read once was there.
  return row.replies < (remoteTickets.readReplies(id) ?? 0) ? 'fewer_replies' : null;
}

/** Nobody changes when a ticket was opened. One that is in the trash here was opened when its own row says. */
function isOther(
  sync: SyncContext,
  row: RemoteTicket,
  id: TicketId,
  kept: RemoteTicketRow | undefined,
): boolean {
  if (kept) return kept.createdAtS !== null && kept.createdAtS !== row.createdAtS;
  const opened = openedAt(sync, id);
  return opened !== undefined && opened !== row.createdAtS * 1000;
}

/** When the remote says a ticket was opened; one that was born here has this machine's time. */
function openedAt({ deps }: SyncContext, id: TicketId | undefined): number | undefined {
  return id === undefined || id >= FIRST_LOCAL_ID ? undefined : deps.store.tickets.byId(id)?.createdAt;
}

function signOfNew(sync: SyncContext, row: RemoteTicket): Sign | null {
  const { store } = sync.deps;
  const desk = store.remoteDesk.get();
  if (!desk || desk.firstSyncDoneAt === null || row.id > desk.maxTicketId) return null;
  // Dates of imported tickets follow no order: only what was opened since this desk knows the server counts.
  if (desk.clockOffsetMs === null) return null;
  if (row.createdAtS * 1000 < desk.firstSyncDoneAt + desk.clockOffsetMs) return null;
  const newest = openedAt(sync, store.remoteTickets.localId('tickets', desk.maxTicketId) as TicketId);
  return newest !== undefined && row.createdAtS * 1000 > newest + OVERLAP_MS ? 'reused_id' : null;
}

/** A message's ticket and time never change; under a known id, another is hidden by nothing but this. */
export function refuseOtherMessage(
  { deps: { store } }: SyncContext,
  ticketId: TicketId,
  localId: number,
  message: RemoteMessage,
): void {
  const known = store.messages.byId(localId as never);
  if (!known || (known.ticketId === ticketId && known.createdAt === message.createdAtS * 1000)) return;
  throw new WentBack('other_message', store.remoteTickets.remoteId('tickets', ticketId) ?? 0);
}

/**
 * A second look, since a cache or a clock can mislead once: when the sign holds, nothing is exchanged any more until a
 * person decides; neither side is overwritten.
 */
export async function judgeWentBack(
  sync: SyncContext,
  found: WentBack,
): Promise<RemoteFailure | { kind: 'stopped'; error: SyncStopped['appError'] }> {
  const holds = await looksAgain(sync, found);
  if (typeof holds !== 'boolean') return holds;
  if (!holds) {
    sync.past.believed.add(found.ticketId);
    return { kind: 'no_answer', detail: `Ticket ${found.ticketId} was read again.` };
  }
  const { store, log } = sync.deps;
  log.warn('remote_restored', { sign: found.sign, ticketId: found.ticketId });
  write(sync, () => store.remoteDesk.set('pausedCode', 'remote_restored'));
  return { kind: 'stopped', error: found.appError };
}

async function looksAgain(sync: SyncContext, { sign, ticketId }: WentBack): Promise<boolean | RemoteFailure> {
  const { store } = sync.deps;
  const id = store.remoteTickets.localId('tickets', ticketId) as TicketId | undefined;
  switch (sign) {
    case 'other_message':
      return true;
    case 'other_ticket': {
      const row = await sync.remote.showTicket(ticketId);
      if (!row.ok) return row.error.kind === 'not_found' ? false : row.error;
      return id !== undefined && isOther(sync, row.value, id, store.remoteTickets.byTicket(id));
    }
    case 'fewer_replies': {
      const thread = await sync.remote.showMessages(ticketId, 1);
      if (!thread.ok) return thread.error.kind === 'not_found' ? false : thread.error;
      return id !== undefined && thread.value.total < store.remoteMessages.confirmed(id);
    }
    case 'reused_id': {
      const newest = await sync.remote.showTicket(store.remoteDesk.get()?.maxTicketId ?? 0);
      if (!newest.ok) return newest.error.kind === 'not_found' ? true : newest.error;
      return false;
    }
  }
}

/**
 * Before the first thing is sent after a start or an absence: whether the newest ticket that is known is still there.
 * Then no id was given twice, and a reply goes where it was meant to; else everything is looked at first.
 */
export async function isSamePast(sync: SyncContext): Promise<boolean> {
  const desk = sync.deps.store.remoteDesk.get();
  if (sync.past.isSure || !desk || desk.firstSyncDoneAt === null || desk.maxTicketId === 0) return true;
  const newest = await sync.remote.showTicket(desk.maxTicketId);
  if (!newest.ok) return false;
  const id = sync.deps.store.remoteTickets.localId('tickets', newest.value.id) as TicketId | undefined;
  if (id !== undefined) {
    refuseOtherPast(sync, newest.value, id, sync.deps.store.remoteTickets.byTicket(id));
  }
  return true;
}
