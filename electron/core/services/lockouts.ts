import { createHash } from 'node:crypto';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { Lockout } from '../../../shared/contract/security.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { plainAddress } from '../access/ipList.ts';
import type { StaffActor } from '../domain/actor.ts';
import {
  type AddressSource,
  countedAttempts,
  everywherePolicy,
  isLockedOut,
  type LockoutPolicy,
  type LockSubject,
  lockKey,
  lockPlace,
  parseLockKey,
} from '../domain/lockout.ts';
import type { ServiceDeps } from './context.ts';
import { logOperation } from './operationLog.ts';

/** Addresses someone signed in from this long ago still count as theirs. */
const KNOWN_MS = 90 * 24 * 60 * 60 * 1000;

/** What a sign-in’s failures are counted under: its own address, and the account over all addresses. */
export interface SignInKeys {
  readonly own: string;
  /** null = from this machine, which can't be many addresses. */
  readonly everywhere: string | null;
}

export function signInKeys(
  from: { username: string; address: string; addressFrom: AddressSource },
  staffId: StaffId | undefined,
): SignInKeys {
  const subject: LockSubject =
    staffId === undefined
      ? { kind: 'nobody', nameHash: hashOfName(from.username) }
      : { kind: 'staff', staffId };
  const place = lockPlace(plainAddress(from.address), from.addressFrom);
  return {
    own: lockKey(subject, place),
    everywhere: place.kind === 'this_machine' ? null : lockKey(subject, { kind: 'everywhere' }),
  };
}

function hashOfName(username: string): string {
  return createHash('sha256').update(username.toLowerCase()).digest('hex').slice(0, 16);
}

export function lockoutPolicy(deps: ServiceDeps): LockoutPolicy {
  const { loginAttempts, loginLockMinutes } = deps.store.settings.get();
  return { attempts: loginAttempts, minutes: loginLockMinutes };
}

/**
 * Whether nobody may sign in now as this account from this address. An account that is guessed at from many
 * addresses closes to all but those it was used from: whoever attacks it must not lock its owner out.
 */
export function isLocked(
  deps: ServiceDeps,
  keys: SignInKeys,
  staffId: StaffId | undefined,
  address: string,
): boolean {
  const { sessions } = deps.store;
  const now = deps.clock.now();
  const policy = lockoutPolicy(deps);
  if (isLockedOut(sessions.attempts(keys.own), policy, now)) return true;
  if (keys.everywhere === null) return false;
  if (!isLockedOut(sessions.attempts(keys.everywhere), everywherePolicy(policy), now)) return false;
  const isKnown = staffId !== undefined && sessions.isKnownAddress(staffId, address, now - KNOWN_MS);
  return !isKnown;
}

/** Counts a failure; answers how many there are under its own key. Part of the caller's transaction. */
export function countFailure(deps: ServiceDeps, keys: SignInKeys): { attempt: number; limit: number } {
  const policy = lockoutPolicy(deps);
  if (keys.everywhere !== null) count(deps, keys.everywhere, policy);
  return { attempt: count(deps, keys.own, policy), limit: policy.attempts };
}

function count(deps: ServiceDeps, key: string, policy: LockoutPolicy): number {
  const now = deps.clock.now();
  const attempts = countedAttempts(deps.store.sessions.attempts(key), policy, now) + 1;
  deps.store.sessions.setAttempts(key, attempts, now);
  return attempts;
}

export function clearFailures(deps: ServiceDeps, keys: SignInKeys): void {
  deps.store.sessions.clearAttempts(keys.own);
}

/** Everything that is locked now, the newest first. */
export function listLockouts(deps: ServiceDeps): Lockout[] {
  const now = deps.clock.now();
  const policy = lockoutPolicy(deps);
  const lockMs = policy.minutes * 60_000;
  return deps.store.sessions.failuresSince(now - lockMs).flatMap(({ key, attempts, lastAt }) => {
    const known = parseLockKey(key);
    if (!known) return [];
    const { subject, place } = known;
    const limits = place.kind === 'everywhere' ? everywherePolicy(policy) : policy;
    if (!isLockedOut({ attempts, lastAt }, limits, now)) return [];
    const address = place.kind === 'address' ? place.address : null;
    return [
      { key, staff: staffOf(deps, subject), from: place.kind, address, attempts, until: lastAt + lockMs },
    ];
  });
}

function staffOf(deps: ServiceDeps, subject: LockSubject): Lockout['staff'] {
  const account = subject.kind === 'staff' ? deps.store.staff.byId(subject.staffId as StaffId) : undefined;
  return account ? { id: account.id, name: account.name, username: account.username } : null;
}

/** Lets someone in again before the time is over; not_found when it is over already. */
export function releaseLockout(deps: ServiceDeps, actor: StaffActor, key: string): Result<void> {
  return deps.store.write(() => {
    const known = parseLockKey(key);
    if (!known || !deps.store.sessions.clearAttempts(key)) return err(appErrorOf('not_found'));
    const staffId = known.subject.kind === 'staff' ? known.subject.staffId : null;
    const payload = { staffId, from: known.place };
    logOperation(deps, actor, { groupId: deps.ids.group(), kind: 'release_lockout', payload, before: {} });
    deps.events.publish({ type: 'desk_changed', what: 'staff' });
    return ok(undefined);
  });
}

/** Forgets every failure of one account: whoever proved to be its owner, or whom an administrator helps. */
export function forgetFailures(deps: ServiceDeps, staffId: StaffId): void {
  for (const { key } of deps.store.sessions.failuresSince(0)) {
    const subject = parseLockKey(key)?.subject;
    if (subject?.kind === 'staff' && subject.staffId === staffId) deps.store.sessions.clearAttempts(key);
  }
}

/** Failures that count no more. */
export function removeOldFailures(deps: ServiceDeps): void {
  deps.store.sessions.forgetAttemptsBefore(deps.clock.now() - lockoutPolicy(deps).minutes * 60_000);
}
