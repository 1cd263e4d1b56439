import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerId, DepartmentId } from '../../../shared/model/ids.ts';
import type { TicketStatus } from '../../../shared/model/ticket.ts';
import { addTicket, CUSTOMERS, DEPARTMENTS, openStoreDesk } from '../../../test/fakes/storeDesk.ts';
import { wrongCounts } from '../../../test/support/keptCounts.ts';
import { type ApiOrder, TIME_WINDOW } from './apiOrder.ts';
import { createApiPages } from './apiPages.ts';
import type { Db } from './connection.ts';
import { createNumberTaker } from './numbered.ts';

interface Listed {
  id: number;
  number: number;
  departmentId: number;
  customerId: number;
  status: number;
}
interface Filter {
  status: TicketStatus | undefined;
  departmentId: DepartmentId | undefined;
  customerId: CustomerId | undefined;
}

/** A desk whose ids span several buckets, with holes, trash and one department that is rare. */
function spreadDesk(): Db {
  const db = openStoreDesk();
  db.transaction(() => {
    for (let n = 1; n <= 3000; n++) {
      addTicket(db, {
        id: n * 7,
        departmentId: n % 500 === 0 ? 4 : 1 + (n % 3),
        customerId: 1 + (n % 5 === 0 ? 1 : 0),
        status: n % 10 < 7 ? 5 : 1 + (n % 4),
        lastMessageAt: (n * 7919) % 2500,
        deletedAt: n % 11 === 0 ? 5 : null,
      });
    }
    db.exec('DELETE FROM tickets WHERE id BETWEEN 8000 AND 9000');
  })();
  return db;
}

/** The same as a mirror: every third ticket was born there, and most of these have got the remote's number since. */
function mirrorDesk(): Db {
  const db = spreadDesk();
  db.pragma('foreign_keys = OFF');
  db.exec(`UPDATE tickets SET remote_id = id, id = ${BORN_HERE} + id WHERE id % 3 = 0`);
  db.exec('UPDATE tickets SET remote_id = NULL WHERE remote_id % 17 = 0');
  db.exec('DELETE FROM ticket_buckets');
  db.exec(`INSERT INTO ticket_buckets SELECT id >> 12, department_id, status, count(*) FROM tickets
    WHERE deleted_at IS NULL GROUP BY 1, 2, 3`);
  const numbers = createNumberTaker(db);
  while (numbers.isDue('tickets')) numbers.take('tickets');
  return db;
}
const BORN_HERE = 1_000_000_000;

interface Spread {
  readonly db: Db;
  readonly live: readonly Listed[];
  readonly pages: ReturnType<typeof createApiPages>;
}
function opened(db: Db): Spread {
  const live = db
    .prepare<[], Listed>(
      `SELECT id, coalesce(remote_id, id) AS number, department_id AS departmentId, customer_id AS customerId, status
       FROM tickets WHERE deleted_at IS NULL ORDER BY 2 DESC`,
    )
    .all();
  return { db, live, pages: createApiPages(db) };
}
const DESKS = [
  ['of a desk', opened(spreadDesk())],
  ['of a mirror', opened(mirrorDesk())],
] as const;

const optional = <T>(...values: T[]) => fc.constantFrom(undefined, ...values);
const filter: fc.Arbitrary<Filter> = fc.record({
  status: optional<TicketStatus>(1, 2, 3, 4, 5),
  departmentId: optional(...([...DEPARTMENTS, 9] as DepartmentId[])),
  customerId: optional(...([...CUSTOMERS] as CustomerId[])),
});
const matchingIn = (live: readonly Listed[], wanted: Filter): Listed[] =>
  live.filter((one) =>
    (['status', 'departmentId', 'customerId'] as const).every(
      (key) => wanted[key] === undefined || wanted[key] === one[key],
    ),
  );

