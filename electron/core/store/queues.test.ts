import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Queue, QueuePageInput } from '../../../shared/contract/queues.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { DepartmentId, StaffId, TicketId } from '../../../shared/model/ids.ts';
import {
  addTicket,
  DEPARTMENTS,
  type DeskTicket,
  openStoreDesk,
  STAFF,
} from '../../../test/fakes/storeDesk.ts';
import type { DepartmentScope } from '../domain/actor.ts';
import type { Db } from './connection.ts';
import { createCounts } from './counts.ts';
import { createQueueReader, type QueueReader } from './queues.ts';
import type { DeskRow } from './ticketRows.ts';

type Ticket = Required<Omit<DeskTicket, 'subject' | 'customerId'>>;

const OVERDUE_BEFORE = 3;
const ME = 1;

const ticket = fc.record({
  departmentId: fc.constantFrom(...DEPARTMENTS),
  assigneeId: fc.constantFrom(null, ...STAFF),
  status: fc.constantFrom(1, 2, 3, 4, 5),
  // Few moments: ties are the rule.
  lastMessageAt: fc.integer({ min: 0, max: 6 }),
  deletedAt: fc.constantFrom(null, null, null, 9),
});
const tickets = fc.array(ticket, { maxLength: 60 });
const scope: fc.Arbitrary<DepartmentScope> = fc.oneof(
  fc.constant('all' as const),
  fc.subarray([...DEPARTMENTS] as DepartmentId[]),
);
const queue: fc.Arbitrary<Queue> = fc.oneof(
  fc
    .constantFrom('mine', 'unassigned', 'open', 'waiting', 'overdue', 'closed', 'trash')
    .map((kind) => ({ kind })),
  fc
    .constantFrom(...DEPARTMENTS)
    .map((id) => ({ kind: 'department' as const, departmentId: id as DepartmentId })),
);

/** The queues by their definition, one ticket at a time. */
function belongs(one: Ticket, visible: DepartmentScope, wanted: Queue): boolean {
  if (visible !== 'all' && !visible.some((id) => id === one.departmentId)) return false;
  if (wanted.kind === 'trash') return one.deletedAt !== null;
  if (one.deletedAt !== null) return false;
  const isOpen = [1, 3, 4].includes(one.status);
  if (wanted.kind === 'mine') return isOpen && one.assigneeId === ME;
  if (wanted.kind === 'unassigned') return isOpen && one.assigneeId === null;
  if (wanted.kind === 'overdue') return isOpen && one.lastMessageAt < OVERDUE_BEFORE;
  if (wanted.kind === 'waiting') return one.status === 2;
  if (wanted.kind === 'closed') return one.status === 5;
  return isOpen && (wanted.kind !== 'department' || wanted.departmentId === one.departmentId);
}

function fill(db: Db, rows: readonly Omit<Ticket, 'id'>[]): Ticket[] {
  return rows.map((row) => ({ ...row, id: addTicket(db, row) }));
}

function expectedIds(
  all: Ticket[],
  visible: DepartmentScope,
  wanted: Queue,
  sort: 'newest' | 'oldest',
): number[] {
  const sign = sort === 'oldest' ? 1 : -1;
  return all
    .filter((one) => belongs(one, visible, wanted))
    .sort((a, b) => sign * (a.lastMessageAt - b.lastMessageAt || a.id - b.id))
    .map((one) => one.id);
}

/** Reads a whole queue page by page; `before` walks from the end to the beginning. */
function walk(
  reader: QueueReader,
  visible: DepartmentScope,
  input: Omit<QueuePageInput, 'cursor'>,
): number[] {
  let rows: DeskRow[] = [];
  let cursor: QueuePageInput['cursor'] = null;
  for (;;) {
    const page = reader.page(visible, ME, { ...input, cursor }, { overdueBefore: OVERDUE_BEFORE });
    rows = input.direction === 'after' ? [...rows, ...page.rows] : [...page.rows, ...rows];
    const edge = input.direction === 'after' ? page.rows.at(-1) : page.rows[0];
    expect(page.rows.length).toBeLessThanOrEqual(input.limit);
    if (!page.hasMore || !edge) return rows.map((row) => row.id);
    cursor = { at: edge.lastMessageAt, id: edge.id };
  }
}

