import type { SourceFields } from '../../../../shared/contract/sources.ts';
import type { DepartmentId, SourceId, StaffId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

/** A source with what calling it needs; never leaves the services. */
export interface SourceRow extends SourceFields {
  readonly id: SourceId;
  /** What its sealed key is bound to. */
  readonly sealName: string;
  readonly sealedKey: string | null;
  readonly isActive: boolean;
}
export type SourceValues = Omit<SourceRow, 'id' | 'isActive'>;

type Stored = Omit<SourceRow, 'allowsHttp' | 'createsStaff' | 'isActive' | 'departmentIds'> & {
  allowsHttp: number;
  createsStaff: number;
  isActive: number;
};

const COLUMNS = `id, kind, name, url, allows_http AS allowsHttp, ca, seal_name AS sealName, sealed_key AS sealedKey,
  match_by AS matchBy, creates_staff AS createsStaff, is_active AS isActive`;

/** Other systems whose accounts may sign in, and sign-ins that wait for this desk's own second factor. */
export function createSourceRepository(db: Db) {
  const all = db.prepare<[], Stored>(`SELECT ${COLUMNS} FROM sign_in_sources ORDER BY position, id`);
  const byId = db.prepare<[number], Stored>(`SELECT ${COLUMNS} FROM sign_in_sources WHERE id = ?`);
  const byName = db.prepare<[string], Stored>(`SELECT ${COLUMNS} FROM sign_in_sources WHERE name = ?`);
  const insert = db.prepare(
    `INSERT INTO sign_in_sources (kind, name, url, allows_http, ca, seal_name, sealed_key, match_by, creates_staff, is_active, position, created_at)
     VALUES (@kind, @name, @url, @allowsHttp, @ca, @sealName, @sealedKey, @matchBy, @createsStaff, 1,
       (SELECT coalesce(max(position), 0) + 1 FROM sign_in_sources), @now)`,
  );
  const update = db.prepare(
    `UPDATE sign_in_sources SET kind = @kind, name = @name, url = @url, allows_http = @allowsHttp, ca = @ca,
       seal_name = @sealName, sealed_key = @sealedKey, match_by = @matchBy, creates_staff = @createsStaff WHERE id = @id`,
  );
  const setActive = db.prepare('UPDATE sign_in_sources SET is_active = ? WHERE id = ?');
  const setPosition = db.prepare('UPDATE sign_in_sources SET position = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM sign_in_sources WHERE id = ?');
  const departments = db
    .prepare<[number], DepartmentId>(
      `SELECT department_id FROM sign_in_source_departments JOIN departments ON id = department_id
       WHERE source_id = ? AND deleted_at IS NULL ORDER BY department_id`,
    )
    .pluck();
  const addDepartment = db.prepare('INSERT OR IGNORE INTO sign_in_source_departments VALUES (?, ?)');
  const clearDepartments = db.prepare('DELETE FROM sign_in_source_departments WHERE source_id = ?');
  const sessions = db
    .prepare<[number, number], number>(
      'SELECT count(*) FROM staff_sessions WHERE source_id = ? AND expires_at > ?',
    )
    .pluck();
  const endSessions = db.prepare('DELETE FROM staff_sessions WHERE source_id = ?');
  const endPending = db.prepare('DELETE FROM pending_sign_ins WHERE source_id = ?');
  const toRow = (stored: Stored): SourceRow => ({
    ...stored,
    allowsHttp: stored.allowsHttp === 1,
    createsStaff: stored.createsStaff === 1,
    isActive: stored.isActive === 1,
    departmentIds: departments.all(stored.id),
  });
  const optional = (stored: Stored | undefined): SourceRow | undefined => stored && toRow(stored);
  const bound = (values: SourceValues) => ({
    ...values,
    departmentIds: null,
    allowsHttp: values.allowsHttp ? 1 : 0,
    createsStaff: values.createsStaff ? 1 : 0,
  });
  const setDepartments = (id: SourceId, ids: readonly DepartmentId[]): void => {
    clearDepartments.run(id);
    for (const departmentId of ids) addDepartment.run(id, departmentId);
  };
  return {
    ...createPendingRepository(db),
    /** In the order people see. */
    all: (): SourceRow[] => all.all().map(toRow),
    byId: (id: SourceId): SourceRow | undefined => optional(byId.get(id)),
    byName: (name: string): SourceRow | undefined => optional(byName.get(name)),
    insert: (values: SourceValues & { now: number }): SourceId => {
      const id = Number(insert.run({ ...bound(values), now: values.now }).lastInsertRowid) as SourceId;
      setDepartments(id, values.departmentIds);
      return id;
    },
    update: (id: SourceId, values: SourceValues): void => {
      update.run({ ...bound(values), id });
      setDepartments(id, values.departmentIds);
    },
    setActive: (id: SourceId, isActive: boolean): void => {
      setActive.run(isActive ? 1 : 0, id);
    },
    setOrder: (ids: readonly SourceId[]): void => {
      for (const [index, id] of ids.entries()) setPosition.run(index + 1, id);
    },
    /** Its sessions go with it. */
    remove: (id: SourceId): void => {
      remove.run(id);
    },
    /** How many sessions it opened that are still open. */
    sessions: (id: SourceId, now: number): number => sessions.get(id, now) ?? 0,
    endSessions: (id: SourceId): void => {
      endSessions.run(id);
      endPending.run(id);
    },
  };
}

/** Sign-ins that another system accepted and that wait for this desk's own second factor. */
function createPendingRepository(db: Db) {
  const insert = db.prepare(
    'INSERT INTO pending_sign_ins VALUES (@tokenHash, @sourceId, @staffId, @expiresAt)',
  );
  const byHash = db.prepare<[Buffer, number], { sourceId: SourceId; staffId: StaffId }>(
    `SELECT source_id AS sourceId, staff_id AS staffId FROM pending_sign_ins
     WHERE token_hash = ? AND expires_at > ?`,
  );
  const remove = db.prepare('DELETE FROM pending_sign_ins WHERE token_hash = ?');
  const removeExpired = db.prepare('DELETE FROM pending_sign_ins WHERE expires_at <= ?');
  return {
    addPending: (
      values: { tokenHash: Buffer; sourceId: SourceId; staffId: StaffId; expiresAt: number },
      now: number,
    ): void => {
      removeExpired.run(now);
      insert.run(values);
    },
    pending: (tokenHash: Buffer, now: number): { sourceId: SourceId; staffId: StaffId } | undefined =>
      byHash.get(tokenHash, now),
    removePending: (tokenHash: Buffer): void => {
      remove.run(tokenHash);
    },
  };
}
