import { setImmediate } from 'node:timers/promises';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { DONE, type SyncContext } from '../context.ts';
import type { RemoteResult } from '../remote.ts';
import { slice } from './inSlices.ts';
import { pullRest, startThread, storePage, type ThreadStart } from './pullThread.ts';

/** Threads asked for at once. */
const PARALLEL = 8;
/** First pages that are stored together: a commit costs more than a thread. */
const TOGETHER = 16;
/** With so many not stored yet, nobody asks for more. */
const MOST_WAITING = 64;
/** Tickets looked up at once. */
const ROUND = 64;

/** Reads every thread that moved, the newest first: what somebody opens now is most likely there. */
export async function pullThreads(sync: SyncContext): Promise<RemoteResult<void>> {
  const next = staleThreads(sync);
  const storage = createStorage(sync);
  let failed: RemoteResult<void> | null = null;
  const step = async (): Promise<RemoteResult<boolean>> => {
    const longer = storage.longer.shift();
    if (longer) return isMore(await pullRest(sync, longer));
    const id = next();
    if (id === undefined) {
      const hadMore = storage.waiting() > 0;
      await storage.rest();
      return { ok: true, value: hadMore || storage.longer.length > 0 };
    }
    const start = await startThread(sync, id);
    if (start.ok && start.value) await storage.add(start.value);
    return isMore(start);
  };
  const worker = async (): Promise<void> => {
    for (let goesOn = true; goesOn && !failed; ) {
      const done = await step();
      goesOn = done.ok && done.value;
      if (!done.ok) failed ??= done;
    }
  };
  // Whatever ends one of them, the run is over only when nothing is on its way any more.
  const workers = await Promise.allSettled(Array.from({ length: PARALLEL }, worker));
  for (const one of workers) if (one.status === 'rejected') throw one.reason;
  await storage.rest();
  return failed ?? DONE;
}

const isMore = (result: RemoteResult<unknown>): RemoteResult<boolean> =>
  result.ok ? { ok: true, value: true } : result;

/** One after the other, from the newest down. */
function staleThreads(sync: SyncContext): () => TicketId | undefined {
  const { remoteTickets } = sync.deps.store;
  let after = { lastUpdateS: Number.MAX_SAFE_INTEGER, ticketId: 0 };
  let round: TicketId[] = [];
  return () => {
    if (round.length === 0) {
      const rows = remoteTickets.staleThreads(after, ROUND);
      after = rows.at(-1) ?? after;
      round = rows.map(({ ticketId }) => ticketId);
    }
    return round.shift();
  };
}

/** First pages on their way to the disk: the next ones are asked for meanwhile. */
function createStorage(sync: SyncContext) {
  const ready: ThreadStart[] = [];
  /** Threads with more pages. */
  const longer: ThreadStart[] = [];
  let storing: Promise<void> | null = null;
  let broken: { readonly reason: unknown } | null = null;
  const store = async (least: number): Promise<void> => {
    while (ready.length >= least) {
      // Whoever has just got an answer asks for the next thing first: it comes while these are stored.
      await setImmediate();
      slice(sync, ready, (start) => {
        if (!storePage(sync, start, start.page)) longer.push(start);
      });
    }
  };
  const begin = (least: number): Promise<void> => {
    storing ??= store(least)
      .catch((reason: unknown) => {
        broken = { reason };
      })
      .then(() => {
        storing = null;
      });
    return storing;
  };
  const stopIfBroken = (): void => {
    if (broken) throw broken.reason;
  };
  return {
    longer,
    waiting: () => ready.length,
    /** Stores what is left. Throws what kept anything from being stored. */
    rest: async (): Promise<void> => {
      while (storing !== null) await storing;
      stopIfBroken();
      await begin(1);
      stopIfBroken();
    },
    /** The same throws; waits only where much is not stored yet. */
    add: async (start: ThreadStart): Promise<void> => {
      stopIfBroken();
      ready.push(start);
      if (ready.length < TOGETHER) return;
      const stored = begin(TOGETHER);
      if (ready.length >= MOST_WAITING) await stored;
    },
  };
}
