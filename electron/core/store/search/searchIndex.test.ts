import { describe, expect, it } from 'vitest';
import type { CustomerId, TicketId } from '../../../../shared/model/ids.ts';
import { addTicket, openStoreDesk } from '../../../../test/fakes/storeDesk.ts';
import type { Db } from '../connection.ts';
import { createSearcher } from './searcher.ts';
import { createSearchIndex } from './searchIndex.ts';

describe('the queue of index work', () => {
  const clock = { now: () => performance.now() };
  const queued = (db: Db) => createSearchIndex(db).pending();

  it('holds every ticket that was there before the index, and is worked off in any number of steps', () => {
    const db = openStoreDesk();
    const index = createSearchIndex(db);
    for (let n = 0; n < 300; n++) index.enqueue([addTicket(db, { subject: `lamp ${n}` }) as TicketId]);
    expect(queued(db)).toBe(300);
    let steps = 0;
    for (; queued(db) > 0; steps++) {
      // A new index object each time, as after a restart.
      const before = queued(db);
      const done = createSearchIndex(db).drain(0, clock);
      expect(done).toBeGreaterThan(0);
      expect(queued(db)).toBe(before - done);
    }
    expect(steps).toBeGreaterThan(100);
    expect(createSearcher(db).search('all', { text: 'lamp', limit: 100, beforeId: null }).ids).toHaveLength(
      100,
    );
    expect(createSearchIndex(db).drain(1000, clock)).toBe(0);
  });

  it('works in slices and stops when its time is over', () => {
    const db = openStoreDesk();
    const index = createSearchIndex(db);
    db.transaction(() => {
      for (let n = 0; n < 500; n++) index.enqueue([addTicket(db) as TicketId]);
    })();
    let now = 0;
    // Every look at this clock costs 4 ms: a slice takes 4 ms whatever its size.
    const slow = { now: () => (now += 4) };
    const done = index.drain(30, slow);
    expect(done).toBeGreaterThan(1);
    expect(done).toBeLessThan(500);
    expect(now).toBeLessThan(60);
  });

  it('keeps the entry of a ticket that is trashed while it waits out of the index', () => {
    const db = openStoreDesk();
    const index = createSearchIndex(db);
    const id = addTicket(db, { subject: 'lamp' }) as TicketId;
    index.enqueue([id]);
    db.exec('UPDATE tickets SET deleted_at = 5');
    expect(index.drain(1000, clock)).toBe(1);
    expect(db.prepare("SELECT rowid FROM ticket_search WHERE ticket_search MATCH 'lamp'").all()).toEqual([]);
  });

  it('takes very long threads and renamed customers later', () => {
    const db = openStoreDesk();
    const index = createSearchIndex(db);
    const long = addTicket(db, { customerId: 3 }) as TicketId;
    db.exec('UPDATE tickets SET message_count = 5000');
    index.index(long);
    expect(index.pending()).toBe(1);
    const other = addTicket(db, { customerId: 3 });
    index.enqueueCustomer(3 as CustomerId);
    expect(index.pending()).toBe(2);
    expect(other).toBe(2);
  });

  it('takes a renamed customer’s thousands of tickets a few hundred at a time, and loses none to a restart', () => {
    const db = openStoreDesk();
    const index = createSearchIndex(db);
    db.transaction(() => {
      for (let n = 0; n < 1200; n++) addTicket(db, { customerId: 3, subject: 'lamp' });
    })();
    index.enqueueCustomer(3 as CustomerId);
    expect(index.pending()).toBe(501);
    let done = 0;
    for (let step = 1; step > 0; done += step) step = createSearchIndex(db).drain(1000, clock);
    expect(done).toBe(1200);
    expect(index.pending()).toBe(0);
    const indexed = "SELECT count(*) FROM ticket_search WHERE ticket_search MATCH 'lamp'";
    expect(db.prepare(indexed).pluck().get()).toBe(1200);
  });
});
