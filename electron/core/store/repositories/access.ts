import type { ApiToken, Permission } from '../../../../shared/contract/desk.ts';
import type { StaffId, TokenId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

interface TokenRow {
  id: TokenId;
  name: string;
  permissions: string;
  ipList: string;
  isActive: number;
  createdAt: number;
  lastUsedAt: number | null;
}

const TOKEN_COLUMNS =
  'id, name, permissions, ip_list AS ipList, is_active AS isActive, created_at AS createdAt, last_used_at AS lastUsedAt';

const toToken = (row: TokenRow): ApiToken => ({
  ...row,
  permissions: JSON.parse(row.permissions) as Permission[],
  ipList: JSON.parse(row.ipList) as string[],
  isActive: row.isActive === 1,
});

/** API tokens: only hashes are stored. */
export function createTokenRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO api_tokens (name, token_hash, permissions, ip_list, is_active, created_at)
     VALUES (@name, @tokenHash, @permissions, @ipList, @isActive, @now)`,
  );
  const byHash = db.prepare<[Buffer], TokenRow>(
    `SELECT ${TOKEN_COLUMNS} FROM api_tokens WHERE token_hash = ? AND deleted_at IS NULL`,
  );
  const hashOf = db.prepare<[number], Buffer>('SELECT token_hash FROM api_tokens WHERE id = ?').pluck();
  const all = db.prepare<[], TokenRow>(
    `SELECT ${TOKEN_COLUMNS} FROM api_tokens WHERE deleted_at IS NULL ORDER BY id`,
  );
  const touch = db.prepare('UPDATE api_tokens SET last_used_at = ?, last_used_address = ? WHERE id = ?');
  return {
    insert: (values: {
      name: string;
      tokenHash: Buffer;
      permissions: readonly Permission[];
      ipList: readonly string[];
      isActive: boolean;
      now: number;
    }): TokenId =>
      Number(
        insert.run({
          ...values,
          permissions: JSON.stringify(values.permissions),
          ipList: JSON.stringify(values.ipList),
          isActive: values.isActive ? 1 : 0,
        }).lastInsertRowid,
      ) as TokenId,
    byHash: (tokenHash: Buffer): ApiToken | undefined => {
      const row = byHash.get(tokenHash);
      return row && toToken(row);
    },
    hashOf: (id: TokenId): Buffer | undefined => hashOf.get(id),
    all: (): ApiToken[] => all.all().map(toToken),
    touch: (id: TokenId, lastUsedAt: number, address: string): void => {
      touch.run(lastUsedAt, address, id);
    },
  };
}

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
