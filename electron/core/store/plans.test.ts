import { describe, expect, it } from 'vitest';
import type { Queue } from '../../../shared/contract/queues.ts';
import type { CustomerId, DepartmentId, MessageId } from '../../../shared/model/ids.ts';
import {
  addTicket,
  DEPARTMENTS,
  explain,
  openStoreDesk,
  recordStatements,
} from '../../../test/fakes/storeDesk.ts';
import type { DepartmentScope } from '../domain/actor.ts';
import { createApiPages } from './apiPages.ts';
import type { Db } from './connection.ts';
import { createCounts } from './counts.ts';
import { createQueueReader } from './queues.ts';
import { createCustomerAddressRepository } from './repositories/customerAddresses.ts';
import { createCustomerRepository } from './repositories/customers.ts';
import { createOutboxRepository } from './repositories/outbox.ts';
import { createRemoteTicketRepository } from './repositories/remoteTickets.ts';

const scopes: DepartmentScope[] = ['all', [2 as DepartmentId], DEPARTMENTS.slice(1) as DepartmentId[]];
const queues: Queue[] = [
  ...(['mine', 'unassigned', 'open', 'waiting', 'overdue', 'closed', 'trash'] as const).map((kind) => ({
    kind,
  })),
  { kind: 'department', departmentId: 2 as DepartmentId },
];

/** Small by nature: counters and departments. Everything else must be searched through an index. */
// `ids` is the list of a page's own ids (json_each).
const MAY_BE_SCANNED =
  /^SCAN (?:ticket_counts|ticket_buckets|customer_buckets|trash_counts|departments|asked)\b|^SCAN CONSTANT ROW|^SCAN (?:ids|asked) VIRTUAL TABLE/;

function fillEveryRun(db: Db): void {
  for (const departmentId of DEPARTMENTS) {
    for (const status of [1, 2, 3, 4, 5]) {
      addTicket(db, { departmentId, status });
      addTicket(db, { departmentId, status, assigneeId: 1 });
      addTicket(db, { departmentId, status, deletedAt: 5 });
    }
  }
}

