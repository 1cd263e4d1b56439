import { setImmediate } from 'node:timers/promises';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { SignInRecord, StaffSession } from '../../../shared/contract/people.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { hashToken } from '../access/tokenHash.ts';
import type { StaffActor } from '../domain/actor.ts';
import type { ServiceDeps } from './context.ts';
import { sessionLifetimeMs } from './sessions.ts';
import { recordChange } from './staffAdmin.ts';

const SIGN_INS = 100;
const LOG_KEPT_MS = 365 * 24 * 60 * 60 * 1000;
const REMOVED_AT_ONCE = 500;
/** Failures are whatever a stranger makes of them: they never push out who was really here. */
const LOG_KEPT = { succeeded: 200_000, failed: 20_000 };

/** Where a staff member is signed in; `token` is the session of whoever asks. */
export function listSessions(deps: ServiceDeps, staffId: StaffId, token: string | null): StaffSession[] {
  const own = token === null ? '' : nameOfSession(deps, token);
  const now = deps.clock.now();
  return deps.store.sessionList
    .ofStaff(staffId, now)
    .filter(({ lastSeenAt }) => lastSeenAt + sessionLifetimeMs(deps) > now)
    .map((session) => ({ ...session, isThis: session.id === own }));
}

/** Signs one browser out; its event stream ends with it. not_found when it is over already. */
export function endSession(
  deps: ServiceDeps,
  actor: StaffActor,
  staffId: StaffId,
  sessionId: string,
): Result<void> {
  return deps.store.write(() => {
    if (!deps.store.sessionList.end(staffId, sessionId)) return err(appErrorOf('not_found'));
    recordChange(deps, actor, staffId, 'end_session', {}, {});
    return ok(undefined);
  });
}

/** The newest hundred sign-ins, failed ones too; null = everyone's. */
export function signInLog(deps: ServiceDeps, staffId: StaffId | null): SignInRecord[] {
  return deps.store.sessionList.signIns(staffId, SIGN_INS);
}

/** Forgets sign-ins of more than a year, and the oldest beyond `kept`, some at a time. */
export async function removeOldSignIns(
  { store: { sessions }, clock }: Pick<ServiceDeps, 'store' | 'clock'>,
  stopping: AbortSignal = new AbortController().signal,
  kept: typeof LOG_KEPT = LOG_KEPT,
): Promise<void> {
  const before = clock.now() - LOG_KEPT_MS;
  const steps = [
    () => sessions.removeLogBefore(before, REMOVED_AT_ONCE),
    () => sessions.removeLogBeyond(kept.failed, false, REMOVED_AT_ONCE),
    () => sessions.removeLogBeyond(kept.succeeded, true, REMOVED_AT_ONCE),
  ];
  for (const step of steps) {
    while (!stopping.aborted && step() === REMOVED_AT_ONCE) await setImmediate();
  }
}

/** What the lists call the session that `token` opens. */
export function nameOfSession(deps: ServiceDeps, token: string): string {
  return deps.store.sessionList.nameOf(hashToken(token));
}
