import type { Department } from '../../../../shared/contract/desk.ts';
import type { DepartmentId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

interface Row {
  id: DepartmentId;
  name: string;
  isPrivate: number;
  position: number;
}

const COLUMNS = 'id, name, is_private AS isPrivate, position';
const toDepartment = (row: Row): Department => ({ ...row, isPrivate: row.isPrivate === 1 });

export function createDepartmentRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO departments (name, is_private, position, created_at)
     VALUES (@name, @isPrivate, (SELECT coalesce(max(position), 0) + 1 FROM departments), @now)`,
  );
  const all = db.prepare<[], Row>(
    `SELECT ${COLUMNS} FROM departments WHERE deleted_at IS NULL ORDER BY position, id`,
  );
  const byId = db.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM departments WHERE id = ? AND deleted_at IS NULL`,
  );
  const nameOf = db.prepare<[number], string>('SELECT name FROM departments WHERE id = ?').pluck();
  const update = db.prepare('UPDATE departments SET name = ?, is_private = ? WHERE id = ?');
  const setPosition = db.prepare('UPDATE departments SET position = ? WHERE id = ?');
  const setDeleted = db.prepare('UPDATE departments SET deleted_at = ? WHERE id = ?');
  const ticketIds = db
    .prepare<[number], number>(
      'SELECT id FROM tickets WHERE department_id = ? AND status BETWEEN 1 AND 5 AND deleted_at IS NULL',
    )
    .pluck();
  const countTickets = db
    .prepare<[number], number>('SELECT coalesce(sum(tickets), 0) FROM ticket_counts WHERE department_id = ?')
    .pluck();
  return {
    insert: (values: { name: string; isPrivate: boolean; now: number }): DepartmentId =>
      Number(insert.run({ ...values, isPrivate: values.isPrivate ? 1 : 0 }).lastInsertRowid) as DepartmentId,
    all: (): Department[] => all.all().map(toDepartment),
    byId: (id: DepartmentId): Department | undefined => {
      const row = byId.get(id);
      return row && toDepartment(row);
    },
    /** Of deleted ones too. */
    nameOf: (id: DepartmentId): string => nameOf.get(id) ?? '',
    update: (id: DepartmentId, name: string, isPrivate: boolean): void => {
      update.run(name, isPrivate ? 1 : 0, id);
    },
    setPosition: (id: DepartmentId, position: number): void => {
      setPosition.run(position, id);
    },
    setDeleted: (id: DepartmentId, deletedAt: number | null): void => {
      setDeleted.run(deletedAt, id);
    },
    /** Those not in the trash. */
    countTickets: (id: DepartmentId): number => countTickets.get(id) ?? 0,
    liveTicketIds: (id: DepartmentId): number[] => ticketIds.all(id),
  };
}
