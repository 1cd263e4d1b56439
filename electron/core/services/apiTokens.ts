import type { ApiToken, CreateTokenInput } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { TokenId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { isAddressAllowed, isIpListEntry, splitIpList } from '../access/ipList.ts';
import { hashToken, isSameHash } from '../access/tokenHash.ts';
import type { Actor } from '../domain/actor.ts';
import type { ServiceDeps } from './context.ts';

/** As long as the reference's (behaviour.md part 1, «API row»). */
const TOKEN_LENGTH = 60;

export type TokenActor = Extract<Actor, { kind: 'token' }>;
export type TokenCheck =
  | { readonly kind: 'ok'; readonly actor: TokenActor }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'address_refused' };

/**
 * Makes an API token; the answer is the only place where it can be read. The IP list may hold several addresses
 * in one entry, separated by commas; an entry that is neither address nor `a.b.c.*` answers invalid_input.
 */
export function createToken(
  deps: ServiceDeps,
  input: CreateTokenInput,
): Result<{ tokenId: TokenId; token: string }> {
  const ipList = splitIpList(input.ipList);
  const wrong = ipList.find((entry) => !isIpListEntry(entry));
  if (wrong !== undefined) {
    return err(
      appErrorOf('invalid_input', {
        field: 'ipList',
        message: `«${wrong}» is neither an address nor a.b.c.*`,
      }),
    );
  }
  const token = deps.ids.secret(TOKEN_LENGTH);
  const created = deps.store.write(() => {
    const now = deps.clock.now();
    const tokenId = deps.store.tokens.insert({
      name: input.name,
      tokenHash: hashToken(token),
      permissions: input.permissions,
      ipList,
      isActive: true,
      now,
    });
    deps.store.changes.record('token', tokenId, 'created', now);
    return ok({ tokenId, token });
  });
  if (created.ok) deps.events.publish({ type: 'desk_changed', what: 'tokens' });
  return created;
}

export function listTokens(deps: ServiceDeps): ApiToken[] {
  return deps.store.tokens.all();
}

/** Who a caller with this token is. Looked up by hash, so unlike the reference's it is case-sensitive. */
export function checkToken(deps: ServiceDeps, token: string, address: string): TokenCheck {
  const hash = hashToken(token);
  const found = deps.store.tokens.byHash(hash);
  const stored = found && deps.store.tokens.hashOf(found.id);
  if (!found?.isActive || !stored || !isSameHash(stored, hash)) return { kind: 'unknown' };
  if (!isAddressAllowed(found.ipList, address)) return { kind: 'address_refused' };
  return {
    kind: 'ok',
    actor: { kind: 'token', tokenId: found.id, name: found.name, permissions: found.permissions },
  };
}
