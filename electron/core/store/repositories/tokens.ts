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
  expiresAt: number | null;
  staffId: StaffId | null;
  staffName: string | null;
  staffIsActive: number | null;
  lastUsedAt: number | null;
  lastUsedAddress: string | null;
  lastUsedCall: string | null;
  previousValidUntil: number | null;
}

const SELECT_TOKENS = `
  SELECT t.id, t.name, t.permissions, t.ip_list AS ipList, t.is_active AS isActive, t.created_at AS createdAt,
    t.expires_at AS expiresAt, t.staff_id AS staffId, s.name AS staffName, s.is_active AS staffIsActive,
    t.last_used_at AS lastUsedAt, t.last_used_address AS lastUsedAddress, t.last_used_call AS lastUsedCall,
    t.previous_valid_until AS previousValidUntil
  FROM api_tokens t LEFT JOIN staff s ON s.id = t.staff_id
  WHERE t.deleted_at IS NULL`;

const toToken = ({ staffId, staffName, staffIsActive, ...row }: TokenRow): ApiToken => ({
  ...row,
  permissions: JSON.parse(row.permissions) as Permission[],
  ipList: JSON.parse(row.ipList) as string[],
  isActive: row.isActive === 1,
  boundTo: staffId === null ? null : { staffId, name: staffName ?? '', isActive: staffIsActive === 1 },
});

/** What an admin decides about a token. */
export interface TokenValues {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly ipList: readonly string[];
  readonly isActive: boolean;
  readonly expiresAt?: number | null;
  readonly staffId?: StaffId | null;
}

const toColumns = ({ permissions, ipList, isActive, expiresAt, staffId, name }: TokenValues) => ({
  name,
  permissions: JSON.stringify(permissions),
  ipList: JSON.stringify(ipList),
  isActive: isActive ? 1 : 0,
  expiresAt: expiresAt ?? null,
  staffId: staffId ?? null,
});

/** Where a hash was found: the token as it is now, or as it was before it was regenerated. */
export interface FoundToken {
  readonly token: ApiToken;
  readonly storedHash: Buffer;
  readonly isPrevious: boolean;
}

/** API tokens: only hashes are stored. */
export function createTokenRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO api_tokens (name, token_hash, permissions, ip_list, is_active, expires_at, staff_id, created_at)
     VALUES (@name, @tokenHash, @permissions, @ipList, @isActive, @expiresAt, @staffId, @now)`,
  );
  const update = db.prepare(
    `UPDATE api_tokens SET name = @name, permissions = @permissions, ip_list = @ipList, is_active = @isActive,
       expires_at = @expiresAt, staff_id = @staffId WHERE id = @id`,
  );
  const replaceHash = db.prepare(
    `UPDATE api_tokens SET token_hash = @tokenHash, previous_valid_until = @previousValidUntil,
       previous_hash = CASE WHEN @previousValidUntil IS NULL THEN NULL ELSE token_hash END WHERE id = @id`,
  );
  // A deleted token works never again, also not by a mistake elsewhere: what it was is gone.
  const remove = db.prepare(
    `UPDATE api_tokens SET deleted_at = ?, is_active = 0, previous_hash = NULL, previous_valid_until = NULL
     WHERE id = ? AND deleted_at IS NULL`,
  );
  const byHash = db.prepare<[Buffer], TokenRow>(`${SELECT_TOKENS} AND t.token_hash = ?`);
  const byPreviousHash = db.prepare<[Buffer], TokenRow>(`${SELECT_TOKENS} AND t.previous_hash = ?`);
  const hashOf = db
    .prepare<[number], Buffer | null>('SELECT token_hash FROM api_tokens WHERE id = ?')
    .pluck();
  const previousHashOf = db
    .prepare<[number], Buffer | null>('SELECT previous_hash FROM api_tokens WHERE id = ?')
    .pluck();
  const byId = db.prepare<[number], TokenRow>(`${SELECT_TOKENS} AND t.id = ?`);
  const all = db.prepare<[], TokenRow>(`${SELECT_TOKENS} ORDER BY t.id`);
  const touch = db.prepare(
    'UPDATE api_tokens SET last_used_at = ?, last_used_address = ?, last_used_call = ? WHERE id = ?',
  );

  function find(row: TokenRow | undefined, isPrevious: boolean): FoundToken | undefined {
    const storedHash = row && (isPrevious ? previousHashOf : hashOf).get(row.id);
    return row && storedHash ? { token: toToken(row), storedHash, isPrevious } : undefined;
  }

  return {
    insert: (values: TokenValues & { tokenHash: Buffer; now: number }): TokenId =>
      Number(
        insert.run({ ...toColumns(values), tokenHash: values.tokenHash, now: values.now }).lastInsertRowid,
      ) as TokenId,
    update: (id: TokenId, values: TokenValues): void => {
      update.run({ ...toColumns(values), id });
    },
    /** The present hash becomes the previous one; what was previous until now is forgotten. */
    replaceHash: (id: TokenId, tokenHash: Buffer, previousValidUntil: number | null): void => {
      replaceHash.run({ id, tokenHash, previousValidUntil });
    },
    remove: (id: TokenId, now: number): void => {
      remove.run(now, id);
    },
    byHash: (tokenHash: Buffer): FoundToken | undefined =>
      find(byHash.get(tokenHash), false) ?? find(byPreviousHash.get(tokenHash), true),
    byId: (id: TokenId): ApiToken | undefined => {
      const row = byId.get(id);
      return row && toToken(row);
    },
    all: (): ApiToken[] => all.all().map(toToken),
    touch: (id: TokenId, use: { at: number; address: string; call: string }): void => {
      touch.run(use.at, use.address, use.call, id);
    },
  };
}
