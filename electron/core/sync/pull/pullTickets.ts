import type { TicketId } from '../../../../shared/model/ids.ts';
import { STATUS } from '../../../../shared/model/ticket.ts';
import { announce, DONE, type SyncContext, write } from '../context.ts';
import { bringTicket } from '../push/resolve.ts';
import type { RemoteResult } from '../remote.ts';
import { pullClosed } from './pullClosed.ts';
import { rememberHighest } from './pullTicket.ts';
import { goOn } from './scan.ts';
import { type Budget, beginScan } from './scanState.ts';

/** Where almost every live change lands (behaviour.md 3.7, 2); what staff look at first comes first. */
const HOT = [STATUS.open, STATUS.awaitingReply, STATUS.inProgress, STATUS.answered] as const;
/** How far above the highest id a new closed ticket is looked for, when the counts say that there is one (3.7, 4). */
const WINDOW = 5;
/** Requests for closed tickets in one run; a first sync goes through at once. */
const CLOSED_REQUESTS = 100;
/** Missing tickets of hot statuses that are looked at in one run: a deleted department takes thousands along. */
const HOT_REQUESTS = 1_000;

/**
 * One cycle: hot statuses, the id probe, the counts, and the closed ones where those say that something is missing.
 * `afterHot`: what has to come before the closed ones are listed.
 */
export async function pullTickets(
  sync: SyncContext,
  afterHot: () => Promise<RemoteResult<void>> = async () => DONE,
): Promise<RemoteResult<void>> {
  const { store } = sync.deps;
  const isFirst = store.remoteDesk.get()?.firstSyncDoneAt == null;
  const budget = (left: number): Budget => ({ left: isFirst ? Number.POSITIVE_INFINITY : left });
  const hot = await pullHot(sync, budget(HOT_REQUESTS));
  if (!hot.ok) return hot;
  const ready = await afterHot();
  if (!ready.ok) return ready;
  // A first sync lists the closed ones anyway, instead of asking for each.
  const probed = isFirst ? DONE : await probe(sync);
  if (!probed.ok) return probed;
  const all = await sync.remote.listTickets({ page: 1 });
  if (!all.ok) return all;
  expect(sync, all.value.total);
  const total = all.value.total - hot.value;
  if (!isFirst && isMissing(sync, total)) {
    const above = await probeAbove(sync);
    if (!above.ok) return above;
  }
  return pullClosed(sync, total, budget(CLOSED_REQUESTS));
}

function expect(sync: SyncContext, total: number): void {
  const { remoteDesk } = sync.deps.store;
  if (remoteDesk.get()?.ticketsExpected === total) return;
  write(sync, () => remoteDesk.set('ticketsExpected', total));
}

/** Closed tickets that nobody here knows, unless a whole scan has just failed to find them. */
function isMissing({ deps, closed }: SyncContext, total: number): boolean {
  const missing = total - (deps.store.remoteTickets.counts().get(STATUS.closed) ?? 0);
  return missing > 0 && missing !== closed.unexplained;
}

/** Answers how many tickets the remote says there are in the hot statuses. */
async function pullHot(sync: SyncContext, budget: Budget): Promise<RemoteResult<number>> {
  let total = 0;
  for (const status of HOT) {
    const scan = beginScan({ status });
    const done = await goOn(sync, scan, budget);
    if (!done.ok) return done;
    total += scan.total;
  }
  return { ok: true, value: total };
}

/** Ids only grow: one look above the highest (3.7, 4). */
async function probe(sync: SyncContext): Promise<RemoteResult<void>> {
  for (;;) {
    const next = highest(sync) + 1;
    const answer = await sync.remote.showTicket(next);
    if (!answer.ok) return answer.error.kind === 'not_found' ? DONE : answer;
    const told = await bringTicket(sync, answer.value);
    if (!told.ok || !told.value) return told.ok ? DONE : told;
    write(sync, () => rememberHighest(sync, next));
    announce(sync, [next as TicketId], true);
  }
}

/** Gaps come from deletions: a few more ids, before everything is listed. */
async function probeAbove(sync: SyncContext): Promise<RemoteResult<void>> {
  const from = highest(sync) + 2;
  for (let id = from; id < from + WINDOW; id++) {
    const answer = await sync.remote.showTicket(id);
    if (!answer.ok && answer.error.kind !== 'not_found') return answer;
    const told = answer.ok ? await bringTicket(sync, answer.value) : DONE;
    if (!told.ok) return told;
  }
  return DONE;
}

const highest = ({ deps }: SyncContext): number => deps.store.remoteDesk.get()?.maxTicketId ?? 0;
