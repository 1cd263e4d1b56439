import type { TicketId } from '../../../shared/model/ids.ts';
import { ALL_STATUSES, STATUS } from '../../../shared/model/ticket.ts';
import { announce, DONE, type SyncContext, write } from './context.ts';
import { applyTicket, rememberHighest, removeTicket } from './pullTicket.ts';
import type { RemoteResult, RemoteTicket } from './remote.ts';
import { bringTicket } from './resolve.ts';

/** Where almost every live change lands (behaviour.md 3.7, 2); what staff look at first comes first. */
const HOT = [STATUS.open, STATUS.awaitingReply, STATUS.inProgress, STATUS.answered] as const;
/** Pages over an unordered list are no snapshot (3.6): a scan is repeated until it has seen them all. */
const MOST_PASSES = 4;
/** A colleague's reply to a closed ticket, or its move to another department, shows nowhere else (3.7). */
const FULL_SCAN_EVERY_MS = 6 * 60 * 60_000;
/** Rows of one transaction: bounded, so that the window is never held up. */
const SLICE = 50;

interface Scan {
  readonly seen: ReadonlySet<number>;
  readonly total: number;
}

/**
 * One cycle: hot statuses, counts, the id probe, and the closed ones where the counts say that something is missing.
 * `afterHot`: what has to come before the closed ones are listed.
 */
export async function pullTickets(
  sync: SyncContext,
  afterHot: () => Promise<RemoteResult<void>> = async () => DONE,
): Promise<RemoteResult<void>> {
  const { store, clock } = sync.deps;
  const fullScanAt = store.remoteDesk.get()?.fullScanAt ?? null;
  const isFull = fullScanAt === null || clock.now() - fullScanAt > FULL_SCAN_EVERY_MS;
  let hotTotal = 0;
  for (const status of HOT) {
    const scan = await scanStatus(sync, status);
    if (!scan.ok) return scan;
    hotTotal += scan.value.total;
  }
  const ready = await afterHot();
  if (!ready.ok) return ready;
  const probed = await probe(sync);
  if (!probed.ok) return probed;
  const all = await sync.remote.listTickets({ page: 1 });
  if (!all.ok) return all;
  expect(sync, all.value.total);
  const closed = store.remoteTickets.counts().get(STATUS.closed) ?? 0;
  if (isFull || all.value.total - hotTotal !== closed) {
    const scan = await scanStatus(sync, STATUS.closed);
    if (!scan.ok) return scan;
  }
  return checkCounts(sync, all.value.total, isFull);
}

function expect(sync: SyncContext, total: number): void {
  const { remoteDesk } = sync.deps.store;
  if (remoteDesk.get()?.ticketsExpected === total) return;
  write(sync, () => remoteDesk.set('ticketsExpected', total));
}

/** What is still missing after everything was looked at makes the next cycle look at everything. */
function checkCounts(sync: SyncContext, total: number, wasFull: boolean): RemoteResult<void> {
  const { store, clock } = sync.deps;
  const counts = store.remoteTickets.counts();
  const known = ALL_STATUSES.reduce((sum, status) => sum + (counts.get(status) ?? 0), 0);
  const isWhole = known === total;
  const isDue = store.remoteDesk.get()?.fullScanAt === null;
  if (isWhole && wasFull) write(sync, () => store.remoteDesk.set('fullScanAt', clock.now()));
  else if (!isWhole && !isDue) write(sync, () => store.remoteDesk.set('fullScanAt', null));
  return DONE;
}

async function scanStatus(sync: SyncContext, status: number): Promise<RemoteResult<Scan>> {
  const seen = new Set<number>();
  let total = 0;
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const before = seen.size;
    const passed = await onePass(sync, status, seen);
    if (!passed.ok) return passed;
    total = passed.value;
    if (seen.size === total || (pass > 1 && seen.size === before)) break;
  }
  const checked = await checkMissing(sync, status, seen);
  return checked.ok ? { ok: true, value: { seen, total } } : checked;
}

async function onePass(sync: SyncContext, status: number, seen: Set<number>): Promise<RemoteResult<number>> {
  let total = 0;
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await sync.remote.listTickets({ page, status });
    if (!answer.ok) return answer;
    ({ pages, total } = answer.value);
    const brought = await bringPage(sync, answer.value.tickets);
    if (!brought.ok) return brought;
    for (const { id } of answer.value.tickets) seen.add(id);
  }
  return { ok: true, value: total };
}

async function bringPage(sync: SyncContext, tickets: readonly RemoteTicket[]): Promise<RemoteResult<void>> {
  const unclear: RemoteTicket[] = [];
  const moved: TicketId[] = [];
  for (let start = 0; start < tickets.length; start += SLICE) {
    const slice = tickets.slice(start, start + SLICE);
    // Nothing is written when nothing differs: an idle cycle leaves the disk alone.
    write(sync, () => {
      for (const ticket of slice) {
        const applied = applyTicket(sync, ticket);
        if (applied === 'unclear') unclear.push(ticket);
        else if (applied !== 'same') moved.push(ticket.id as TicketId);
      }
    });
  }
  announce(sync, moved);
  for (const ticket of unclear) {
    const told = await bringTicket(sync, ticket);
    if (!told.ok) return told;
  }
  return DONE;
}

/** A cached ticket that its status no longer lists: closed, moved while it was read, or deleted. `show` tells. */
async function checkMissing(
  sync: SyncContext,
  status: number,
  seen: ReadonlySet<number>,
): Promise<RemoteResult<void>> {
  const { remoteTickets } = sync.deps.store;
  for (const id of remoteTickets.inStatus(status)) {
    const remoteId = remoteTickets.remoteId('tickets', id);
    if (remoteId === null || seen.has(remoteId)) continue;
    const answer = await sync.remote.showTicket(remoteId);
    if (answer.ok) write(sync, () => applyTicket(sync, answer.value));
    else if (answer.error.kind === 'not_found') write(sync, () => removeTicket(sync, id));
    else return answer;
    announce(sync, [id]);
  }
  return DONE;
}

/** Ids only grow: one look above the highest (3.7, 4). */
async function probe(sync: SyncContext): Promise<RemoteResult<void>> {
  for (;;) {
    const next = (sync.deps.store.remoteDesk.get()?.maxTicketId ?? 0) + 1;
    const answer = await sync.remote.showTicket(next);
    if (!answer.ok) return answer.error.kind === 'not_found' ? DONE : answer;
    const told = await bringTicket(sync, answer.value);
    if (!told.ok || !told.value) return told.ok ? DONE : told;
    write(sync, () => rememberHighest(sync, next));
    announce(sync, [next as TicketId], true);
  }
}
