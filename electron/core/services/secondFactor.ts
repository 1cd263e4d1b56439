import type { StaffId } from '../../../shared/model/ids.ts';
import { ok, type Result } from '../../../shared/util/result.ts';
import { isSealed } from '../secrets/seal.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';

const purpose = (staffId: StaffId): string => `totp ${staffId}`;

/** The secret that an authenticator app shares with the desk, as the database may hold it. */
export function sealSecondFactor(
  { secrets }: ServiceDeps,
  staffId: StaffId,
  secret: string,
): Promise<Result<string>> {
  return secrets.seal(secret, purpose(staffId));
}

/** The secret itself: `secrets_locked`, `secrets_unavailable`, `secret_unreadable`; null where there is none. */
export async function openSecondFactor(
  { secrets }: ServiceDeps,
  { id, totpSecret }: StaffAccount,
): Promise<Result<string | null>> {
  // Plain in the moment after an upgrade, until `sealPlainSecrets` has been by.
  if (totpSecret === null || !isSealed(totpSecret)) return ok(totpSecret);
  return secrets.open(totpSecret, purpose(id));
}

/** After an upgrade: seals what an older version wrote plainly. Interrupted anywhere, the next start does the rest. */
export async function sealPlainSecrets(deps: ServiceDeps): Promise<Result<void>> {
  const { plainSecrets } = deps.store;
  const rows = [];
  for (const row of plainSecrets.all()) {
    const sealed = await sealSecondFactor(deps, row.staffId, row.secret);
    if (!sealed.ok) return sealed;
    rows.push({ ...row, sealed: sealed.value });
  }
  if (rows.length === 0) return ok(undefined);
  plainSecrets.replace(rows);
  deps.log.info('second_factors_sealed', { count: rows.length });
  return ok(undefined);
}
