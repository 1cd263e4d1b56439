import { setImmediate } from 'node:timers/promises';
import type { TicketId } from '../../../shared/model/ids.ts';
import { DONE, type SyncContext, write } from './context.ts';
import { pullRest, startThread, storePage, type ThreadStart } from './pullThread.ts';
import type { RemoteResult } from './remote.ts';

/** Threads asked for at once. */
const PARALLEL = 8;
/** Threads of one round: their first pages are stored together, since a commit costs more than a thread. */
const ROUND = 64;
/** How long one transaction may hold the window up. */
const SLICE_MS = 12;

/** Reads every thread that moved, the newest first: what somebody opens now is most likely there. */
export async function pullThreads(sync: SyncContext): Promise<RemoteResult<void>> {
  const { remoteTickets } = sync.deps.store;
  let after = { lastUpdateS: Number.MAX_SAFE_INTEGER, ticketId: 0 };
  for (;;) {
    const round = remoteTickets.staleThreads(after, ROUND);
    const last = round.at(-1);
    if (!last) return DONE;
    after = last;
    const starts = await startAll(
      sync,
      round.map(({ ticketId }) => ticketId),
    );
    // What came is kept, whatever became of the others.
    const unfinished = await storeAll(sync, starts.got);
    if (starts.failed) return starts.failed;
    for (const start of unfinished) {
      const rest = await pullRest(sync, start);
      if (!rest.ok) return rest;
    }
  }
}

interface Starts {
  readonly got: readonly ThreadStart[];
  readonly failed: RemoteResult<never> | null;
}

async function startAll(sync: SyncContext, ids: TicketId[]): Promise<Starts> {
  const got: ThreadStart[] = [];
  let failed: RemoteResult<never> | null = null;
  const worker = async (): Promise<void> => {
    for (let id = ids.shift(); id !== undefined && !failed; id = ids.shift()) {
      const start = await startThread(sync, id);
      if (!start.ok) failed = start;
      else if (start.value) got.push(start.value);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return { got, failed };
}

/** Stores first pages in slices; answers the threads that have more. */
async function storeAll(sync: SyncContext, starts: readonly ThreadStart[]): Promise<ThreadStart[]> {
  const { clock } = sync.deps;
  const unfinished: ThreadStart[] = [];
  for (let next = 0; next < starts.length; ) {
    if (next > 0) await setImmediate();
    write(sync, () => {
      const endAt = clock.now() + SLICE_MS;
      do {
        const start = starts[next];
        next += 1;
        if (start && !storePage(sync, start, start.page)) unfinished.push(start);
      } while (next < starts.length && clock.now() < endAt);
    });
  }
  return unfinished;
}
