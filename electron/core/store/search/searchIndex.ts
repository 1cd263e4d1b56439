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
  /** How many tickets wait; a customer with more tickets than are queued at once counts as one more. */
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
/** Tickets of one customer that are queued in one go. */
const AT_ONCE = 500;

/** The tickets of customers, a few at a time: somebody may have hundreds of thousands. */
function createCustomerQueue(db: Db) {
  const enqueueBelow = db.prepare<[{ customerId: number; belowId: number }]>(
    `INSERT OR IGNORE INTO search_queue SELECT id FROM tickets INDEXED BY tickets_customer
     WHERE customer_id = @customerId AND deleted_at IS NULL AND id < @belowId ORDER BY id DESC LIMIT ${AT_ONCE}`,
  );
  const lastOfThem = db
    .prepare<[{ customerId: number; belowId: number }], number>(
      `SELECT id FROM tickets INDEXED BY tickets_customer WHERE customer_id = @customerId AND deleted_at IS NULL
         AND id < @belowId ORDER BY id DESC LIMIT 1 OFFSET ${AT_ONCE - 1}`,
    )
    .pluck();
  const wait = db.prepare('INSERT OR REPLACE INTO search_customer_queue VALUES (?, ?)');
  const done = db.prepare('DELETE FROM search_customer_queue WHERE customer_id = ?');
  const first = db.prepare<[], { customerId: number; belowId: number }>(
    'SELECT customer_id AS customerId, below_id AS belowId FROM search_customer_queue LIMIT 1',
  );
  const enqueueFrom = (place: { customerId: number; belowId: number }): void => {
    enqueueBelow.run(place);
    const last = lastOfThem.get(place);
    if (last === undefined) done.run(place.customerId);
    else wait.run(place.customerId, last);
  };
  return {
    enqueue: (customerId: number): void => enqueueFrom({ customerId, belowId: Number.MAX_SAFE_INTEGER }),
    /** Queues the next tickets of a customer who waits; false when nobody does. */
    continue: (): boolean => {
      const waiting = first.get();
      if (waiting) enqueueFrom(waiting);
      return waiting !== undefined;
    },
  };
}

/** Keeps the full-text index. All calls run on the writer connection. */
export function createSearchIndex(db: Db): SearchIndex {
  const documents = createDocuments(db);
  const mergeStep = createMergeStep(db);
  const enqueueOne = db.prepare<[number]>('INSERT OR IGNORE INTO search_queue VALUES (?)');
  const dequeue = db.prepare<[number]>('DELETE FROM search_queue WHERE ticket_id = ?');
  const customers = createCustomerQueue(db);
  const count = db
    .prepare<[], number>(
      'SELECT (SELECT count(*) FROM search_queue) + (SELECT count(*) FROM search_customer_queue)',
    )
    .pluck();
  // Newest first: what people look for is found first while a backlog is worked off.
  const next = db
    .prepare<[number], TicketId>('SELECT ticket_id FROM search_queue ORDER BY ticket_id DESC LIMIT ?')
    .pluck();
  const messages = db.prepare<[number], number>('SELECT message_count FROM tickets WHERE id = ?').pluck();

  const slice = db.transaction((size: number): number => {
    let ids = next.all(size);
    while (ids.length === 0 && customers.continue()) ids = next.all(size);
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
    enqueueCustomer: customers.enqueue,
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
