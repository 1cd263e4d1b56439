import type {
  AboardEstimate,
  AboardSize,
  AboardTake,
  FileLack,
  LackingTicket,
} from '../../../shared/contract/aboard.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { Queue } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { sizeOf } from '../domain/aboardPlan.ts';
import type { StaffActor } from '../domain/actor.ts';
import type { ServiceDeps } from '../services/context.ts';
import { overdueBefore } from '../services/overdue.ts';
import type { AboardFileRow, TakeRow } from '../store/repositories/aboard.ts';
import { isBeyondApi } from './openRemote.ts';

const LACKING_TICKETS = 200;
const LACKING_FILES = 20;

const together = (files: readonly AboardFileRow[]) => ({ count: files.length, bytes: sizeOf(files) });

function sizeOfTickets(
  deps: ServiceDeps,
  ids: readonly TicketId[],
  files: readonly AboardFileRow[],
): AboardSize {
  const here = files.filter(({ isHere }) => isHere);
  return {
    ...deps.store.aboard.threadSums(ids),
    files: together(files),
    filesHere: together(here),
    filesTooLarge: together(files.filter((file) => !file.isHere && isBeyondApi(file))),
  };
}

/** What these views hold now, as far as this desk knows. */
export async function estimateViews(
  deps: ServiceDeps,
  actor: StaffActor,
  views: readonly Queue[],
): Promise<AboardEstimate> {
  const { aboard, remoteDesk } = deps.store;
  const ids = aboard.ticketsOf(views, actor.staffId, overdueBefore(deps));
  return {
    size: sizeOfTickets(deps, ids, aboard.filesOf(ids)),
    freeBytes: await deps.files.freeBytes(),
    isPartial: remoteDesk.get()?.firstSyncDoneAt == null,
  };
}

/** Why a file is not here. */
function lackOf(take: TakeRow, file: AboardFileRow): FileLack {
  if (isBeyondApi(file)) return 'too_large';
  if (file.problem !== null) return file.problem;
  if (take.problemCode === 'remote_permission_missing') return 'permission';
  if (take.endedAt === null) return 'waiting';
  if (take.state === 'cancelled') return 'waiting';
  return file.at > take.endedAt ? 'later' : 'over';
}

/** What is taken along, and what of it is here; null when nothing is. */
export function takeStatus(deps: ServiceDeps, isRunning: boolean): AboardTake | null {
  const { aboard } = deps.store;
  const take = aboard.take();
  if (!take) return null;
  const ids = aboard.takeTickets();
  const files = aboard.filesOf(ids);
  const lacks = new Map<FileLack, AboardFileRow[]>();
  for (const file of files.filter(({ isHere }) => !isHere)) {
    const lack = lackOf(take, file);
    lacks.set(lack, [...(lacks.get(lack) ?? []), file]);
  }
  const { views, budgetBytes, state, startedAt, endedAt, problemCode } = take;
  return {
    ...{ views: [...views], budgetBytes, state, startedAt, endedAt, isRunning },
    problem: problemCode === null ? null : appErrorOf(problemCode),
    size: sizeOfTickets(deps, ids, files),
    lacks: [...lacks].map(([lack, missing]) => ({ lack, ...together(missing) })),
  };
}

/** The tickets of which something is not here, the newest first. */
export function lackingTickets(deps: ServiceDeps): { tickets: LackingTicket[]; total: number } {
  const { aboard } = deps.store;
  const take = aboard.take();
  if (!take) return { tickets: [], total: 0 };
  const ids = aboard.takeTickets();
  const missing = Map.groupBy(
    aboard.filesOf(ids).filter(({ isHere }) => !isHere),
    ({ ticketId }) => ticketId,
  );
  const lacking = aboard
    .threadsOf(ids)
    .filter(({ ticketId, isStale }) => isStale === 1 || missing.has(ticketId))
    .sort((a, b) => b.lastMessageAt - a.lastMessageAt);
  const tickets = lacking
    .slice(0, LACKING_TICKETS)
    .map(({ ticketId, subject, missing: messages, isStale }) => {
      const files = missing.get(ticketId) ?? [];
      return {
        ...{ ticketId, subject, messagesMissing: messages },
        isThreadMissing: isStale === 1,
        files: files.slice(0, LACKING_FILES).map((file) => {
          const { id, name, sizeBytes } = file;
          return { id, name, sizeBytes, lack: lackOf(take, file) };
        }),
        filesMissing: files.length,
      };
    });
  return { tickets, total: lacking.length };
}
