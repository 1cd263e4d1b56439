import type { SourceId, StaffId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface SessionRow {
  readonly staffId: StaffId;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

/** Staff sessions, failed sign-ins and the sign-in log. */
export function createSessionRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO staff_sessions (token_hash, staff_id, created_at, last_seen_at, expires_at, address, user_agent, source_id)
     VALUES (@tokenHash, @staffId, @now, @now, @expiresAt, @address, @userAgent, @sourceId)`,
  );
  const byHash = db.prepare<[Buffer], SessionRow>(
    'SELECT staff_id AS staffId, last_seen_at AS lastSeenAt, expires_at AS expiresAt FROM staff_sessions WHERE token_hash = ? AND dialect IS NULL',
  );
  const touch = db.prepare('UPDATE staff_sessions SET last_seen_at = ?, expires_at = ? WHERE token_hash = ?');
  const remove = db.prepare('DELETE FROM staff_sessions WHERE token_hash = ?');
  const removeExpired = db.prepare('DELETE FROM staff_sessions WHERE expires_at < ?');
  const attempts = db.prepare<[string], { attempts: number; lastAt: number }>(
    'SELECT attempts, last_at AS lastAt FROM login_attempts WHERE address = ?',
  );
  const setAttempts = db.prepare('INSERT OR REPLACE INTO login_attempts VALUES (?, ?, ?)');
  const clearAttempts = db.prepare('DELETE FROM login_attempts WHERE address = ?');
  const failures = db.prepare<[number], { key: string; attempts: number; lastAt: number }>(
    'SELECT address AS key, attempts, last_at AS lastAt FROM login_attempts WHERE last_at >= ? ORDER BY last_at DESC',
  );
  const forgetAttempts = db.prepare('DELETE FROM login_attempts WHERE last_at < ?');
  const log = db.prepare(
    `INSERT INTO login_log (staff_id, username, address, user_agent, succeeded, used_recovery_code, created_at)
     VALUES (@staffId, @username, @address, @userAgent, @succeeded, @usedRecoveryCode, @now)`,
  );
  const removeLogBefore = db.prepare(
    `DELETE FROM login_log WHERE id IN (SELECT id FROM login_log WHERE created_at < ? ORDER BY id LIMIT ?)`,
  );
  const removeLogBeyond = db.prepare(
    `DELETE FROM login_log WHERE id IN (
       SELECT id FROM login_log WHERE succeeded = @succeeded
         AND id <= (SELECT id FROM login_log WHERE succeeded = @succeeded ORDER BY id DESC LIMIT 1 OFFSET @kept)
       ORDER BY id LIMIT @atOnce)`,
  );
  const isKnownAddress = db
    .prepare<[number, string, number], number>(
      `SELECT EXISTS (SELECT 1 FROM login_log
         WHERE staff_id = ? AND address = ? AND created_at >= ? AND succeeded = 1)`,
    )
    .pluck();
  return {
    insert: (values: {
      tokenHash: Buffer;
      staffId: StaffId;
      now: number;
      expiresAt: number;
      address: string;
      userAgent: string;
      sourceId: SourceId | null;
    }): void => {
      insert.run(values);
    },
    /** A session of the app; those of dialects open nothing here. */
    byHash: (tokenHash: Buffer): SessionRow | undefined => byHash.get(tokenHash),
    touch: (tokenHash: Buffer, now: number, expiresAt: number): void => {
      touch.run(now, expiresAt, tokenHash);
    },
    remove: (tokenHash: Buffer): void => {
      remove.run(tokenHash);
    },
    removeExpired: (now: number): void => {
      removeExpired.run(now);
    },
    /** Failures under one lock key (domain/lockout.ts). */
    attempts: (key: string): { attempts: number; lastAt: number } | undefined => attempts.get(key),
    setAttempts: (key: string, count: number, now: number): void => {
      setAttempts.run(key, count, now);
    },
    /** False when there was nothing to clear. */
    clearAttempts: (key: string): boolean => clearAttempts.run(key).changes > 0,
    /** Every key with a failure since `at`, the newest first. */
    failuresSince: (at: number): { key: string; attempts: number; lastAt: number }[] => failures.all(at),
    forgetAttemptsBefore: (at: number): void => {
      forgetAttempts.run(at);
    },
    /** Whether this person has signed in from there since `at`. */
    isKnownAddress: (staffId: StaffId, address: string, at: number): boolean =>
      isKnownAddress.get(staffId, address, at) === 1,
    /** Removes the oldest records from before `at`, at most `atOnce`; answers how many. */
    removeLogBefore: (at: number, atOnce: number): number => removeLogBefore.run(at, atOnce).changes,
    /** The same with all but the newest `kept` of those that succeeded, or that failed. */
    removeLogBeyond: (kept: number, succeeded: boolean, atOnce: number): number =>
      removeLogBeyond.run({ kept, succeeded: succeeded ? 1 : 0, atOnce }).changes,
    log: (values: {
      staffId: StaffId | null;
      username: string;
      address: string;
      userAgent: string;
      succeeded: boolean;
      usedRecoveryCode: boolean;
      now: number;
    }): void => {
      const { succeeded, usedRecoveryCode } = values;
      log.run({ ...values, succeeded: succeeded ? 1 : 0, usedRecoveryCode: usedRecoveryCode ? 1 : 0 });
    },
  };
}
