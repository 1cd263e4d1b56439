import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { Profile, SecondFactorOffer, UpdateProfileInput } from '../../../shared/contract/people.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { hashPassword, verifyPassword } from '../access/passwords.ts';
import { newRecoveryCodes, recoveryCodeHash } from '../access/recoveryCodes.ts';
import { acceptedTotpStep, newTotpSecret, totpUri } from '../access/totp.ts';
import type { StaffActor } from '../domain/actor.ts';
import { countedAttempts, isLockedOut, lockKey } from '../domain/lockout.ts';
import { purifyHtml } from '../html/purify.ts';
import { htmlToText } from '../html/text.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';
import { lockoutPolicy } from './lockouts.ts';
import { sealSecondFactor } from './secondFactor.ts';
import { nameOfSession } from './sessionList.ts';
import { isTimeZone } from './settings.ts';
import { emailProblem, recordChange } from './staffAdmin.ts';

export function profileOf(deps: ServiceDeps, actor: StaffActor): Result<Profile> {
  const account = deps.store.staff.byId(actor.staffId);
  if (!account) return err(appErrorOf('staff_not_found'));
  const { username, name, email, totpSecret, timeZone, signatureHtml } = account;
  const recoveryCodesLeft = deps.store.recovery.codesLeft(actor.staffId);
  const hasSecondFactor = totpSecret !== null;
  return ok({ username, name, email, hasSecondFactor, recoveryCodesLeft, timeZone, signatureHtml });
}

/** Changes what is given: staff_email_taken, invalid_input (a time zone that is not known here). */
export function updateProfile(
  deps: ServiceDeps,
  actor: StaffActor,
  input: UpdateProfileInput,
): Result<Profile> {
  return deps.store.write(() => {
    const account = deps.store.staff.byId(actor.staffId);
    if (!account) return err(appErrorOf('staff_not_found'));
    const before = ownFields(account);
    const after = { ...before, ...definedOf(input) };
    if (input.signatureHtml !== undefined) after.signatureHtml = cleanSignature(input.signatureHtml);
    const problem =
      serverFieldProblem(deps, before, after) ??
      emailProblem(deps, after.email, account) ??
      timeZoneProblem(after.timeZone);
    if (problem) return err(problem);
    deps.store.staff.update(account.id, { ...account, name: after.name, email: after.email });
    deps.store.staff.setOwn(account.id, after);
    recordChange(deps, actor, account.id, 'update_staff', after, before);
    return profileOf(deps, actor);
  });
}

/** Name and address come from the server of a remote workspace, and would be back with the next sync. */
function serverFieldProblem(
  { store }: ServiceDeps,
  before: Record<'name' | 'email', string>,
  after: Record<'name' | 'email', string>,
) {
  const field = (['name', 'email'] as const).find((one) => before[one] !== after[one]);
  return field && store.remoteDesk.get() ? appErrorOf('belongs_to_server', { field }) : undefined;
}

function ownFields({ name, email, timeZone, signatureHtml }: StaffAccount) {
  return { name, email, timeZone, signatureHtml };
}

const definedOf = (input: UpdateProfileInput): Partial<ReturnType<typeof ownFields>> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

function timeZoneProblem(timeZone: string) {
  const isFine = timeZone === '' || isTimeZone(timeZone);
  return isFine
    ? undefined
    : appErrorOf('invalid_input', { field: 'timeZone', message: 'This time zone is not known here.' });
}

/** Words and links: a picture would have to be a file of every mail. */
function cleanSignature(html: string): string {
  const clean = purifyHtml(html).replace(/<img\b[^>]*>/gi, '');
  return htmlToText(clean).trim() === '' ? '' : clean;
}

/** The server's API has no call that changes it, and another one here would only lead astray. */
const PASSWORD_OF_SERVER =
  'Your password is the one of your account on the server. Change it there; the next time you sign in, this desk can ask the server about the new one.';

/**
 * Takes the present password; every other session of the person ends: password_wrong, login_locked, belongs_to_server.
 */
export async function changePassword(
  deps: ServiceDeps,
  actor: StaffActor,
  input: { currentPassword: string; newPassword: string },
  token: string | null,
): Promise<Result<void>> {
  if (deps.store.remoteDesk.get())
    return err(appErrorOf('belongs_to_server', { message: PASSWORD_OF_SERVER }));
  const proven = await provePassword(deps, actor, input.currentPassword);
  if (!proven.ok) return proven;
  const passwordHash = await hashPassword(input.newPassword);
  return changeProven(deps, proven.value, () => {
    deps.store.staff.setPasswordHash(actor.staffId, passwordHash);
    deps.store.recovery.clearReset(actor.staffId);
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

export interface NewRecoveryCodes {
  readonly profile: Profile;
  /** Shown this once. */
  readonly recoveryCodes: string[];
}

/** Replaces the codes there were. Part of the caller's transaction. */
function renewCodes(deps: ServiceDeps, actor: StaffActor): Result<NewRecoveryCodes> {
  const recoveryCodes = newRecoveryCodes(deps.ids);
  const hashes = recoveryCodes.flatMap((code) => recoveryCodeHash(code) ?? []);
  deps.store.recovery.setCodes(actor.staffId, hashes);
  const profile = profileOf(deps, actor);
  return profile.ok ? ok({ profile: profile.value, recoveryCodes }) : profile;
}

/** Ten new recovery codes; the ones before stop working: password_wrong, login_locked, second_factor_off. */
export async function renewRecoveryCodes(
  deps: ServiceDeps,
  actor: StaffActor,
  currentPassword: string,
): Promise<Result<NewRecoveryCodes>> {
  const proven = await provePassword(deps, actor, currentPassword);
  if (!proven.ok) return proven;
  return changeProven(deps, proven.value, (account) => {
    if (account.totpSecret === null) return err(appErrorOf('second_factor_off'));
    recordChange(deps, actor, account.id, 'renew_recovery_codes', {}, {});
    return renewCodes(deps, actor);
  });
}

/** Switches the second factor on: password_wrong, login_locked, two_factor_wrong, second_factor_on; secrets_locked. */
export async function confirmSecondFactor(
  deps: ServiceDeps,
  actor: StaffActor,
  input: { secret: string; code: string; currentPassword: string },
): Promise<Result<NewRecoveryCodes>> {
  const proven = await provePassword(deps, actor, input.currentPassword);
  if (!proven.ok) return proven;
  const sealed = await sealSecondFactor(deps, actor.staffId, input.secret);
  if (!sealed.ok) return sealed;
  return changeProven(deps, proven.value, (account) => {
    if (account.totpSecret !== null) return err(appErrorOf('second_factor_on'));
    // The step is used up: the code on the screen now does not sign anyone in.
    const step = acceptedTotpStep(input.secret, input.code.replace(/\s/g, ''), deps.clock.now(), null);
    if (step === null) return err(appErrorOf('two_factor_wrong', { field: 'code' }));
    deps.store.staff.setTotp(account.id, sealed.value, step);
    recordChange(deps, actor, account.id, 'set_second_factor', { isOn: true }, { isOn: false });
    return renewCodes(deps, actor);
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
    deps.store.recovery.setCodes(account.id, []);
    const before = { isOn: account.totpSecret !== null };
    recordChange(deps, actor, account.id, 'set_second_factor', { isOn: false }, before);
    return profileOf(deps, actor);
  });
}

/**
 * Whoever sits at an open window proves to be its owner. Failures count like those of signing in, under a key of
 * their own: guessing here must not be cheaper, nor lock the owner's sign-in.
 */
export async function provePassword(
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
