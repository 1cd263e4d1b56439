import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { ok, type Result } from '../../../shared/util/result.ts';
import { verifyNobody, verifyPassword } from '../access/passwords.ts';
import { recoveryCodeHash } from '../access/recoveryCodes.ts';
import { acceptedTotpStep } from '../access/totp.ts';
import type { AddressSource } from '../domain/lockout.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import { appPasswordOf } from './appPasswordCheck.ts';
import type { ServiceDeps } from './context.ts';
import { clearFailures, countFailure, isLocked, type SignInKeys, signInKeys } from './lockouts.ts';
import { openSecondFactor } from './secondFactor.ts';

export interface StaffCredentials {
  readonly username: string;
  readonly password: string;
  /** Six digits, or a recovery code; missing or empty = none was given. */
  readonly code?: string | undefined;
  /**
   * What answers for a second factor where the client has no code: an app password, which such an account then
   * needs, or nothing, for a program that an admin trusts.
   */
  readonly insteadOfCode?: 'app_password' | 'nothing';
  /** Failures are counted by account and this address (domain/lockout.ts), which the sign-in log keeps, too. */
  readonly address: string;
  readonly addressFrom: AddressSource;
  readonly userAgent: string;
}

/** `attempt` of `limit` failures; the sign-in is locked for `minutes` once they are equal. */
export type StaffCheck =
  | {
      readonly kind: 'ok';
      readonly staffId: StaffId;
      readonly usedRecoveryCode: boolean;
      readonly appPasswordId?: number;
    }
  | { readonly kind: 'locked'; readonly limit: number; readonly minutes: number }
  | { readonly kind: 'wrong'; readonly attempt: number; readonly limit: number }
  | { readonly kind: 'inactive' }
  | { readonly kind: 'code_missing' }
  | { readonly kind: 'code_wrong'; readonly attempt: number; readonly limit: number };

const running = new Map<string, Promise<unknown>>();

/** One check at a time per account: parallel guesses must not all run before the first failure is counted. */
export function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = running.get(key) ?? Promise.resolve();
  const own = before.then(work);
  const settled = own.catch(() => undefined);
  running.set(key, settled);
  void settled.then(() => {
    if (running.get(key) === settled) running.delete(key);
  });
  return own;
}

/**
 * Checks user name, password and second factor, counts failures and writes the sign-in log: one rule for the
 * app and the API (behaviour.md 2.7). A success clears the failures of its account and address.
 */
export function checkStaff(deps: ServiceDeps, credentials: StaffCredentials): Promise<Result<StaffCheck>> {
  const isRight = (account: StaffAccount | undefined): Promise<boolean> =>
    account ? verifyPassword(account.passwordHash, credentials.password) : verifyNobody(credentials.password);
  return oneAtATime(credentials.username.toLowerCase(), () => check(deps, credentials, isRight));
}

/** The same for someone whose password another system has accepted. */
export function checkProven(
  deps: ServiceDeps,
  staffId: StaffId,
  from: Omit<StaffCredentials, 'username' | 'password'>,
): Promise<Result<StaffCheck>> {
  const username = deps.store.staff.byId(staffId)?.username ?? '';
  const credentials = { ...from, username, password: '' };
  return oneAtATime(username.toLowerCase(), () => check(deps, credentials, async () => true));
}

async function check(
  deps: ServiceDeps,
  credentials: StaffCredentials,
  isPasswordRight: (account: StaffAccount | undefined) => Promise<boolean>,
): Promise<Result<StaffCheck>> {
  const account = deps.store.staff.byUsername(credentials.username);
  const keys = signInKeys(credentials, account?.id);
  const { loginAttempts: limit, loginLockMinutes: minutes } = deps.store.settings.get();
  if (isLocked(deps, keys, account?.id, credentials.address)) return ok({ kind: 'locked', limit, minutes });
  const isRight = await isPasswordRight(account);
  // Only for whoever knows the password: a locked keychain is not everybody's business.
  const factor = await openFactor(deps, isRight ? account : undefined, credentials.code ?? '');
  if (!factor.ok) return factor;
  // Read again: hashing took a while, and a code must not be accepted twice.
  return deps.store.write(() => {
    const current = account && deps.store.staff.byId(account.id);
    const isSame =
      current?.passwordHash === account?.passwordHash && current?.totpSecret === account?.totpSecret;
    const appPasswordId = current && appPasswordOf(deps, current.id, credentials);
    // Without a field for a code, the password of an account that wants one proves nothing.
    const isHalf = credentials.insteadOfCode === 'app_password' && current?.totpSecret !== null;
    const proven = appPasswordId !== undefined || (isRight && isSame && !isHalf) ? current : undefined;
    const proof = proven && { ...proven, openFactor: factor.value, appPasswordId };
    return ok(decide(deps, credentials, keys, proof, account?.id));
  });
}

