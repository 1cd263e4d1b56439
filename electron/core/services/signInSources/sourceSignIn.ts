import { type AppError, appErrorOf, ERROR_TEXT, type ErrorCode } from '../../../../shared/contract/errors.ts';
import { createStaffInput } from '../../../../shared/contract/people.ts';
import type { SourceSignInInput } from '../../../../shared/contract/sources.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import type { SourceId, StaffId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { SourceAccepted, SourceIdentity, SourceRefused } from '../../access/sources/dialect.ts';
import { hashToken } from '../../access/tokenHash.ts';
import { mapPerson, usernameFrom } from '../../domain/sourceMapping.ts';
import type { SourceRow } from '../../store/repositories/sources.ts';
import type { ServiceDeps } from '../context.ts';
import { clearFailures, countFailure, isLocked, type SignInKeys, signInKeys } from '../lockouts.ts';
import { serverOwnedRefusal } from '../serverOwned.ts';
import { openSession, type Peer, type SignedIn } from '../sessions.ts';
import { createStaff } from '../staffAdmin.ts';
import { checkProven, oneAtATime, signInError } from '../staffAuth.ts';
import { askSource, openSource } from './sourceCall.ts';
import { codeOf } from './sourceFailures.ts';

/** How long somebody has for the code of this desk's own second factor. */
const PENDING_MS = 5 * 60 * 1000;
const TOKEN_LENGTH = 43;

/**
 * Signs somebody in with an account of another system. Failures count as they do for an account of this desk; what
 * the other system says is in the error's `details.serverMessage`. Where the account here has a second factor of its
 * own, `two_factor_missing` comes with `details.pending`, for `finishSourceSignIn`.
 */
export function signInWithSource(
  deps: ServiceDeps,
  input: SourceSignInInput,
  peer: Peer,
): Promise<Result<SignedIn>> {
  const username = input.username.trim();
  return oneAtATime(`source ${username.toLowerCase()}`, () => signIn(deps, { ...input, username }, peer));
}

async function signIn(deps: ServiceDeps, input: SourceSignInInput, peer: Peer): Promise<Result<SignedIn>> {
  const source = deps.store.sources.byId(input.sourceId);
  if (!source?.isActive) return err(appErrorOf('source_not_found'));
  const named = deps.store.staff.byUsername(input.username)?.id;
  const keys = signInKeys({ username: input.username, address: peer.address, addressFrom: 'peer' }, named);
  if (isLocked(deps, keys, named, peer.address)) {
    const minutes = deps.store.settings.get().loginLockMinutes;
    return err(appErrorOf('login_locked', { details: { minutes } }));
  }
  const open = await openSource(deps, source);
  if (!open.ok) return open;
  const { username, password, captcha } = input;
  const code = input.code.replace(/\s/g, '');
  const typed = { captcha: captcha.trim(), captchaId: input.captchaId };
  const credentials = { username, password, code, ...typed, address: plain(peer.address) };
  const { outcome, status, failure } = await askSource(deps, open.value, credentials);
  const result = outcome.ok ? 'accepted' : outcome.reason;
  deps.log.info('source_sign_in', { sourceId: source.id, result, status, failure: failure?.kind ?? null });
  if (!outcome.ok)
    return refuse(deps, source, outcome, { keys, hasCode: code !== '', named, username, peer });
  const staffId = await staffOf(deps, source, outcome);
  if (!staffId.ok) return staffId;
  // Of a name that belongs to somebody else here nothing is forgotten: guesses at their account go on counting.
  // Of the own account it is `finish` that forgets, once the code was right too: else guesses at codes would be free.
  if (named === undefined) deps.store.write(() => ok(clearFailures(deps, keys)));
  return finish(deps, source, staffId.value, peer);
}

/** HelpDeskZ takes an address without the name of a network card. */
const plain = (address: string): string => address.replace(/%.*$/, '');

interface Attempt {
  readonly keys: SignInKeys;
  readonly hasCode: boolean;
  readonly named: StaffId | undefined;
  readonly username: string;
  readonly peer: Peer;
}

function refuse(
  deps: ServiceDeps,
  source: SourceRow,
  { reason, serverMessage, captcha }: SourceRefused,
  { keys, hasCode, named, username, peer }: Attempt,
): Result<never> {
  const isGuess = reason === 'bad_credentials' || (reason === 'second_factor' && hasCode);
  if (isGuess) {
    deps.store.write(() => {
      const staffId = named ?? null;
      const known = { staffId, username: staffId === null ? '' : username };
      const now = deps.clock.now();
      deps.store.sessions.log({ ...known, ...peer, succeeded: false, usedRecoveryCode: false, now });
      countFailure(deps, keys);
      return ok(undefined);
    });
  }
  const { id, image, text } = captcha ?? { id: null, image: null, text: null };
  const shown = { captchaId: id ?? '', captchaImage: image ?? '', captchaText: text ?? '' };
  const field = reason === 'second_factor' ? 'code' : reason === 'captcha' ? 'captcha' : undefined;
  const error = sourceError(source, codeOf(reason, hasCode), { serverMessage, ...shown });
  return err(field ? { ...error, field } : error);
}

