import type { TicketId } from '../../../../shared/model/ids.ts';
import { announce, DONE, type SyncContext, write } from '../context.ts';
import { bringTicket } from '../push/resolve.ts';
import type { RemoteResult, RemoteTicket, TicketPage } from '../remote.ts';
import { inSlices } from './inSlices.ts';
import { type PagesAhead, pagesAhead } from './pagesAhead.ts';
import { applyTicket, removeTicket } from './pullTicket.ts';
import type { Budget, Scan } from './scanState.ts';

/** Pages over an unordered list are no snapshot (behaviour.md 3.6): a scan is repeated until two passes agree. */
const MOST_PASSES = 4;

/** Goes on with a scan; answers whether every ticket of the part was looked at. `onPage`: after each page. */
export async function goOn(
  sync: SyncContext,
  scan: Scan,
  budget: Budget,
  onPage: () => void = () => {},
): Promise<RemoteResult<boolean>> {
  const pages = pagesAhead((page) => sync.remote.listTickets({ page, ...scan.part }));
  try {
    while (!scan.isListed) {
      if (budget.left <= 0) return { ok: true, value: false };
      const page = await nextPage(sync, scan, budget, pages);
      if (!page.ok) return page;
      onPage();
    }
  } finally {
    await pages.end();
  }
  return scan.isResumed ? { ok: true, value: true } : checkMissing(sync, scan, budget);
}

async function nextPage(
  sync: SyncContext,
  scan: Scan,
  budget: Budget,
  ahead: PagesAhead<TicketPage>,
): Promise<RemoteResult<void>> {
  budget.left -= 1;
  const answer = await ahead.take(scan.page);
  if (!answer.ok) return answer;
  const { pages, total, tickets } = answer.value;
  ahead.announce(scan.page + 1, Math.min(pages, scan.page + budget.left));
  const brought = await bringPage(sync, tickets);
  if (!brought.ok) return brought;
  for (const { id } of tickets) scan.seen.add(id);
  if (scan.page > 1 && scan.isBegun && total !== scan.total) scan.isDisturbed = true;
  scan.isBegun = true;
  scan.total = total;
  if (scan.page < pages) scan.page += 1;
  else endPass(sync, scan);
  return DONE;
}

/** The union of the passes is all there is, or a pass brought nothing that the ones before had not. */
function endPass(sync: SyncContext, scan: Scan): void {
  const { part, seen, total, pass } = scan;
  const listed = scan.isResumed ? sync.deps.store.remoteTickets.inStatus(part).length : seen.size;
  const isAll = listed === total && !scan.isDisturbed;
  const isSettled = pass > 1 && seen.size === scan.seenBefore;
  scan.isListed = isAll || isSettled || pass === MOST_PASSES;
  if (!scan.isListed) {
    Object.assign(scan, {
      seenBefore: seen.size,
      pass: pass + 1,
      page: 1,
      isDisturbed: false,
      isResumed: false,
    });
  }
}

async function bringPage(sync: SyncContext, tickets: readonly RemoteTicket[]): Promise<RemoteResult<void>> {
  const unclear: RemoteTicket[] = [];
  const moved: TicketId[] = [];
  // Nothing is written when nothing differs: an idle cycle leaves the disk alone.
  await inSlices(sync, tickets, (ticket) => {
    const applied = applyTicket(sync, ticket);
    if (applied === 'unclear') unclear.push(ticket);
    else if (applied !== 'same') moved.push(ticket.id as TicketId);
  });
  announce(sync, moved);
  for (const ticket of unclear) {
    const told = await bringTicket(sync, ticket);
    if (!told.ok) return told;
  }
  return DONE;
}

/**
 * A cached ticket that its part no longer lists: closed, moved while it was read, or deleted. Only `show` tells, and
 * only its «not found» is a deletion.
 */
async function checkMissing(sync: SyncContext, scan: Scan, budget: Budget): Promise<RemoteResult<boolean>> {
  const { remoteTickets } = sync.deps.store;
  for (const id of remoteTickets.inStatus(scan.part)) {
    const remoteId = remoteTickets.remoteId('tickets', id);
    if (remoteId === null || scan.seen.has(remoteId)) continue;
    if (budget.left <= 0) return { ok: true, value: false };
    budget.left -= 1;
    const answer = await sync.remote.showTicket(remoteId);
    if (answer.ok) write(sync, () => applyTicket(sync, answer.value));
    else if (answer.error.kind === 'not_found') write(sync, () => removeTicket(sync, id));
    else return answer;
    announce(sync, [id]);
    // It was looked at, whatever it is now.
    scan.seen.add(remoteId);
  }
  return { ok: true, value: true };
}
