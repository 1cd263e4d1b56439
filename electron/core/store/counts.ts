import type { QueueCounts } from '../../../shared/contract/queues.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { DepartmentId } from '../../../shared/model/ids.ts';
import { OPEN_STATUSES, STATUS } from '../../../shared/model/ticket.ts';
import type { DepartmentScope } from '../domain/actor.ts';
import type { Db } from './connection.ts';
import { ARM_SOURCES, createArmChooser } from './queueArms.ts';

export interface Counts {
  /** Every number of the rail for one viewer; `overdueBefore` in milliseconds UTC. */
  counts(scope: DepartmentScope, staffId: number, overdueBefore: number): QueueCounts;
}

interface CountRow {
  readonly departmentId: DepartmentId;
  readonly status: number;
  readonly isAssigned: number;
  readonly tickets: number;
}

const isOpen = (status: number): boolean => OPEN_STATUSES.some((open) => open === status);

/** The statement that counts one run of overdue tickets, up to a limit. */
function overdueSql(shape: 'status' | 'department'): string {
  const { index, fixed, keyColumns } = ARM_SOURCES[shape];
  const keys = keyColumns.map((column) => `${column} = ?`).join(' AND ');
  return `SELECT count(*) FROM (SELECT 1 FROM tickets INDEXED BY ${index}
    WHERE ${fixed} AND ${keys} AND last_message_at < ? LIMIT ?)`;
}

function createOverdueCounter(db: Db) {
  const chooseArms = createArmChooser(db);
  const runs = {
    status: db.prepare<number[], number>(overdueSql('status')).pluck(),
    department: db.prepare<number[], number>(overdueSql('department')).pluck(),
  };
  /** Depends on time, so it can't be kept as a counter: counted up to the cap plus one. */
  return (scope: DepartmentScope, staffId: number, overdueBefore: number): number => {
    const { shape, keys } = chooseArms(scope, staffId, { kind: 'overdue' });
    const statement = runs[shape === 'status' ? 'status' : 'department'];
    let left = LIMITS.cappedCount + 1;
    for (const key of keys) {
      if (left <= 0) break;
      left -= statement.get(...key, overdueBefore, left) ?? 0;
    }
    return LIMITS.cappedCount + 1 - left;
  };
}

/** Counts come from counters that triggers keep; only «overdue» looks at tickets. */
export function createCounts(db: Db): Counts {
  const COLUMNS = 'department_id AS departmentId, status, is_assigned AS isAssigned, tickets';
  const everyCount = db.prepare<[], CountRow>(`SELECT ${COLUMNS} FROM ticket_counts`);
  const countsOf = db.prepare<[number], CountRow>(
    `SELECT ${COLUMNS} FROM ticket_counts WHERE department_id = ?`,
  );
  const everyDepartment = db
    .prepare<[], DepartmentId>('SELECT id FROM departments WHERE deleted_at IS NULL ORDER BY position, id')
    .pluck();
  const assigned = db.prepare<[number], Omit<CountRow, 'isAssigned'>>(
    'SELECT department_id AS departmentId, status, tickets FROM assignee_counts WHERE assignee_id = ?',
  );
  const trashed = db.prepare<[], { departmentId: DepartmentId; tickets: number }>(
    'SELECT department_id AS departmentId, tickets FROM trash_counts',
  );
  const overdue = createOverdueCounter(db);

  return {
    counts(scope, staffId, overdueBefore) {
      const sees = (row: { departmentId: DepartmentId }) =>
        scope === 'all' || scope.includes(row.departmentId);
      const rows = scope === 'all' ? everyCount.all() : [...new Set(scope)].flatMap((id) => countsOf.all(id));
      const sum = (wanted: readonly { tickets: number }[]) =>
        wanted.reduce((total, row) => total + row.tickets, 0);
      const open = rows.filter((row) => isOpen(row.status));
      const departments = everyDepartment.all().filter((departmentId) => sees({ departmentId }));
      return {
        mine: sum(assigned.all(staffId).filter((row) => isOpen(row.status) && sees(row))),
        unassigned: sum(open.filter((row) => row.isAssigned === 0)),
        open: sum(open),
        waiting: sum(rows.filter((row) => row.status === STATUS.answered)),
        overdue: overdue(scope, staffId, overdueBefore),
        closed: sum(rows.filter((row) => row.status === STATUS.closed)),
        trash: sum(trashed.all().filter(sees)),
        departments: departments.map((departmentId) => ({
          departmentId,
          open: sum(open.filter((row) => row.departmentId === departmentId)),
        })),
      };
    },
  };
}
