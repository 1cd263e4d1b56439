import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import { DIALECTS, type Dialect } from '../../../../shared/contract/dialects.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { ok, type Result } from '../../../../shared/util/result.ts';
import { hashToken } from '../../access/tokenHash.ts';
import type { ApiActor, StaffActor } from '../../domain/actor.ts';
import { apiPermissionsOf } from '../../domain/apiRights.ts';
import type { StaffAccount } from '../../store/repositories/staff.ts';
import type { ServiceDeps } from '../context.ts';
import { actorOf, type Peer } from '../sessions.ts';

export type { StaffAccount };

const MINUTE_MS = 60_000;

const isOn = (settings: DeskSettings, dialect: Dialect): boolean =>
  ({ octeth: settings.octethSignIn, forma: settings.formaSignIn, faveo: settings.faveoSignIn })[dialect].isOn;

/** Whether clients of a system are answered at all. */
export function isDialectOn(deps: ServiceDeps, dialect: Dialect): boolean {
  return isOn(deps.store.settings.get(), dialect);
}

/** A dialect that is off has no sessions: switched on again, nobody is signed in. Part of the caller's transaction. */
export function endSwitchedOff(deps: ServiceDeps, settings: DeskSettings): void {
  for (const dialect of DIALECTS) {
    if (!isOn(settings, dialect)) deps.store.dialects.endSessions(dialect, null);
  }
}

export interface NewDialectSession extends Peer {
  readonly dialect: Dialect;
  readonly account: StaffAccount;
  readonly appPasswordId: number | null;
  /** What the client will show; kept as a hash. */
  readonly token: string;
  readonly expiresAt: number;
  /** Ends the other sessions that the account has in this dialect. */
  readonly isOnly?: boolean;
}

/** A token of 32 hex digits, 128 bits. */
export function newHexToken(deps: ServiceDeps): string {
  return hashToken(deps.ids.secret(40)).toString('hex').slice(0, 32);
}

export function activeAccount(deps: ServiceDeps, id: StaffId): StaffAccount | null {
  const account = deps.store.staff.byId(id);
  return account?.isActive ? account : null;
}

/** Opens a session for someone who has just proven to be that person; answers nothing but disk problems. */
export function openDialectSession(deps: ServiceDeps, session: NewDialectSession): Result<void> {
  const { dialect, account, appPasswordId, token, expiresAt, address, userAgent, isOnly } = session;
  return deps.store.write(() => {
    const now = deps.clock.now();
    deps.store.sessions.removeExpired(now);
    if (isOnly) deps.store.dialects.endSessions(dialect, account.id);
    deps.store.dialects.openSession({
      tokenHash: hashToken(token),
      staffId: account.id,
      dialect,
      appPasswordId,
      now,
      expiresAt,
      address,
      userAgent,
    });
    return ok(undefined);
  });
}

/** The account whose client shows this token, or null when the session, the account or the dialect has ended. */
export function dialectAccount(
  deps: ServiceDeps,
  token: string,
  dialects: readonly Dialect[],
): StaffAccount | null {
  const tokenHash = hashToken(token);
  const session = deps.store.dialects.sessionByHash(tokenHash);
  const now = deps.clock.now();
  if (!session || session.expiresAt <= now || !dialects.includes(session.dialect)) return null;
  const account = activeAccount(deps, session.staffId);
  if (!account || !isDialectOn(deps, session.dialect)) return null;
  touch(deps, tokenHash, session);
  return account;
}

/** A use is written once a minute at most; Octeth's sessions live on with it, the others end when they said. */
function touch(
  deps: ServiceDeps,
  tokenHash: Buffer,
  session: { dialect: Dialect; lastSeenAt: number; expiresAt: number },
): void {
  const now = deps.clock.now();
  if (now - session.lastSeenAt < MINUTE_MS) return;
  const { sessionMinutes } = deps.store.settings.get().octethSignIn;
  const expiresAt = session.dialect === 'octeth' ? now + sessionMinutes * MINUTE_MS : session.expiresAt;
  deps.store.write(() => {
    deps.store.sessions.touch(tokenHash, now, expiresAt);
    return ok(undefined);
  });
}

/** Whoever calls the HelpDeskZ API as the staff member that a client of Forma LMS or Faveo signed in. */
export function bearerActor(deps: ServiceDeps, authorization: string | undefined): ApiActor | null {
  const token = bearerToken(authorization);
  const account = token === null ? null : dialectAccount(deps, token, ['forma', 'faveo']);
  if (!account) return null;
  const actor: StaffActor = actorOf(account);
  return { ...actor, permissions: apiPermissionsOf(account.role), boundTo: account.id };
}

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1). */
export function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1] ?? null;
}
