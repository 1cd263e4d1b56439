import type { TokenId } from '../../../shared/model/ids.ts';
import { isWorking, tokenStateAt } from '../../../shared/model/tokenState.ts';
import { isAddressAllowed } from '../access/ipList.ts';
import { hashToken, isSameHash } from '../access/tokenHash.ts';
import type { ApiActor } from '../domain/actor.ts';
import { isWithinOverlap } from '../domain/tokenRules.ts';
import type { ServiceDeps } from './context.ts';

export type TokenCheck =
  | { readonly kind: 'ok'; readonly actor: ApiActor }
  /** `tokenId`: one that once worked, and that this desk still knows. */
  | { readonly kind: 'unknown'; readonly tokenId?: TokenId }
  | { readonly kind: 'address_refused'; readonly tokenId: TokenId; readonly address: string };

/**
 * Who a caller with this token is. Looked up by hash, so unlike the reference's it is case-sensitive. One that is
 * off, expired, deleted or past its overlap is as unknown as one that never was.
 */
export function checkToken(deps: ServiceDeps, text: string, address: string): TokenCheck {
  const hash = hashToken(text);
  const found = deps.store.tokens.byHash(hash);
  if (!found || !isSameHash(found.storedHash, hash)) return { kind: 'unknown' };
  const { token, isPrevious } = found;
  const now = deps.clock.now();
  const isOver = isPrevious && !isWithinOverlap(token.previousValidUntil, now);
  if (isOver || !isWorking(tokenStateAt(token, now))) return { kind: 'unknown', tokenId: token.id };
  if (!isAddressAllowed(token.ipList, address))
    return { kind: 'address_refused', tokenId: token.id, address };
  const { id, name, permissions, boundTo } = token;
  return {
    kind: 'ok',
    actor: { kind: 'token', tokenId: id, name, permissions, boundTo: boundTo?.staffId ?? null },
  };
}
