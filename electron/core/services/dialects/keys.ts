import type { DialectKey, KeyedDialect } from '../../../../shared/contract/dialects.ts';
import { ok, type Result } from '../../../../shared/util/result.ts';
import { hashToken, isSameHash } from '../../access/tokenHash.ts';
import type { ServiceDeps } from '../context.ts';

const LENGTH = 40;
const purposeOf = (dialect: KeyedDialect): string => `dialect key ${dialect}`;

/** Makes the key of a dialect anew; the old one stops at once: secrets_locked, secrets_unavailable. */
export async function generateDialectKey(
  deps: ServiceDeps,
  dialect: KeyedDialect,
): Promise<Result<DialectKey>> {
  const key = deps.ids.secret(LENGTH);
  const sealed = await deps.secrets.seal(key, purposeOf(dialect));
  if (!sealed.ok) return sealed;
  return deps.store.write(() => {
    const createdAt = deps.clock.now();
    deps.store.dialects.setKey(dialect, hashToken(key), sealed.value, createdAt);
    return ok({ key, createdAt, problem: null });
  });
}

export function removeDialectKey(deps: ServiceDeps, dialect: KeyedDialect): Result<DialectKey> {
  return deps.store.write(() => {
    deps.store.dialects.removeKey(dialect);
    return ok({ key: null, createdAt: null, problem: null });
  });
}

/** The key for an administrator to read. Where it can't be opened it still works, and a new one can be made. */
export async function showDialectKey(deps: ServiceDeps, dialect: KeyedDialect): Promise<DialectKey> {
  const stored = deps.store.dialects.key(dialect);
  if (!stored) return { key: null, createdAt: null, problem: null };
  const { sealed, createdAt } = stored;
  const opened = await deps.secrets.open(sealed, purposeOf(dialect));
  return opened.ok
    ? { key: opened.value, createdAt, problem: null }
    : { key: null, createdAt, problem: opened.error.message };
}

/** Whether a program shows the dialect's key; false while there is none. */
export function isDialectKey(deps: ServiceDeps, dialect: KeyedDialect, text: string | undefined): boolean {
  const stored = deps.store.dialects.key(dialect);
  return stored !== undefined && text !== undefined && isSameHash(stored.keyHash, hashToken(text));
}
