import type { TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export type ChangedEntity =
  | 'ticket'
  | 'message'
  | 'attachment'
  | 'customer'
  | 'department'
  | 'staff'
  | 'settings'
  | 'token';
export type ChangeKind = 'created' | 'changed' | 'deleted';

/** The newest change of one thing. */
export interface ChangeRow {
  readonly number: number;
  readonly entity: ChangedEntity;
  readonly entityId: number;
  readonly change: ChangeKind;
  readonly changedAt: number;
}

/** Change numbers: the newest change of each thing, numbered by commit order. A deleted thing keeps its row. */
export function createChangeRepository(db: Db) {
  const record = db.prepare(
    'INSERT OR REPLACE INTO changes (entity, entity_id, change, changed_at) VALUES (?, ?, ?, ?)',
  );
  const recordAll = (entity: 'message' | 'attachment') =>
    db.prepare<[string, number, number]>(
      `INSERT OR REPLACE INTO changes (entity, entity_id, change, changed_at)
       SELECT '${entity}', id, ?, ? FROM ${entity}s WHERE ticket_id = ? AND deleted_at IS NULL`,
    );
  const thread = [recordAll('message'), recordAll('attachment')];
  const newest = db.prepare<[], number>('SELECT coalesce(max(number), 0) FROM changes').pluck();
  const after = db.prepare<[number, number], ChangeRow>(
    `SELECT number, entity, entity_id AS entityId, change, changed_at AS changedAt FROM changes
     WHERE number > ? ORDER BY number LIMIT ?`,
  );
  return {
    record: (entity: ChangedEntity, id: number, change: ChangeKind, now: number): number =>
      Number(record.run(entity, id, change, now).lastInsertRowid),
    /** A ticket that goes or comes back takes its messages and attachments along. */
    recordThread: (id: TicketId, change: ChangeKind, now: number): void => {
      for (const statement of thread) statement.run(change, now, id);
    },
    newest: (): number => newest.get() ?? 0,
    after: (number: number, limit: number): ChangeRow[] => after.all(number, limit),
  };
}
