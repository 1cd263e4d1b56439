import type {
  AboardEstimate,
  AboardSize,
  AboardTake,
  FileLack,
  LackingTicket,
} from '../../../../shared/contract/aboard.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { Queue } from '../../../../shared/contract/queues.ts';
import type { TicketId } from '../../../../shared/model/ids.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { overdueBefore } from '../../services/overdue.ts';
import type { AboardFileRow, FileSum, TakeRow } from '../../store/repositories/aboard.ts';
import { isBeyondApi, LARGEST_FILE_BYTES } from '../account/openRemote.ts';

const LACKING_TICKETS = 200;
const LACKING_FILES = 20;

const NOTHING = { count: 0, bytes: 0 };

function sizeOfTickets(deps: ServiceDeps, ids: readonly TicketId[], sums: readonly FileSum[]): AboardSize {
  const of = (standing: FileSum['standing']): { count: number; bytes: number } => {
    const { count, bytes } = sums.find((sum) => sum.standing === standing) ?? NOTHING;
    return { count, bytes };
  };
  return {
    ...deps.store.aboard.threadSums(ids),
    files: sums.reduce(
      (all, { count, bytes }) => ({ count: all.count + count, bytes: all.bytes + bytes }),
      NOTHING,
    ),
    filesHere: of('here'),
    filesTooLarge: of('too_large'),
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
    size: sizeOfTickets(deps, ids, aboard.fileSums(ids, LARGEST_FILE_BYTES, null)),
    freeBytes: await deps.files.freeBytes(),
    isPartial: remoteDesk.get()?.firstSyncDoneAt == null,
  };
}

/** Why a file is not here: what is known of it, else how the fetching stands. */
function lackOf(take: TakeRow, standing: Exclude<FileSum['standing'], 'here'>): FileLack {
  if (standing !== 'missing' && standing !== 'later') return standing;
  if (take.problemCode === 'remote_permission_missing') return 'permission';
  if (take.endedAt === null || take.state === 'cancelled') return 'waiting';
  return standing === 'later' ? 'later' : 'over';
}

const standingOf = (take: TakeRow, file: AboardFileRow): Exclude<FileSum['standing'], 'here'> => {
  if (isBeyondApi(file)) return 'too_large';
  return file.problem ?? (file.at > (take.endedAt ?? Number.MAX_SAFE_INTEGER) ? 'later' : 'missing');
};

/** What is taken along, and what of it is here; null when nothing is. */
export function takeStatus(deps: ServiceDeps, isRunning: boolean): AboardTake | null {
  const { aboard } = deps.store;
  const take = aboard.take();
  if (!take) return null;
  const ids = aboard.takeTickets();
  const { views, budgetBytes, state, startedAt, endedAt, problemCode } = take;
  const sums = aboard.fileSums(ids, LARGEST_FILE_BYTES, endedAt);
  const lacks = new Map<FileLack, { count: number; bytes: number }>();
  for (const { standing, count, bytes } of sums) {
    if (standing === 'here') continue;
    const lack = lackOf(take, standing);
    const before = lacks.get(lack) ?? NOTHING;
    lacks.set(lack, { count: before.count + count, bytes: before.bytes + bytes });
  }
  return {
    ...{ views: [...views], budgetBytes, state, startedAt, endedAt, isRunning },
    problem: problemCode === null ? null : appErrorOf(problemCode),
    size: sizeOfTickets(deps, ids, sums),
    lacks: [...lacks].map(([lack, sum]) => ({ lack, ...sum })),
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
          return { id, name, sizeBytes, lack: lackOf(take, standingOf(take, file)) };
        }),
        filesMissing: files.length,
      };
    });
  return { tickets, total: lacking.length };
}
