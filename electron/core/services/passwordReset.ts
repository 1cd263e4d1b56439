import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { ResetLink } from '../../../shared/contract/people.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { hashPassword } from '../access/passwords.ts';
import { hashToken } from '../access/tokenHash.ts';
import type { StaffActor } from '../domain/actor.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';
import { forgetFailures } from './lockouts.ts';
import { actorOf } from './sessions.ts';
import { recordChange } from './staffAdmin.ts';

const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** 43 characters of 62: 256 bits. */
const SECRET_LENGTH = 43;

/** A link by which someone sets a new password, once, within a day. The one before stops working. */
export function makeResetLink(deps: ServiceDeps, actor: StaffActor, staffId: StaffId): Result<ResetLink> {
  const secret = deps.ids.secret(SECRET_LENGTH);
  return deps.store.write(() => {
    if (!deps.store.staff.byId(staffId)?.isActive) return err(appErrorOf('staff_not_found'));
    const now = deps.clock.now();
    const expiresAt = now + LIFETIME_MS;
    deps.store.recovery.setReset({ staffId, secretHash: hashToken(secret), now, expiresAt });
    recordChange(deps, actor, staffId, 'make_reset_link', { expiresAt }, {});
    return ok({ secret, expiresAt });
  });
}

/** Takes back the link that is out; one that is gone already stays gone. */
export function revokeResetLink(deps: ServiceDeps, actor: StaffActor, staffId: StaffId): Result<void> {
  return deps.store.write(() => {
    if (!deps.store.staff.byId(staffId)) return err(appErrorOf('staff_not_found'));
    if (!deps.store.recovery.pendingReset(staffId, deps.clock.now())) return ok(undefined);
    deps.store.recovery.clearReset(staffId);
    recordChange(deps, actor, staffId, 'revoke_reset_link', {}, {});
    return ok(undefined);
  });
}

/** Whose password the link sets; reset_link_invalid when it no longer works. */
export function resetFacts(
  deps: ServiceDeps,
  secret: string,
): Result<{ username: string; name: string; expiresAt: number }> {
  const found = findReset(deps, secret);
  if (!found.ok) return found;
  const { account, expiresAt } = found.value;
  return ok({ username: account.username, name: account.name, expiresAt });
}

function findReset(deps: ServiceDeps, secret: string): Result<{ account: StaffAccount; expiresAt: number }> {
  const reset = deps.store.recovery.resetBySecret(hashToken(secret), deps.clock.now());
  const account = reset && deps.store.staff.byId(reset.staffId);
  return reset && account?.isActive
    ? ok({ account, expiresAt: reset.expiresAt })
    : err(appErrorOf('reset_link_invalid'));
}

/** Sets the password, uses the link up and ends every session of the account. Its second factor stays. */
export async function redeemReset(
  deps: ServiceDeps,
  input: { secret: string; newPassword: string },
): Promise<Result<void>> {
  // Before the costly hash: only who holds a link may ask for one.
  const isGood = findReset(deps, input.secret);
  if (!isGood.ok) return isGood;
  const passwordHash = await hashPassword(input.newPassword);
  return deps.store.write(() => {
    // Again: hashing took a while, and a link works once.
    const found = findReset(deps, input.secret);
    if (!found.ok) return found;
    const { account } = found.value;
    deps.store.recovery.clearReset(account.id);
    deps.store.staff.setPasswordHash(account.id, passwordHash);
    deps.store.sessionList.endAll(account.id);
    forgetFailures(deps, account.id);
    recordChange(deps, actorOf(account), account.id, 'use_reset_link', {}, {});
    return ok(undefined);
  });
}
