import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { ok, type Result } from '../../../shared/util/result.ts';
import { verifyNobody, verifyPassword } from '../access/passwords.ts';
import { acceptedTotpStep } from '../access/totp.ts';
import { countedAttempts, isLockedOut, type LockoutPolicy } from '../domain/lockout.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';

export interface StaffCredentials {
  readonly username: string;
  readonly password: string;
  /** Six digits; missing or empty = none was given. */
  readonly code?: string | undefined;
  /** What failed attempts are counted under. */
  readonly lockKey: string;
  /** For the sign-in log. */
  readonly address: string;
  readonly userAgent: string;
}

/** `attempt` of `limit` failures; the sign-in is locked for `minutes` once they are equal. */
export type StaffCheck =
  | { readonly kind: 'ok'; readonly staffId: StaffId }
  | { readonly kind: 'locked'; readonly limit: number; readonly minutes: number }
  | { readonly kind: 'wrong'; readonly attempt: number; readonly limit: number }
  | { readonly kind: 'inactive' }
  | { readonly kind: 'code_missing' }
  | { readonly kind: 'code_wrong'; readonly attempt: number; readonly limit: number };

const running = new Map<string, Promise<unknown>>();

/** One check at a time per lock key: parallel guesses must not all run before the first failure is counted. */
function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
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
 * app and the API (behaviour.md 2.7). A success clears the failures under its lock key.
 */
export function checkStaff(deps: ServiceDeps, credentials: StaffCredentials): Promise<Result<StaffCheck>> {
  return oneAtATime(credentials.lockKey, () => check(deps, credentials));
}

async function check(deps: ServiceDeps, credentials: StaffCredentials): Promise<Result<StaffCheck>> {
  const policy = policyOf(deps);
  const failed = deps.store.sessions.attempts(credentials.lockKey);
  if (isLockedOut(failed, policy, deps.clock.now())) {
    return ok({ kind: 'locked', limit: policy.attempts, minutes: policy.minutes });
  }
  const account = deps.store.staff.byUsername(credentials.username);
  const isRight = account
    ? await verifyPassword(account.passwordHash, credentials.password)
    : await verifyNobody(credentials.password);
  // Read again: hashing took a while, and a code must not be accepted twice.
  return deps.store.write(() => {
    const current = account && deps.store.staff.byId(account.id);
    const isProven = isRight && current?.passwordHash === account?.passwordHash;
    return ok(decide(deps, credentials, isProven ? current : undefined, account?.id));
  });
}

function policyOf(deps: ServiceDeps): LockoutPolicy {
  const { loginAttempts, loginLockMinutes } = deps.store.settings.get();
  return { attempts: loginAttempts, minutes: loginLockMinutes };
}

function decide(
  deps: ServiceDeps,
  credentials: StaffCredentials,
  proven: StaffAccount | undefined,
  namedId: StaffId | undefined,
): StaffCheck {
  if (!proven) return { kind: 'wrong', ...countFailure(deps, credentials, namedId) };
  if (!proven.isActive) return { kind: 'inactive' };
  if (proven.totpSecret !== null) {
    if (!credentials.code) return { kind: 'code_missing' };
    const now = deps.clock.now();
    const step = acceptedTotpStep(proven.totpSecret, credentials.code, now, proven.totpLastStep);
    if (step === null) return { kind: 'code_wrong', ...countFailure(deps, credentials, proven.id) };
    deps.store.staff.setTotpStep(proven.id, step);
  }
  deps.store.sessions.clearAttempts(credentials.lockKey);
  deps.store.staff.recordLogin(proven.id, deps.clock.now());
  writeLog(deps, credentials, proven.id, true);
  return { kind: 'ok', staffId: proven.id };
}

function countFailure(
  deps: ServiceDeps,
  credentials: StaffCredentials,
  staffId: StaffId | undefined,
): { attempt: number; limit: number } {
  const policy = policyOf(deps);
  const now = deps.clock.now();
  const attempt = countedAttempts(deps.store.sessions.attempts(credentials.lockKey), policy, now) + 1;
  deps.store.sessions.setAttempts(credentials.lockKey, attempt, now);
  writeLog(deps, credentials, staffId ?? null, false);
  return { attempt, limit: policy.attempts };
}

function writeLog(
  deps: ServiceDeps,
  credentials: StaffCredentials,
  staffId: StaffId | null,
  succeeded: boolean,
): void {
  const { username, address, userAgent } = credentials;
  deps.store.sessions.log({
    staffId,
    // A password typed into the wrong field would end up here.
    username: staffId === null ? '' : username,
    address,
    userAgent,
    succeeded,
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