/** The secret of the authenticator app, where a code of it has to be checked. */
function openFactor(
  deps: ServiceDeps,
  account: StaffAccount | undefined,
  typed: string,
): Promise<Result<string | null>> | Result<null> {
  const isNeeded = account?.isActive && typed !== '' && !recoveryCodeHash(typed);
  return isNeeded ? openSecondFactor(deps, account) : ok(null);
}

/** An account whose password is right, with the secret that its code is checked against. */
interface Proven extends StaffAccount {
  readonly openFactor: string | null;
  /** The app password that stood for it. */
  readonly appPasswordId: number | undefined;
}

function decide(
  deps: ServiceDeps,
  credentials: StaffCredentials,
  keys: SignInKeys,
  proven: Proven | undefined,
  namedId: StaffId | undefined,
): StaffCheck {
  const fail = (staffId: StaffId | null) => {
    writeLog(deps, credentials, { staffId, succeeded: false, usedRecoveryCode: false });
    return countFailure(deps, keys);
  };
  if (!proven) return { kind: 'wrong', ...fail(namedId ?? null) };
  if (!proven.isActive) return { kind: 'inactive' };
  const factor =
    credentials.insteadOfCode === undefined ? secondFactor(deps, proven, credentials.code ?? '') : 'none';
  if (factor === 'missing') return { kind: 'code_missing' };
  if (factor === 'wrong') return { kind: 'code_wrong', ...fail(proven.id) };
  const usedRecoveryCode = factor === 'recovery_code';
  clearFailures(deps, keys);
  deps.store.staff.recordLogin(proven.id, deps.clock.now());
  writeLog(deps, credentials, { staffId: proven.id, succeeded: true, usedRecoveryCode });
  const signedIn = { kind: 'ok', staffId: proven.id, usedRecoveryCode } as const;
  const { appPasswordId } = proven;
  return appPasswordId === undefined ? signedIn : { ...signedIn, appPasswordId };
}

/** Uses the code up: six digits of the app's time step, or a recovery code. Neither works twice. */
function secondFactor(
  deps: ServiceDeps,
  { id, totpSecret, totpLastStep, openFactor }: Proven,
  typed: string,
): 'none' | 'missing' | 'wrong' | 'app_code' | 'recovery_code' {
  if (totpSecret === null) return 'none';
  if (typed === '') return 'missing';
  const now = deps.clock.now();
  const recovery = recoveryCodeHash(typed);
  if (recovery) return deps.store.recovery.spendCode(id, recovery, now) ? 'recovery_code' : 'wrong';
  // None was opened: never a bypass.
  const step = openFactor === null ? null : acceptedTotpStep(openFactor, typed, now, totpLastStep);
  if (step === null) return 'wrong';
  deps.store.staff.setTotpStep(id, step);
  return 'app_code';
}

function writeLog(
  deps: ServiceDeps,
  { username, address, userAgent }: StaffCredentials,
  outcome: { staffId: StaffId | null; succeeded: boolean; usedRecoveryCode: boolean },
): void {
  deps.store.sessions.log({
    ...outcome,
    // A password typed into the wrong field would end up here.
    username: outcome.staffId === null ? '' : username,
    address,
    userAgent,
    now: deps.clock.now(),
  });
}

/** The same outcome as an error for the app; undefined when the sign-in is fine. */
export function signInError(outcome: StaffCheck) {
  switch (outcome.kind) {
    case 'ok':
      return undefined;
    case 'locked':
      return appErrorOf('login_locked', { details: { minutes: outcome.minutes } });
    case 'wrong':
      return appErrorOf('bad_credentials', { details: attemptsOf(outcome) });
    case 'inactive':
      return appErrorOf('account_locked');
    case 'code_missing':
      return appErrorOf('two_factor_missing', { field: 'code' });
    case 'code_wrong':
      return appErrorOf('two_factor_wrong', { field: 'code', details: attemptsOf(outcome) });
  }
}

function attemptsOf({ attempt, limit }: { attempt: number; limit: number }) {
  return { attempt, limit };
}