describe.each(DESKS)('ticket pages %s', (_, { db, live, pages }) => {
  const matching = (wanted: Filter): Listed[] => matchingIn(live, wanted);

  it('keep their counts', () => {
    expect(wrongCounts(db)).toEqual([]);
  });

  it('equal a cut of the whole list, for every filter and page', () => {
    const perPage = fc.constantFrom(1, 15, 25, 500);
    fc.assert(
      fc.property(filter, perPage, fc.double({ min: 0, max: 1.1, noNaN: true }), (wanted, size, place) => {
        const all = matching(wanted);
        const page = 1 + Math.floor((all.length / size) * place);
        const found = pages.tickets({ page, perPage: size, ...wanted });
        expect(found.total).toBe(all.length);
        expect(found.rows.map((row) => row.id)).toEqual(
          all.slice((page - 1) * size, page * size).map((one) => one.id),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('equal a cut of the whole list by id or by time, in either direction, from a time on', () => {
    const order = fc.record({
      by: fc.constantFrom('id', 'updated'),
      isAscending: fc.boolean(),
      updatedSince: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
    });
    const updatedAt = new Map(
      db
        .prepare<[], { id: number; at: number }>('SELECT id, updated_at AS at FROM tickets')
        .all()
        .map(({ id, at }) => [id, at]),
    );
    const at = ({ id }: Listed): number => updatedAt.get(id) ?? 0;
    fc.assert(
      fc.property(filter, order, fc.integer({ min: 1, max: 4 }), (wanted, asked, page) => {
        const { by, isAscending, updatedSince } = asked as ApiOrder;
        const byTime = (a: Listed, b: Listed) => at(a) - at(b) || a.id - b.id;
        const up = by === 'id' ? matching(wanted).reverse() : matching(wanted).sort(byTime);
        const from = by === 'id' ? up : up.filter((one) => at(one) >= (updatedSince ?? 0));
        const all = isAscending ? from : from.reverse();
        const found = pages.tickets({ page, perPage: 40, order: asked as ApiOrder, ...wanted });
        expect(found.total).toBe(all.length);
        expect(found.isCut ?? false).toBe(false);
        expect(found.rows.map((row) => row.id)).toEqual(
          all.slice((page - 1) * 40, page * 40).map((one) => one.id),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('give every ticket once when read from first to last page', () => {
    const seen: number[] = [];
    for (let page = 1; ; page++) {
      const { rows } = pages.tickets({ page, perPage: 100 });
      if (rows.length === 0) break;
      seen.push(...rows.map((row) => row.id));
    }
    expect(seen).toEqual(live.map((one) => one.id));
  });
});

describe('ticket pages of the API', () => {
  it('of a mirror keep their counts while rows change, go and come back', () => {
    const own = mirrorDesk();
    own.exec('UPDATE tickets SET status = 2, department_id = 2 WHERE id % 5 = 0');
    own.exec('UPDATE tickets SET deleted_at = 5 WHERE id % 7 < 3');
    own.exec('UPDATE tickets SET deleted_at = NULL WHERE id % 7 < 2');
    own.exec('DELETE FROM tickets WHERE id % 11 = 0');
    expect(wrongCounts(own)).toEqual([]);
    own.close();
  });

  it('by time reach over so many changes, and say when there are more', () => {
    const own = openStoreDesk();
    const count = TIME_WINDOW + 100;
    own.transaction(() => {
      for (let n = 1; n <= count; n++)
        addTicket(own, { lastMessageAt: n, customerId: n % 2 ? 1 : 2, status: n % 3 === 0 ? 5 : 1 });
    })();
    const api = createApiPages(own);
    const page = (isAscending: boolean, more: object = {}) =>
      api.tickets({ page: 1, perPage: 1, order: { by: 'updated', isAscending }, ...more });
    expect(page(true)).toMatchObject({ total: TIME_WINDOW, isCut: true, rows: [{ id: 1 }] });
    expect(page(false)).toMatchObject({ total: TIME_WINDOW, isCut: true, rows: [{ id: count }] });
    const order = { by: 'updated', isAscending: true, updatedSince: 101 } as const;
    expect(api.tickets({ page: 1, perPage: 1, order })).toMatchObject({ total: TIME_WINDOW, isCut: false });
    expect(page(true, { customerId: 2 as CustomerId })).toMatchObject({ isCut: true, rows: [{ id: 2 }] });
    expect(page(true, { customerId: 2 as CustomerId, status: 5 })).toMatchObject({
      total: Math.floor(count / 6),
      isCut: false,
      rows: [{ id: 6 }],
    });
    own.close();
  });

  it('see a change at once, though sums are remembered', () => {
    const own = openStoreDesk();
    const api = createApiPages(own);
    const ids = [1, 1, 1].map((status) => addTicket(own, { status }));
    expect(api.tickets({ page: 1, perPage: 2 }).rows.map((row) => row.id)).toEqual([ids[2], ids[1]]);
    own.prepare('UPDATE tickets SET deleted_at = 5 WHERE id = ?').run(ids[2] ?? 0);
    expect(api.tickets({ page: 1, perPage: 2 }).rows.map((row) => row.id)).toEqual([ids[1], ids[0]]);
    addTicket(own, { id: 9000 });
    expect(api.tickets({ page: 1, perPage: 1 }).rows.map((row) => row.id)).toEqual([9000]);
  });

  it('carry the names the reference joins', () => {
    const own = openStoreDesk();
    const id = addTicket(own, { departmentId: 2, customerId: 3, subject: 'Hello', lastMessageAt: 7000 });
    expect(createApiPages(own).tickets({ page: 1, perPage: 5 }).rows).toEqual([
      {
        id,
        customerId: 3,
        departmentId: 2,
        subject: 'Hello',
        createdAt: 7000,
        lastMessageAt: 7000,
        status: 1,
        messageCount: 0,
        updatedAt: 7000,
        customerName: 'Customer 3',
        departmentName: 'Department 2',
      },
    ]);
  });
});
