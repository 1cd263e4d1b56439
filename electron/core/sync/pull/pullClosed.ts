import { STATUS } from '../../../../shared/model/ticket.ts';
import { DONE, type SyncContext, write, writeRead } from '../context.ts';
import type { RemoteResult } from '../remote.ts';
import { goOn } from './scan.ts';
import { type Budget, beginScan, type Part, type Scan } from './scanState.ts';

/** A colleague's reply to a closed ticket, or its move to another department, shows nowhere else (behaviour.md 3.7). */
const FULL_SCAN_EVERY_MS = 6 * 60 * 60_000;

/** How far a scan got is written down after so many requests: an end in the middle costs no more than these. */
const NOTED_EVERY = 20;
/** Stands for the part after all departments. */
const LAST_PART = 2_000_000_000;

/**
 * Closed tickets, department by department (3.7, 5): all of them now and then, and those of a department whose count
 * is wrong as soon as the counts say so. Bounded by the budget; how far it got is on disk, and the next run goes on.
 * `total` is how many closed tickets the remote says it has.
 */
export async function pullClosed(
  sync: SyncContext,
  total: number,
  budget: Budget,
): Promise<RemoteResult<void>> {
  const { store, clock } = sync.deps;
  const desk = store.remoteDesk.get();
  if (!desk) return DONE;
  const isDue = desk.fullScanAt === null || clock.now() - desk.fullScanAt > FULL_SCAN_EVERY_MS;
  const isWrong = differenceTo(sync, total) !== sync.closed.unexplained;
  if (!isDue && !isWrong && desk.scanDepartmentId === null) return DONE;
  // The last part is whatever is in none of the departments that are known.
  const parts = [...departmentParts(sync, desk.scanDepartmentId ?? 0), { status: STATUS.closed }];
  for (const part of parts) {
    const isLast = part.departmentId === undefined;
    if (isLast && differenceTo(sync, total) === 0) break;
    const done = await pullPart(sync, part, { isWhole: isDue && !isLast, budget });
    if (!done.ok || !done.value) return done.ok ? DONE : done;
  }
  sync.closed.unexplained = differenceTo(sync, total);
  write(sync, () => {
    store.remoteDesk.set('scanDepartmentId', null);
    if (isDue) store.remoteDesk.set('fullScanAt', clock.now());
  });
  return DONE;
}

const differenceTo = ({ deps }: SyncContext, total: number): number =>
  total - (deps.store.remoteTickets.counts().get(STATUS.closed) ?? 0);

function departmentParts({ deps }: SyncContext, from: number): Part[] {
  const ids = deps.store.remoteTickets.departments().filter((id) => id >= from);
  return ids.map((departmentId) => ({ status: STATUS.closed, departmentId }));
}

/** Answers whether the part is done. Without `isWhole`, one that has as many tickets as are known is left at that. */
async function pullPart(
  sync: SyncContext,
  part: Part,
  { isWhole, budget }: { isWhole: boolean; budget: Budget },
): Promise<RemoteResult<boolean>> {
  const scan = scanOf(sync, part);
  // The first page tells the total.
  if (!isWhole && scan.total === 0) {
    const page = await goOn(sync, scan, { left: 1 });
    budget.left -= 1;
    const known = sync.deps.store.remoteTickets.inStatus(part).length;
    if (!page.ok || (!scan.isListed && scan.total === known))
      return page.ok ? { ok: true, value: true } : page;
  }
  let pages = 0;
  const done = await goOn(sync, scan, budget, () => {
    pages += 1;
    if (pages % NOTED_EVERY === 0) writeRead(sync, () => notePlace(sync, part, scan.page));
  });
  const isUnfinished = done.ok && !done.value;
  sync.closed.scan = isUnfinished ? scan : null;
  if (isUnfinished) writeRead(sync, () => notePlace(sync, part, scan.page));
  return done;
}

function notePlace({ deps: { store } }: SyncContext, part: Part, page: number): void {
  store.remoteDesk.set('scanDepartmentId', part.departmentId ?? LAST_PART);
  store.remoteDesk.set('scanPage', page);
}

/** The scan that stopped here in the last run, one that a process before this one began, or a new one. */
function scanOf({ deps, closed }: SyncContext, part: Part): Scan {
  if (closed.scan && closed.scan.part.departmentId === part.departmentId) return closed.scan;
  const desk = deps.store.remoteDesk.get();
  const isBegun = part.departmentId !== undefined && desk?.scanDepartmentId === part.departmentId;
  return beginScan(part, isBegun ? desk.scanPage : 1);
}
