import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { SourceId, StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { hashToken } from '../access/tokenHash.ts';
import type { StaffActor } from '../domain/actor.ts';
import { scopeFor } from '../domain/rights.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';
import { checkStaff, signInError } from './staffAuth.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A session's last use is written this often at most. */
const TOUCH_MS = 10 * 60 * 1000;
const TOKEN_LENGTH = 43;

/** Where a sign-in comes from. */
export interface Peer {
  readonly address: string;
  readonly userAgent: string;
}

export interface SignedIn {
  readonly token: string;
  readonly staffId: StaffId;
  /** Set when a recovery code was used up for it. */
  readonly recoveryCodesLeft: number | null;
}

/** Signs a staff member in to the app: bad_credentials, login_locked, account_locked, two_factor_missing/wrong. */
export async function signIn(
  deps: ServiceDeps,
  input: { username: string; password: string; code?: string | undefined },
  peer: Peer,
): Promise<Result<SignedIn>> {
  const checked = await checkStaff(deps, {
    username: input.username.trim(),
    password: input.password,
    code: input.code?.replace(/\s/g, ''),
    addressFrom: 'peer',
    ...peer,
  });
  if (!checked.ok) return checked;
  const outcome = checked.value;
  if (outcome.kind !== 'ok') return err(signInError(outcome) ?? appErrorOf('bad_credentials'));
  const { staffId, usedRecoveryCode } = outcome;
  const token = openSession(deps, staffId, peer);
  if (!token.ok) return token;
  const recoveryCodesLeft = usedRecoveryCode ? deps.store.recovery.codesLeft(staffId) : null;
  return ok({ token: token.value, staffId, recoveryCodesLeft });
}

/** How long a session lives without being used. */
export function sessionLifetimeMs(deps: ServiceDeps): number {
  return deps.store.settings.get().sessionDays * DAY_MS;
}

/** A session for someone who has just proved to be that person; answers its opaque token, stored hashed. */
export function openSession(
  deps: ServiceDeps,
  staffId: StaffId,
  peer: Peer,
  /** The other system that said who it is. */
  sourceId: SourceId | null = null,
): Result<string> {
  const token = deps.ids.secret(TOKEN_LENGTH);
  return deps.store.write(() => {
    const now = deps.clock.now();
    deps.store.sessions.removeExpired(now);
    deps.store.sessions.insert({
      tokenHash: hashToken(token),
      staffId,
      now,
      expiresAt: now + sessionLifetimeMs(deps),
      sourceId,
      ...peer,
    });
    return ok(token);
  });
}

export function signOut(deps: ServiceDeps, token: string): void {
  deps.store.write(() => {
    deps.store.sessions.remove(hashToken(token));
    return ok(undefined);
  });
}

/** Who holds this session, or null when it ended, or the account was switched off. Use keeps a session alive. */
export function authenticate(deps: ServiceDeps, token: string): StaffActor | null {
  const tokenHash = hashToken(token);
  const session = deps.store.sessions.byHash(tokenHash);
  const now = deps.clock.now();
  if (!session) return null;
  // A shorter time counts at once, also for sessions that were opened under a longer one.
  if (Math.min(session.expiresAt, session.lastSeenAt + sessionLifetimeMs(deps)) <= now) return null;
  const account = deps.store.staff.byId(session.staffId);
  if (!account?.isActive) return null;
  if (now - session.lastSeenAt >= TOUCH_MS) {
    deps.store.write(() => {
      deps.store.sessions.touch(tokenHash, now, now + sessionLifetimeMs(deps));
      return ok(undefined);
    });
  }
  return actorOf(account);
}

/** What an account may see and in whose name it acts. */
export function actorOf({ id, name, role, departmentIds }: StaffAccount): StaffActor {
  return { kind: 'staff', staffId: id, name, role, scope: scopeFor(role, departmentIds) };
}