function offences(db: Db, statements: Iterable<string>): string[] {
  return [...statements]
    .filter((sql) => /\bFROM\b/i.test(sql))
    .flatMap((sql) =>
      explain(db, sql)
        .filter((step) => /TEMP B-TREE/.test(step) || (/^SCAN/.test(step) && !MAY_BE_SCANNED.test(step)))
        .filter((step) => !/^SCAN \(?subquery/i.test(step))
        .map((step) => `${step}: ${sql}`),
    );
}

describe('query plans', () => {
  it('never sort or scan for a queue page, whatever the queue, scope, sort and direction', () => {
    const plain = openStoreDesk();
    fillEveryRun(plain);
    const { db, statements } = recordStatements(plain);
    const reader = createQueueReader(db);
    for (const scope of scopes)
      for (const queue of queues)
        for (const sort of ['newest', 'oldest'] as const)
          for (const direction of ['after', 'before'] as const) {
            const input = { queue, sort, direction, cursor: { at: 1000, id: 50 }, limit: 50 };
            reader.page(scope, 1, input, { overdueBefore: 2000 });
          }
    const merges = [...statements].filter((sql) => sql.includes('INDEXED BY'));
    // Five shapes and both orders at the very least, or this test looks at nothing.
    expect(merges.length).toBeGreaterThanOrEqual(10);
    expect(offences(plain, statements)).toEqual([]);
  });

  it('never sort or scan for counts', () => {
    const plain = openStoreDesk();
    fillEveryRun(plain);
    const { db, statements } = recordStatements(plain);
    for (const scope of scopes) createCounts(db).counts(scope, 1, 2000);
    expect(statements.size).toBeGreaterThan(5);
    // The rail lists departments in their own order: a handful of rows are sorted.
    const sorted = offences(plain, statements).filter((offence) => !offence.includes('FROM departments'));
    expect(sorted).toEqual([]);
  });

  it.each([
    ['a desk', false],
    ['a mirror, some of whose rows got another number', true],
  ])('never sort or scan for a numbered page of the API: %s', (_, isMirror) => {
    const plain = openStoreDesk();
    fillEveryRun(plain);
    for (let more = 0; more < 500; more++) addTicket(plain, { departmentId: 2, status: 5, customerId: 2 });
    if (isMirror) {
      addTicket(plain, { id: 1_000_000_001 });
      plain.exec('UPDATE tickets SET remote_id = 7000 WHERE id > 1000000000');
      plain.exec('UPDATE customers SET remote_id = 7000 WHERE id = 3');
    }
    const { db, statements } = recordStatements(plain);
    const pages = createApiPages(db);
    for (const table of ['tickets', 'customers'] as const) {
      expect(pages.numbers.isDue(table)).toBe(isMirror);
      pages.numbers.take(table);
      expect(pages.numbers.isDue(table)).toBe(false);
    }
    for (const customerId of [undefined, 2 as CustomerId])
      for (const departmentId of [undefined, 1 as DepartmentId, 2 as DepartmentId])
        for (const status of [undefined, 1, 5] as const)
          for (const page of [1, 20]) pages.tickets({ page, perPage: 25, status, departmentId, customerId });
    for (const by of ['id', 'updated'] as const)
      for (const isAscending of [true, false]) {
        const order = { by, isAscending, updatedSince: 5 };
        for (const departmentId of [undefined, 2 as DepartmentId, [1, 2] as DepartmentId[]])
          for (const status of [undefined, 5] as const)
            for (const customerId of [undefined, 2 as CustomerId])
              pages.tickets({ page: 1, perPage: 25, order, departmentId, status, customerId });
        pages.customers({ page: 1, perPage: 25, order });
      }
    // Filters of many tickets are looked for among the newest changes.
    plain.exec('UPDATE ticket_counts SET tickets = tickets + 90000');
    pages.tickets({ page: 1, perPage: 25, order: { by: 'updated', isAscending: false }, status: 5 });
    pages.customers({ page: 1, perPage: 25 });
    expect([...pages.attachments(), ...pages.attachments(1 as MessageId)]).toEqual([]);
    expect(statements.size).toBeGreaterThan(10);
    expect(offences(plain, statements)).toEqual([]);
  });

  it('never sort or scan for a page of customers, or to find one', () => {
    const plain = openStoreDesk();
    const { db, statements } = recordStatements(plain);
    const customers = createCustomerRepository(db);
    createCustomerAddressRepository(db);
    for (const filter of ['all', 'blocked'] as const) customers.list.page(filter, { name: 'c', id: 2 }, 10);
    // The newest few, and a count that stops at its limit, walk along an index.
    const asked = [...statements].filter(
      (sql) => !/ORDER BY id DESC LIMIT|SELECT 1 FROM customers/.test(sql),
    );
    expect(asked.length).toBeGreaterThan(12);
    expect(offences(plain, asked)).toEqual([]);
    plain.close();
  });

  it('never sort for the next operation to leave and the conversations to be read', () => {
    const plain = openStoreDesk();
    const { db, statements } = recordStatements(plain);
    const outbox = createOutboxRepository(db);
    const tickets = createRemoteTicketRepository(db);
    expect([outbox.nextToSend(1), tickets.staleThreadCount()]).toEqual([undefined, 0]);
    const taken = [...statements].filter((sql) =>
      /FROM outbox WHERE \+state|thread_replies <> replies.*LIMIT/s.test(sql),
    );
    const counted = [...statements].filter((sql) => /count.*thread_replies <> replies/.test(sql));
    expect([taken.length, counted.length]).toEqual([3, 2]);
    for (const sql of taken) expect(explain(plain, sql).join('\n')).not.toMatch(/TEMP B-TREE/);
    // A desk that leaves old conversations has hundreds of thousands that are not to be read.
    expect(counted.map((sql) => explain(plain, sql)[0])).toEqual([
      expect.stringContaining('USING INDEX remote_tickets_thread'),
      expect.stringContaining('USING INDEX remote_tickets_wanted'),
    ]);
    plain.close();
  });
});
