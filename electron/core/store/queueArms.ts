import type { Queue } from '../../../shared/contract/queues.ts';
import { ALL_STATUSES, OPEN_STATUSES, STATUS, type TicketStatus } from '../../../shared/model/ticket.ts';
import { assertNever } from '../../../shared/util/assertNever.ts';
import type { DepartmentScope } from '../domain/actor.ts';
import type { Db } from './connection.ts';

/**
 * A queue is read as keyset arms, one per run of one index, merged by UNION ALL: `IN (…)` with a keyset
 * sorts the whole queue (70–550 ms at a million tickets), arms read only the rows they show.
 */
export type ArmShape = 'status' | 'department' | 'assignee' | 'unassigned' | 'trash';

/** The arms to merge: one list of key values per arm, in the order of ARM_SOURCES' key columns. */
export interface Arms {
  readonly shape: ArmShape;
  readonly keys: readonly (readonly number[])[];
}

const OPEN_ONLY = `status IN (${OPEN_STATUSES.join(', ')})`;

/** Where each shape reads and how it is keyed. INDEXED BY: a plan that would sort fails at once instead of slowly. */
export const ARM_SOURCES: Readonly<
  Record<ArmShape, { index: string; fixed: string; keyColumns: readonly string[] }>
> = {
  status: { index: 'tickets_status_queue', fixed: 'deleted_at IS NULL', keyColumns: ['status'] },
  department: {
    index: 'tickets_department_queue',
    fixed: 'deleted_at IS NULL',
    keyColumns: ['department_id', 'status'],
  },
  assignee: {
    index: 'tickets_assignee_queue',
    fixed: `deleted_at IS NULL AND assignee_id IS NOT NULL AND ${OPEN_ONLY}`,
    keyColumns: ['assignee_id', 'department_id', 'status'],
  },
  unassigned: {
    index: 'tickets_unassigned_queue',
    fixed: `deleted_at IS NULL AND assignee_id IS NULL AND ${OPEN_ONLY}`,
    keyColumns: ['department_id', 'status'],
  },
  trash: { index: 'tickets_trash', fixed: 'deleted_at IS NOT NULL', keyColumns: ['department_id'] },
};

/** The statuses a queue holds; the trash holds every one. */
function statusesOf(queue: Queue): readonly TicketStatus[] {
  switch (queue.kind) {
    case 'waiting':
      return [STATUS.answered];
    case 'closed':
      return [STATUS.closed];
    case 'trash':
      return ALL_STATUSES;
    case 'mine':
    case 'unassigned':
    case 'open':
    case 'overdue':
    case 'department':
      return OPEN_STATUSES;
    default:
      return assertNever(queue);
  }
}

const sees = (scope: DepartmentScope, departmentId: number): boolean =>
  scope === 'all' || scope.some((one) => one === departmentId);

interface CountedRun {
  readonly departmentId: number;
  readonly status: number;
}

/** Chooses the arms of a queue. Counters say which runs hold anything, so sixty departments cost no sixty arms. */
export function createArmChooser(db: Db) {
  const allOf = (sql: string) => db.prepare<unknown[], CountedRun>(sql);
  const unassigned = allOf(
    `SELECT department_id AS departmentId, status FROM ticket_counts WHERE is_assigned = 0 AND tickets > 0 AND ${OPEN_ONLY}`,
  );
  const assigned = allOf(
    `SELECT department_id AS departmentId, status FROM assignee_counts WHERE assignee_id = ? AND tickets > 0 AND ${OPEN_ONLY}`,
  );
  const trashed = db.prepare<[], number>('SELECT department_id FROM trash_counts WHERE tickets > 0').pluck();
  const held = db.prepare<[number], { status: number; tickets: number }>(
    'SELECT status, sum(tickets) AS tickets FROM ticket_counts WHERE department_id = ? GROUP BY status',
  );

  const departmentArms = (departmentIds: readonly number[], statuses: readonly TicketStatus[]): Arms => ({
    shape: 'department',
    keys: departmentIds.flatMap((id) =>
      held
        .all(id)
        .filter((run) => run.tickets > 0 && statuses.some((status) => status === run.status))
        .map((run) => [id, run.status]),
    ),
  });

  return (scope: DepartmentScope, staffId: number, queue: Queue): Arms => {
    const statuses = statusesOf(queue);
    const visible = (run: CountedRun): boolean => sees(scope, run.departmentId);
    switch (queue.kind) {
      case 'mine': {
        const runs = assigned.all(staffId).filter(visible);
        return { shape: 'assignee', keys: runs.map((run) => [staffId, run.departmentId, run.status]) };
      }
      case 'unassigned': {
        const runs = unassigned.all().filter(visible);
        return { shape: 'unassigned', keys: runs.map((run) => [run.departmentId, run.status]) };
      }
      case 'trash':
        return { shape: 'trash', keys: trashed.all().flatMap((id) => (sees(scope, id) ? [[id]] : [])) };
      case 'department':
        return departmentArms(sees(scope, queue.departmentId) ? [queue.departmentId] : [], statuses);
      case 'open':
      case 'waiting':
      case 'overdue':
      case 'closed':
        if (scope === 'all') return { shape: 'status', keys: statuses.map((status) => [status]) };
        return departmentArms([...new Set<number>(scope)], statuses);
      default:
        return assertNever(queue);
    }
  };
}
