// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Queue, QueueCounts } from '../../../shared/contract/queues.ts';
import { departmentId, staffId } from '../../../shared/model/ids.ts';
import { belongsTo, countText, queueCount, queueKey, shortCountText } from './queueRules.ts';
import { rowOf } from './rowOf.ts';

const me = staffId.parse(7);
const now = 1_000_000;
const context = { viewerId: me, now, overdueMs: 1000 };
const sales: Queue = { kind: 'department', departmentId: departmentId.parse(2) };
const row = (values: Parameters<typeof rowOf>[0] | object) => rowOf({ id: 1, lastMessageAt: now, ...values });

describe('belongsTo', () => {
  it.each<[string, Queue, ReturnType<typeof row>, boolean]>([
    ['mine: assigned to me and open', { kind: 'mine' }, row({ assigneeId: me }), true],
    ['mine: closed is not', { kind: 'mine' }, row({ assigneeId: me, status: 5 }), false],
    ['mine: nobody’s is not', { kind: 'mine' }, row({}), false],
    ['unassigned', { kind: 'unassigned' }, row({ status: 3 }), true],
    [
      'unassigned: a colleague’s is not',
      { kind: 'unassigned' },
      row({ assigneeId: staffId.parse(8) }),
      false,
    ],
    ['open holds 1, 3, 4', { kind: 'open' }, row({ status: 4 }), true],
    ['open: answered waits for the customer', { kind: 'open' }, row({ status: 2 }), false],
    ['waiting', { kind: 'waiting' }, row({ status: 2 }), true],
    ['overdue: older than the hours', { kind: 'overdue' }, row({ lastMessageAt: now - 1001 }), true],
    ['overdue: not yet', { kind: 'overdue' }, row({ lastMessageAt: now - 1000 }), false],
    ['overdue: answered is not', { kind: 'overdue' }, row({ lastMessageAt: 0, status: 2 }), false],
    ['closed', { kind: 'closed' }, row({ status: 5 }), true],
    ['a department’s open tickets', sales, row({ departmentId: departmentId.parse(2) }), true],
    ['another department’s', sales, row({}), false],
    ['what lies in the trash is nowhere else', { kind: 'open' }, row({ deletedAt: 5 }), false],
    ['trash', { kind: 'trash' }, row({ deletedAt: 5, status: 5 }), true],
    ['trash: only what was deleted', { kind: 'trash' }, row({}), false],
  ])('%s', (_name, queue, given, belongs) => {
    expect(belongsTo(queue, given, context)).toBe(belongs);
  });
});

describe('counts', () => {
  const counts: QueueCounts = {
    mine: 1,
    unassigned: 2,
    open: 1234,
    waiting: 0,
    overdue: 1000,
    closed: 0,
    trash: 0,
    departments: [{ departmentId: departmentId.parse(2), open: 9 }],
  };

  it('are read per queue, unknown until they are there', () => {
    expect(queueCount({ kind: 'open' }, counts)).toBe(1234);
    expect(queueCount(sales, counts)).toBe(9);
    expect(queueCount({ kind: 'department', departmentId: departmentId.parse(3) }, counts)).toBe(0);
    expect(queueCount(sales, undefined)).toBeUndefined();
  });

  it('stop at 999+ where they depend on time', () => {
    expect(countText({ kind: 'overdue' }, 1000)).toBe('999+');
    expect(countText({ kind: 'overdue' }, 999)).toBe('999');
    expect(countText({ kind: 'open' }, 1234)).toBe('1,234');
  });

  it('get short where room is', () => {
    expect(shortCountText({ kind: 'open' }, 999)).toBe('999');
    expect(shortCountText({ kind: 'open' }, 57_492)).toBe('57.5K');
    expect(shortCountText({ kind: 'overdue' }, 1000)).toBe('999+');
  });

  it('tell departments apart by id', () => {
    expect(queueKey(sales)).not.toBe(queueKey({ kind: 'department', departmentId: departmentId.parse(3) }));
  });
});
