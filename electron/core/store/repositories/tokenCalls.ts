import { TOKEN_CALLS_KEPT, type TokenCall } from '../../../../shared/contract/tokens.ts';
import type { TokenId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

/** The last calls of each token. */
export function createTokenCallRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO api_token_calls (token_id, called_at, method, path, status, refusal, address)
     VALUES (@tokenId, @at, @method, @path, @status, @refusal, @address)`,
  );
  const prune = db.prepare(
    `DELETE FROM api_token_calls WHERE token_id = @tokenId AND id <= (
       SELECT id FROM api_token_calls WHERE token_id = @tokenId ORDER BY id DESC LIMIT 1 OFFSET ${TOKEN_CALLS_KEPT})`,
  );
  const removeAll = db.prepare('DELETE FROM api_token_calls WHERE token_id = ?');
  const newest = db.prepare<[number], TokenCall>(
    `SELECT called_at AS at, method, path, status, refusal, address FROM api_token_calls
     WHERE token_id = ? ORDER BY id DESC LIMIT ${TOKEN_CALLS_KEPT}`,
  );
  return {
    /** Adds calls, oldest first, and forgets what is older than the last 200. */
    add: (tokenId: TokenId, calls: readonly TokenCall[]): void => {
      for (const call of calls) insert.run({ ...call, tokenId });
      prune.run({ tokenId });
    },
    removeAll: (tokenId: TokenId): void => {
      removeAll.run(tokenId);
    },
    newest: (tokenId: TokenId): TokenCall[] => newest.all(tokenId),
  };
}