describe('queue pages', () => {
  it('show exactly what the definition says, in both sorts and directions', () => {
    fc.assert(
      fc.property(
        tickets,
        scope,
        queue,
        fc.constantFrom('newest' as const, 'oldest' as const),
        fc.constantFrom('after' as const, 'before' as const),
        fc.integer({ min: 1, max: 7 }),
        (rows, visible, wanted, sort, direction, limit) => {
          const db = openStoreDesk();
          const all = fill(db, rows);
          const found = walk(createQueueReader(db), visible, { queue: wanted, sort, direction, limit });
          expect(found).toEqual(expectedIds(all, visible, wanted, sort));
          db.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('merge more arms than fit into one statement', () => {
    const db = openStoreDesk();
    const department = db.prepare('INSERT INTO departments (name, position, created_at) VALUES (?, ?, 0)');
    for (let id = 5; id <= 90; id++) department.run(`Department ${id}`, id);
    for (let at = 0; at < 900; at++)
      addTicket(db, { departmentId: 1 + (at % 90), status: 1 + (at % 5), lastMessageAt: at });
    const some = Array.from({ length: 89 }, (_, index) => (index + 1) as DepartmentId);
    const found = walk(createQueueReader(db), some, {
      queue: { kind: 'open' },
      sort: 'newest',
      direction: 'after',
      limit: 50,
    });
    const expected = db
      .prepare<[], number>(
        'SELECT id FROM tickets WHERE status IN (1,3,4) AND department_id < 90 ORDER BY last_message_at DESC',
      )
      .pluck()
      .all();
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(500);
  });
});

describe('ticket rows', () => {
  it('keep the order asked for and drop what is gone or not visible', () => {
    const db = openStoreDesk();
    const [first, second, third] = [1, 2, 1].map((departmentId) =>
      addTicket(db, { departmentId }),
    ) as TicketId[];
    const ids = [third, 99, second, first] as TicketId[];
    const reader = createQueueReader(db);
    expect(reader.rows('all', ME, ids).map((row) => row.id)).toEqual([third, second, first]);
    expect(reader.rows([1 as DepartmentId], ME, ids).map((row) => row.id)).toEqual([third, first]);
  });

  it('carry tags, the unread mark and the draft of the one who looks', () => {
    const db = openStoreDesk();
    const id = addTicket(db, { lastMessageAt: 1000 }) as TicketId;
    db.exec(`INSERT INTO tags (name) VALUES ('vip'), ('billing'); INSERT INTO ticket_tags VALUES (${id}, 1), (${id}, 2);
      INSERT INTO ticket_reads VALUES (1, ${id}, 1000), (2, ${id}, 999);
      INSERT INTO drafts (staff_id, ticket_id, kind, body_html, updated_at) VALUES (2, ${id}, 'reply', '', 0);`);
    const seenBy = (staffId: number) => createQueueReader(db).rows('all', staffId as StaffId, [id])[0];
    expect(seenBy(1)).toMatchObject({ tags: ['billing', 'vip'], isUnread: false, hasDraft: false });
    expect(seenBy(2)).toMatchObject({ isUnread: true, hasDraft: true });
    expect(seenBy(3)).toMatchObject({ isUnread: true, hasDraft: false });
    db.exec(`UPDATE tickets SET last_replier = 'staff'`);
    expect(seenBy(3)).toMatchObject({ isUnread: false });
  });
});

const change = fc.oneof(
  fc.record({ column: fc.constant('status'), value: fc.constantFrom(1, 2, 3, 4, 5) }),
  fc.record({ column: fc.constant('department_id'), value: fc.constantFrom(...DEPARTMENTS) }),
  fc.record({ column: fc.constant('assignee_id'), value: fc.constantFrom(null, ...STAFF) }),
  fc.record({ column: fc.constant('deleted_at'), value: fc.constantFrom(null, 9) }),
  fc.record({ column: fc.constant('delete'), value: fc.constant(null) }),
);

function applyChange(db: Db, id: number, { column, value }: { column: string; value: number | null }): void {
  if (column === 'delete') db.prepare('DELETE FROM tickets WHERE id = ?').run(id);
  else db.prepare(`UPDATE tickets SET ${column} = ? WHERE id = ?`).run(value, id);
}

describe('counts', () => {
  it('equal a recount after any changes, for every scope', () => {
    const step = fc.record({ id: fc.integer({ min: 1, max: 40 }), change });
    fc.assert(
      fc.property(tickets, fc.array(step, { maxLength: 60 }), scope, (rows, steps, visible) => {
        const db = openStoreDesk();
        fill(db, rows);
        for (const one of steps) applyChange(db, one.id, one.change);
        const left = db
          .prepare<[], Ticket>(
            `SELECT id, department_id AS departmentId, assignee_id AS assigneeId, status, last_message_at AS lastMessageAt,
             deleted_at AS deletedAt FROM tickets`,
          )
          .all();
        const count = (wanted: Queue) => left.filter((one) => belongs(one, visible, wanted)).length;
        const departments = DEPARTMENTS.filter(
          (id) => visible === 'all' || visible.some((one) => one === id),
        );
        expect(createCounts(db).counts(visible, ME, OVERDUE_BEFORE)).toEqual({
          mine: count({ kind: 'mine' }),
          unassigned: count({ kind: 'unassigned' }),
          open: count({ kind: 'open' }),
          waiting: count({ kind: 'waiting' }),
          overdue: count({ kind: 'overdue' }),
          closed: count({ kind: 'closed' }),
          trash: count({ kind: 'trash' }),
          departments: departments.map((id) => ({
            departmentId: id,
            open: count({ kind: 'department', departmentId: id as DepartmentId }),
          })),
        });
        db.close();
      }),
      { numRuns: 100 },
    );
  });

  it('stop at the cap for what depends on time', () => {
    const db = openStoreDesk();
    db.transaction(() => {
      for (let n = 0; n < 1200; n++) addTicket(db, { status: 1 + 2 * (n % 2), lastMessageAt: 1 });
    })();
    expect(createCounts(db).counts('all', ME, 2).overdue).toBe(LIMITS.cappedCount + 1);
    expect(createCounts(db).counts([1 as DepartmentId], ME, 2).overdue).toBe(LIMITS.cappedCount + 1);
    expect(createCounts(db).counts('all', ME, 1).overdue).toBe(0);
  });
});
