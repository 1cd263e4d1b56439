import type { AppPassword, Dialect, KeyedDialect } from '../../../../shared/contract/dialects.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface DialectSession {
  readonly dialect: Dialect;
  readonly staffId: StaffId;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

/** Sessions and keys of other systems' clients. What lists and ends sessions of people ends these, too. */
export function createDialectRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO staff_sessions (token_hash, staff_id, created_at, last_seen_at, expires_at, address, user_agent,
       dialect, app_password_id)
     VALUES (@tokenHash, @staffId, @now, @now, @expiresAt, @address, @userAgent, @dialect, @appPasswordId)`,
  );
  const byHash = db.prepare<[Buffer], DialectSession>(
    `SELECT dialect, staff_id AS staffId, last_seen_at AS lastSeenAt, expires_at AS expiresAt
     FROM staff_sessions WHERE token_hash = ? AND dialect IS NOT NULL`,
  );
  const removeOf = db.prepare('DELETE FROM staff_sessions WHERE dialect = ? AND staff_id = ?');
  const removeAll = db.prepare('DELETE FROM staff_sessions WHERE dialect = ?');
  const setKey = db.prepare(
    'INSERT OR REPLACE INTO dialect_keys (dialect, key_hash, sealed, created_at) VALUES (?, ?, ?, ?)',
  );
  const key = db.prepare<[string], { keyHash: Buffer; sealed: string; createdAt: number }>(
    'SELECT key_hash AS keyHash, sealed, created_at AS createdAt FROM dialect_keys WHERE dialect = ?',
  );
  const removeKey = db.prepare('DELETE FROM dialect_keys WHERE dialect = ?');
  return {
    openSession: (values: {
      tokenHash: Buffer;
      staffId: StaffId;
      dialect: Dialect;
      appPasswordId: number | null;
      now: number;
      expiresAt: number;
      address: string;
      userAgent: string;
    }): void => {
      insert.run(values);
    },
    sessionByHash: (tokenHash: Buffer): DialectSession | undefined => byHash.get(tokenHash),
    /** null = everyone's. */
    endSessions: (dialect: Dialect, staffId: StaffId | null): void => {
      if (staffId === null) removeAll.run(dialect);
      else removeOf.run(dialect, staffId);
    },
    setKey: (dialect: KeyedDialect, keyHash: Buffer, sealed: string, now: number): void => {
      setKey.run(dialect, keyHash, sealed, now);
    },
    key: (dialect: KeyedDialect): { keyHash: Buffer; sealed: string; createdAt: number } | undefined =>
      key.get(dialect),
    removeKey: (dialect: KeyedDialect): void => {
      removeKey.run(dialect);
    },
  };
}

/** Passwords for clients that have no field for a second factor. Only hashes are stored. */
export function createAppPasswordRepository(db: Db) {
  const insert = db.prepare(
    'INSERT INTO app_passwords (staff_id, name, password_hash, created_at) VALUES (?, ?, ?, ?)',
  );
  const ofStaff = db.prepare<[number], AppPassword>(
    `SELECT id, name, created_at AS createdAt, last_used_at AS lastUsedAt, last_used_address AS lastUsedAddress
     FROM app_passwords WHERE staff_id = ? ORDER BY id DESC`,
  );
  const find = db
    .prepare<[number, Buffer], number>(
      'SELECT id FROM app_passwords WHERE staff_id = ? AND password_hash = ?',
    )
    .pluck();
  const touch = db.prepare('UPDATE app_passwords SET last_used_at = ?, last_used_address = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM app_passwords WHERE staff_id = ? AND id = ?');
  return {
    insert: (staffId: StaffId, name: string, passwordHash: Buffer, now: number): number =>
      Number(insert.run(staffId, name, passwordHash, now).lastInsertRowid),
    /** Newest first. */
    ofStaff: (staffId: StaffId): AppPassword[] => ofStaff.all(staffId),
    find: (staffId: StaffId, passwordHash: Buffer): number | undefined => find.get(staffId, passwordHash),
    touch: (id: number, now: number, address: string): void => {
      touch.run(now, address, id);
    },
    /** Its sessions go with it. False when there is no such one (any more). */
    remove: (staffId: StaffId, id: number): boolean => remove.run(staffId, id).changes > 0,
  };
}
