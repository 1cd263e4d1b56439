import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { Profile, SecondFactorOffer } from '../../../shared/contract/people.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { hashPassword, verifyPassword } from '../access/passwords.ts';
import { acceptedTotpStep, newTotpSecret, totpUri } from '../access/totp.ts';
import type { StaffActor } from '../domain/actor.ts';
import { countedAttempts, isLockedOut, lockKey } from '../domain/lockout.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';
import { lockoutPolicy } from './lockouts.ts';
import { nameOfSession } from './sessionList.ts';
import { recordChange } from './staffAdmin.ts';

export function profileOf(deps: ServiceDeps, actor: StaffActor): Result<Profile> {
  const account = deps.store.staff.byId(actor.staffId);
  if (!account) return err(appErrorOf('staff_not_found'));
  const { username, name, email, totpSecret } = account;
  return ok({ username, name, email, hasSecondFactor: totpSecret !== null });
}

export function updateProfile(
  deps: ServiceDeps,
  actor: StaffActor,
  { name, email }: { name: string; email: string },
): Result<Profile> {
  return deps.store.write(() => {
    const before = deps.store.staff.byId(actor.staffId);
    if (!before) return err(appErrorOf('staff_not_found'));
    deps.store.staff.update(before.id, { ...before, name, email });
    const was = { name: before.name, email: before.email };
    recordChange(deps, actor, before.id, 'update_staff', { name, email }, was);
    return profileOf(deps, actor);
  });
}

/** Takes the present password; every other session of the person ends: password_wrong, login_locked. */
export async function changePassword(
  deps: ServiceDeps,
  actor: StaffActor,
  input: { currentPassword: string; newPassword: string },
  token: string | null,
): Promise<Result<void>> {
  const proven = await provePassword(deps, actor, input.currentPassword);
  if (!proven.ok) return proven;
  const passwordHash = await hashPassword(input.newPassword);
  return changeProven(deps, proven.value, () => {
    deps.store.staff.setPasswordHash(actor.staffId, passwordHash);
    deps.store.sessionList.endAll(actor.staffId, token === null ? '' : nameOfSession(deps, token));
    recordChange(deps, actor, actor.staffId, 'change_password', {}, {});
    return ok(undefined);
  });
}

/** A fresh secret for an authenticator app. Nothing is kept until a code proves that the app has it. */
export function offerSecondFactor(deps: ServiceDeps, actor: StaffActor): Result<SecondFactorOffer> {
  const account = deps.store.staff.byId(actor.staffId);
  if (!account) return err(appErrorOf('staff_not_found'));
  if (account.totpSecret !== null) return err(appErrorOf('second_factor_on'));
  const secret = newTotpSecret(deps.ids);
  return ok({ secret, uri: totpUri(secret, deps.store.settings.get().siteName, account.username) });
}

/** Switches the second factor on: password_wrong, login_locked, two_factor_wrong, second_factor_on. */
export async function confirmSecondFactor(
  deps: ServiceDeps,
  actor: StaffActor,
  input: { secret: string; code: string; currentPassword: string },
): Promise<Result<Profile>> {
  const proven = await provePassword(deps, actor, input.currentPassword);
  if (!proven.ok) return proven;
  return changeProven(deps, proven.value, (account) => {
    if (account.totpSecret !== null) return err(appErrorOf('second_factor_on'));
    // The step is used up: the code on the screen now does not sign anyone in.
    const step = acceptedTotpStep(input.secret, input.code.replace(/\s/g, ''), deps.clock.now(), null);
    if (step === null) return err(appErrorOf('two_factor_wrong', { field: 'code' }));
    deps.store.staff.setTotp(account.id, input.secret, step);
    recordChange(deps, actor, account.id, 'set_second_factor', { isOn: true }, { isOn: false });
    return profileOf(deps, actor);
  });
}

export async function dropSecondFactor(
  deps: ServiceDeps,
  actor: StaffActor,
  currentPassword: string,
): Promise<Result<Profile>> {
  const proven = await provePassword(deps, actor, currentPassword);
  if (!proven.ok) return proven;
  return changeProven(deps, proven.value, (account) => {
    deps.store.staff.setTotp(account.id, null, null);
    const before = { isOn: account.totpSecret !== null };
    recordChange(deps, actor, account.id, 'set_second_factor', { isOn: false }, before);
    return profileOf(deps, actor);
  });
}

/**
 * Whoever sits at an open window proves to be its owner. Failures count like those of signing in, under a key of
 * their own: guessing here must not be cheaper, nor lock the owner's sign-in.
 */
async function provePassword(
  deps: ServiceDeps,
  actor: StaffActor,
  password: string,
): Promise<Result<StaffAccount>> {
  const policy = lockoutPolicy(deps);
  const key = lockKey({ kind: 'staff', staffId: actor.staffId }, { kind: 'profile' });
  const { sessions, staff } = deps.store;
  // Counted before the hash is checked, so that parallel guesses do not all run before the first one counts.
  const counted = deps.store.write(() => {
    const now = deps.clock.now();
    const failed = sessions.attempts(key);
    if (isLockedOut(failed, policy, now))
      return err(appErrorOf('login_locked', { details: { minutes: policy.minutes } }));
    sessions.setAttempts(key, countedAttempts(failed, policy, now) + 1, now);
    return ok(undefined);
  });
  if (!counted.ok) return counted;
  const account = staff.byId(actor.staffId);
  const isRight = account !== undefined && (await verifyPassword(account.passwordHash, password));
  if (!isRight) return err(appErrorOf('password_wrong', { field: 'currentPassword' }));
  return deps.store.write(() => {
    sessions.clearAttempts(key);
    return ok(account);
  });
}

/** Hashing took a while: the account must still be the one that was proven. */
function changeProven<T>(
  deps: ServiceDeps,
  proven: StaffAccount,
  change: (account: StaffAccount) => Result<T>,
): Result<T> {
  return deps.store.write(() => {
    const account = deps.store.staff.byId(proven.id);
    const isSame = account?.isActive === true && account.passwordHash === proven.passwordHash;
    return isSame ? change(account) : err(appErrorOf('password_wrong', { field: 'currentPassword' }));
  });
}