/** An error that names the source. */
function sourceError(source: SourceRow, code: ErrorCode, details: AppError['details'] = {}): AppError {
  const message = ERROR_TEXT[code].replace('The other system', () => `«${source.name}»`);
  return appErrorOf(code, { message, details: { source: source.name, ...details } });
}

/** Whose account here it is; made where the source makes them. */
async function staffOf(
  deps: ServiceDeps,
  source: SourceRow,
  { identity }: SourceAccepted,
): Promise<Result<StaffId>> {
  const mapped = mapPerson(identity, source.matchBy, deps.store.staff.all());
  switch (mapped.kind) {
    case 'found':
      return ok(mapped.id);
    case 'unknown':
      return source.createsStaff
        ? newStaff(deps, source, identity)
        : err(sourceError(source, 'source_unknown_staff'));
    case 'ambiguous':
    case 'no_email':
    case 'not_staff':
      return err(sourceError(source, `source_${mapped.kind}`));
  }
}

/** An agent of the source's departments. Their password is nobody's: they sign in through the source. */
async function newStaff(
  deps: ServiceDeps,
  source: SourceRow,
  identity: SourceIdentity,
): Promise<Result<StaffId>> {
  const refusal = serverOwnedRefusal(deps, 'staff.create');
  if (refusal) return err(refusal);
  const { email } = identity;
  const username = usernameFrom(identity);
  if (username === null) return err(sourceError(source, 'source_unknown_staff'));
  const name = (identity.name ?? username).slice(0, LIMITS.staffNameLength);
  const { departmentIds } = source;
  const input = { username, name, email, role: 'agent', departmentIds, password: null };
  const parsed = createStaffInput.safeParse(input);
  if (!parsed.success) return err(sourceError(source, 'source_no_email'));
  const made = await createStaff(deps, { kind: 'system', name: source.name }, parsed.data);
  if (made.ok) return ok(made.value.staff.id);
  const isTaken = made.error.code === 'username_taken';
  return isTaken ? err(sourceError(source, 'source_username_taken')) : made;
}

/** The other system said yes; now what this desk asks besides: an active account, and its own second factor. */
async function finish(
  deps: ServiceDeps,
  source: SourceRow,
  staffId: StaffId,
  peer: Peer,
  code = '',
): Promise<Result<SignedIn>> {
  const checked = await checkProven(deps, staffId, { ...peer, code, addressFrom: 'peer' });
  if (!checked.ok) return checked;
  const outcome = checked.value;
  if (outcome.kind === 'code_missing') return pendingCode(deps, source.id, staffId);
  if (outcome.kind !== 'ok') return err(signInError(outcome) ?? appErrorOf('account_locked'));
  // It may have been switched off while it was asked.
  if (!deps.store.sources.byId(source.id)?.isActive) return err(appErrorOf('source_not_found'));
  const token = openSession(deps, staffId, peer, source.id);
  if (!token.ok) return token;
  // Setup shows how many sessions it has.
  deps.events.publish({ type: 'desk_changed', what: 'sources' });
  const recoveryCodesLeft = outcome.usedRecoveryCode ? deps.store.recovery.codesLeft(staffId) : null;
  return ok({ token: token.value, staffId, recoveryCodesLeft });
}

function pendingCode(deps: ServiceDeps, sourceId: SourceId, staffId: StaffId): Result<never> {
  const pending = deps.ids.secret(TOKEN_LENGTH);
  const written = deps.store.write(() => {
    const now = deps.clock.now();
    const tokenHash = hashToken(pending);
    deps.store.sources.addPending({ tokenHash, sourceId, staffId, expiresAt: now + PENDING_MS }, now);
    return ok(undefined);
  });
  if (!written.ok) return written;
  return err(appErrorOf('two_factor_missing', { field: 'code', details: { pending } }));
}

/** The second half where the account here has its own second factor: signed_out once the time is over. */
export async function finishSourceSignIn(
  deps: ServiceDeps,
  { pending, code }: { pending: string; code: string },
  peer: Peer,
): Promise<Result<SignedIn>> {
  const tokenHash = hashToken(pending);
  const waiting = deps.store.sources.pending(tokenHash, deps.clock.now());
  const source = waiting && deps.store.sources.byId(waiting.sourceId);
  if (!waiting || !source?.isActive) return err(appErrorOf('signed_out'));
  const done = await finish(deps, source, waiting.staffId, peer, code.replace(/\s/g, ''));
  if (done.ok) deps.store.write(() => ok(deps.store.sources.removePending(tokenHash)));
  return done;
}
