import type { AttachmentId, TicketId } from '../../../../shared/model/ids.ts';
import { roomOnDisk } from '../../domain/aboardPlan.ts';
import type { AboardFileRow, FileProblem } from '../../store/repositories/aboard.ts';
import { announce, DONE, type SyncContext, write } from '../context.ts';
import { bringFile, isGone } from '../pull/fetchFile.ts';
import { pullThread } from '../pull/pullThread.ts';
import { isPermissionMissing, type RemoteFailure, type RemoteResult } from '../remote.ts';

/** How a person follows a fetch, and how it is called off. */
export interface FetchRun {
  readonly sync: SyncContext;
  readonly signal: AbortSignal;
  /** Tickets of which a file came or went. */
  readonly touched: Set<TicketId>;
  /** One more thread or file has been dealt with. */
  onOne(): void;
}

const PARALLEL = 4;

/** Works through a list, a few at a time; the first failure ends it. Nothing of it goes on after it has ended. */
async function inParallel<T>(
  items: readonly T[],
  work: (item: T) => Promise<RemoteResult<void>>,
): Promise<RemoteResult<void>> {
  const waiting = [...items];
  let failed: RemoteResult<void> | null = null;
  const worker = async (): Promise<void> => {
    try {
      for (let item = waiting.shift(); item !== undefined && !failed; item = waiting.shift()) {
        const done = await work(item);
        if (!done.ok) failed ??= done;
      }
    } finally {
      // Whoever ends found nothing more to do, failed or threw: the others finish what they are at.
      waiting.length = 0;
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: PARALLEL }, worker));
  for (const ended of workers) if (ended.status === 'rejected') throw ended.reason;
  return failed ?? DONE;
}

const CALLED_OFF: RemoteResult<void> = { ok: false, error: { kind: 'not_sent', detail: 'called off' } };

/** Reads the threads of these tickets that are not all here. */
export function fetchThreads(run: FetchRun, ids: readonly TicketId[]): Promise<RemoteResult<void>> {
  return inParallel(ids, async (id) => {
    if (run.signal.aborted) return CALLED_OFF;
    const done = await pullThread(run.sync, id);
    run.onOne();
    return done;
  });
}

/** `full`: the disk has no more room. */
export type FilesFetched = RemoteResult<{ readonly end: 'done' | 'full' }>;

/**
 * Fetches files in their order. One that the remote refuses or can't hand out is noted with the reason, and the next
 * one follows; a permission that is missing is missing for all.
 */
export async function fetchFiles(
  run: FetchRun,
  files: readonly Pick<AboardFileRow, 'id' | 'ticketId' | 'sizeBytes'>[],
): Promise<FilesFetched> {
  const { deps, remote } = run.sync;
  let end: 'done' | 'full' = 'done';
  const done = await inParallel(files, async ({ id, ticketId, sizeBytes }) => {
    if (end === 'full') return DONE;
    if (sizeBytes > roomOnDisk(await deps.files.freeBytes())) {
      end = 'full';
      return DONE;
    }
    if (run.signal.aborted) return CALLED_OFF;
    const brought = await bringFile(deps, remote, id, deps.clock.now());
    const problem = brought.ok ? null : await lackOf(run.sync, brought.error);
    if (run.signal.aborted) return CALLED_OFF;
    run.onOne();
    run.touched.add(ticketId);
    if (problem === null) return DONE;
    if (typeof problem === 'object') return { ok: false, error: problem };
    note(run.sync, id, problem);
    return problem === 'permission' ? brought : DONE;
  });
  return done.ok ? { ok: true, value: { end } } : done;
}

/** What keeps this one file away; a failure: the remote itself is away, or lets nobody in. */
async function lackOf({ remote }: SyncContext, failure: RemoteFailure): Promise<FileProblem | RemoteFailure> {
  if (isGone(failure)) return 'gone';
  if (isPermissionMissing(failure)) return 'permission';
  if (failure.kind !== 'no_answer') return failure;
  // Too much for the server's memory, say: then it still answers something small.
  const small = await remote.listFiles(0);
  return small.ok || isPermissionMissing(small.error) ? 'no_answer' : small.error;
}

function note(sync: SyncContext, id: AttachmentId, problem: FileProblem): void {
  write(sync, () => sync.deps.store.aboard.setProblem(id, problem, sync.deps.clock.now()));
}

/** A file that got no answer is not asked for in every cycle. */
const ASK_AGAIN_MS = 10 * 60_000;

/** What somebody opened without a connection, now that there is one. A step of each sync. */
export async function fetchAsked(sync: SyncContext): Promise<RemoteResult<void>> {
  const { store, clock } = sync.deps;
  for (const id of store.aboard.asked(clock.now() - ASK_AGAIN_MS)) {
    const brought = await bringFile(sync.deps, sync.remote, id, null);
    const problem = brought.ok ? null : await lackOf(sync, brought.error);
    if (typeof problem === 'string') note(sync, id, problem);
    else if (problem !== null) return { ok: false, error: problem };
    const ticketId = store.attachments.byId(id)?.ticketId;
    if (ticketId !== undefined) announce(sync, [ticketId]);
  }
  return DONE;
}
