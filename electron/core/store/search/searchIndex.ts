import type { TicketId } from '../../../../shared/model/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Db } from '../connection.ts';
import { createDocuments } from './documents.ts';
import { createMergeStep } from './mergeSteps.ts';

export interface SearchIndex {
  /** Brings one ticket's entry up to date, inside the caller's transaction. A very long thread is queued instead. */
  index(ticketId: TicketId): void;
  /** Takes a ticket out of the index: it was trashed or purged. */
  remove(ticketId: TicketId): void;
  /** Queues tickets whose entries are old; `drain` does the work. */
  enqueue(ticketIds: Iterable<TicketId>): void;
  /** Queues every live ticket of a customer: their name or address changed. */
  enqueueCustomer(customerId: number): void;
  /** How many tickets wait. */
  pending(): number;
  /**
   * Works on the queue for about `budgetMs`, in transactions of at most 15 ms each, so that writes of people
   * never wait longer. Answers how many tickets it did; 0 = the queue is empty.
   */
  drain(budgetMs: number, clock: Clock): number;
}

/** Indexing grows with the thread; beyond this the writer would be held up by a single reply. */
const LONG_THREAD = 150;
const SLICE_MS = 15;

/** Keeps the full-text index. All calls run on the writer connection. */
export function createSearchIndex(db: Db): SearchIndex {
  const documents = createDocuments(db);
  const mergeStep = createMergeStep(db);
  const enqueueOne = db.prepare<[number]>('INSERT OR IGNORE INTO search_queue VALUES (?)');
  const enqueueOfCustomer = db.prepare<[number]>(
    'INSERT OR IGNORE INTO search_queue SELECT id FROM tickets WHERE customer_id = ? AND deleted_at IS NULL',
  );
  const dequeue = db.prepare<[number]>('DELETE FROM search_queue WHERE ticket_id = ?');
  const count = db.prepare<[], number>('SELECT count(*) FROM search_queue').pluck();
  // Newest first: what people look for is found first while a backlog is worked off.
  const next = db
    .prepare<[number], TicketId>('SELECT ticket_id FROM search_queue ORDER BY ticket_id DESC LIMIT ?')
    .pluck();
  const messages = db.prepare<[number], number>('SELECT message_count FROM tickets WHERE id = ?').pluck();

  const slice = db.transaction((size: number): number => {
    const ids = next.all(size);
    for (const id of ids) {
      documents.write(id);
      dequeue.run(id);
    }
    if (ids.length > 0) mergeStep();
    return ids.length;
  });

  return {
    index(ticketId) {
      if ((messages.get(ticketId) ?? 0) > LONG_THREAD) {
        enqueueOne.run(ticketId);
        return;
      }
      documents.write(ticketId);
      dequeue.run(ticketId);
      mergeStep();
    },
    remove(ticketId) {
      documents.remove(ticketId);
      dequeue.run(ticketId);
    },
    enqueue(ticketIds) {
      for (const id of ticketIds) enqueueOne.run(id);
    },
    enqueueCustomer(customerId) {
      enqueueOfCustomer.run(customerId);
    },
    pending: () => count.get() ?? 0,
    drain(budgetMs, clock) {
      const started = clock.now();
      let done = 0;
      // One ticket first: how long a ticket takes here decides how many fit into a slice.
      for (let size = 1; ; ) {
        const before = clock.now();
        const count = slice.immediate(size);
        const after = clock.now();
        done += count;
        if (count < size || after - started >= budgetMs) return done;
        size = Math.max(1, Math.min(size * 2, Math.floor((size * SLICE_MS) / Math.max(1, after - before))));
      }
    },
  };
}
