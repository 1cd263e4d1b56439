import type { StaffId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface SessionRow {
  readonly staffId: StaffId;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

/** Staff sessions, failed sign-ins and the sign-in log. */
export function createSessionRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO staff_sessions (token_hash, staff_id, created_at, last_seen_at, expires_at, address, user_agent)
     VALUES (@tokenHash, @staffId, @now, @now, @expiresAt, @address, @userAgent)`,
  );
  const byHash = db.prepare<[Buffer], SessionRow>(
    'SELECT staff_id AS staffId, last_seen_at AS lastSeenAt, expires_at AS expiresAt FROM staff_sessions WHERE token_hash = ?',
  );
  const touch = db.prepare('UPDATE staff_sessions SET last_seen_at = ?, expires_at = ? WHERE token_hash = ?');
  const remove = db.prepare('DELETE FROM staff_sessions WHERE token_hash = ?');
  const removeExpired = db.prepare('DELETE FROM staff_sessions WHERE expires_at < ?');
  const attempts = db.prepare<[string], { attempts: number; lastAt: number }>(
    'SELECT attempts, last_at AS lastAt FROM login_attempts WHERE address = ?',
  );
  const setAttempts = db.prepare('INSERT OR REPLACE INTO login_attempts VALUES (?, ?, ?)');
  const clearAttempts = db.prepare('DELETE FROM login_attempts WHERE address = ?');
  const log = db.prepare(
    `INSERT INTO login_log (staff_id, username, address, user_agent, succeeded, created_at)
     VALUES (@staffId, @username, @address, @userAgent, @succeeded, @now)`,
  );
  return {
    insert: (values: {
      tokenHash: Buffer;
      staffId: StaffId;
      now: number;
      expiresAt: number;
      address: string;
      userAgent: string;
    }): void => {
      insert.run(values);
    },
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
    attempts: (address: string): { attempts: number; lastAt: number } | undefined => attempts.get(address),
    setAttempts: (address: string, count: number, now: number): void => {
      setAttempts.run(address, count, now);
    },
    clearAttempts: (address: string): void => {
      clearAttempts.run(address);
    },
    log: (values: {
      staffId: StaffId | null;
      username: string;
      address: string;
      userAgent: string;
      succeeded: boolean;
      now: number;
    }): void => {
      log.run({ ...values, succeeded: values.succeeded ? 1 : 0 });
    },
  };
}
