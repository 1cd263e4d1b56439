import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import type { ConnectAccountInput } from '../../../../shared/contract/sync.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { hashPassword } from '../../access/passwords.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { connectProblemOf } from '../denials.ts';
import { isPermissionMissing, type RemoteFailure, type RemoteStaff } from '../remote.ts';
import { findSite, type Site } from './findSite.ts';
import { remoteAt, TOKEN_PURPOSE } from './openRemote.ts';

/** What was found out on the way, for the person who connects. */
export interface Connected {
  /** Of the site, as it was found. */
  readonly url: string;
  readonly staff: RemoteStaff;
  readonly departments: number;
  readonly tickets: number;
  /** Permissions that the token lacks, in the server's words: what can't be done from here. */
  readonly missing: readonly string[];
}

/**
 * Makes an empty desk the mirror of a HelpDeskZ: address, token, permissions and the own account are tried in this
 * order, and nothing is written before all of them hold. The password is checked there once and kept as an argon2id
 * verifier, so that the desk opens without a network; without one the first sign-in has to reach the server. The token
 * is sealed.
 */
export async function connectDesk(deps: ServiceDeps, input: ConnectAccountInput): Promise<Result<Connected>> {
  if (deps.store.remoteDesk.get()) return err(appErrorOf('already_connected'));
  if (deps.store.staff.all().length > 0) return err(appErrorOf('already_installed'));
  const found = await explore(await findSite(deps, input.url, input.token), input);
  if (!found.ok) return found;
  const sealed = await deps.secrets.seal(input.token, TOKEN_PURPOSE);
  if (!sealed.ok) return sealed;
  const passwordHash = await verifierOf(input);
  const connected = deps.store.write(() => {
    if (deps.store.staff.all().length > 0) return err(appErrorOf('already_installed'));
    enter(deps, found.value, { tokenSealed: sealed.value, passwordHash });
    deps.store.remoteDesk.set('ticketsExpected', found.value.tickets);
    return ok(found.value);
  });
  if (connected.ok) deps.events.publish({ type: 'desk_changed', what: 'sync' });
  return connected;
}

/**
 * A desk that was disconnected goes on where it was: with the same server and account, and a token and a password that
 * it takes; without a password the one that opened it still does. already_connected, other_server, and what connecting
 * says.
 */
export async function reconnectDesk(
  deps: ServiceDeps,
  input: ConnectAccountInput,
): Promise<Result<Connected>> {
  const { store } = deps;
  const desk = store.remoteDesk.get();
  if (!desk) return err(appErrorOf('not_connected'));
  if (desk.pausedCode !== 'remote_disconnected') return err(appErrorOf('already_connected'));
  const found = await explore(await findSite(deps, input.url, input.token), input);
  if (!found.ok) return found;
  const { url, staff } = found.value;
  if (!isSameSite(url, desk.url)) return err(appErrorOf('other_server', { field: 'url' }));
  if (staff.id !== desk.staffId) return err(appErrorOf('other_server', { field: 'username' }));
  const sealed = await deps.secrets.seal(input.token, TOKEN_PURPOSE);
  if (!sealed.ok) return sealed;
  const passwordHash = await verifierOf(input);
  return store.write(() => {
    store.remoteDesk.set('tokenSealed', sealed.value);
    store.remoteDesk.set('pausedCode', null);
    store.remoteDesk.set('listsAt', null);
    if (passwordHash !== null) store.staff.setPasswordHash(desk.staffId, passwordHash);
    return ok(found.value);
  });
}

async function verifierOf({ password }: ConnectAccountInput): Promise<string | null> {
  return password === undefined ? null : hashPassword(password);
}

/** Moved to TLS it is still the same. */
const isSameSite = (a: string, b: string): boolean => a.replace(/^https?:/, '') === b.replace(/^https?:/, '');

/**
 * Another token for the same server: tried before it takes the old one's place, and what was paused goes on. It must
 * be one of that server, since the rows here carry its ids.
 */
export async function replaceToken(deps: ServiceDeps, token: string): Promise<Result<void>> {
  const desk = deps.store.remoteDesk.get();
  if (!desk) return err(appErrorOf('not_connected'));
  // That takes the password as well: time has passed.
  if (desk.pausedCode === 'remote_disconnected') return err(appErrorOf('remote_disconnected'));
  const tickets = await remoteAt(deps, desk.url, token, deps.httpFetch).listTickets({ page: 1 });
  if (!tickets.ok) return err(connectProblemOf(tickets.error, 'token'));
  const sealed = await deps.secrets.seal(token, TOKEN_PURPOSE);
  if (!sealed.ok) return sealed;
  return deps.store.write(() => {
    deps.store.remoteDesk.set('tokenSealed', sealed.value);
    if (desk.pausedCode !== 'remote_restored') deps.store.remoteDesk.set('pausedCode', null);
    return ok(undefined);
  });
}

/** Asks the server, endpoint by endpoint, what the token lacks. */
export async function missingOf(deps: ServiceDeps): Promise<Result<string[]>> {
  const desk = deps.store.remoteDesk.get();
  if (!desk) return err(appErrorOf('not_connected'));
  const token = await deps.secrets.open(desk.tokenSealed, TOKEN_PURPOSE);
  if (!token.ok) return token;
  const remote = remoteAt(deps, desk.url, token.value, deps.httpFetch);
  const departments = await remote.listDepartments();
  if (!departments.ok && !isPermissionMissing(departments.error))
    return err(connectProblemOf(departments.error, 'url'));
  return ok([...(await remote.missingPermissions())]);
}

function enter(
  { store, clock }: ServiceDeps,
  { url, staff }: Connected,
  secrets: { tokenSealed: string; passwordHash: string | null },
): void {
  const now = clock.now();
  const staffId = staff.id as StaffId;
  store.remoteDirectory.upsertStaff({ ...staff, now });
  if (secrets.passwordHash !== null) store.staff.setPasswordHash(staffId, secrets.passwordHash);
  // The token's view is everybody's view: departments of agents are not in the API (behaviour.md 2.7).
  store.staff.update(staffId, { ...staff, role: 'admin', isActive: true });
  store.settings.set({ siteName: new URL(url).host, siteUrl: url });
  store.remoteDesk.insert({
    kind: 'helpdeskz',
    url,
    staffId,
    username: staff.username,
    tokenSealed: secrets.tokenSealed,
    connectedAt: now,
  });
}

async function explore(
  { url, remote, departments }: Site,
  input: ConnectAccountInput,
): Promise<Result<Connected>> {
  if (!departments.ok && !isPermissionMissing(departments.error))
    return err(connectProblemOf(departments.error, 'url'));
  const tickets = await remote.listTickets({ page: 1 });
  if (!tickets.ok) return err(connectProblemOf(tickets.error, 'token'));
  const staff = await remote.listStaff();
  if (!staff.ok) return err(connectProblemOf(staff.error, 'token'));
  const own = staff.value.find(({ username }) => username.toLowerCase() === input.username.toLowerCase());
  if (!own) return err(appErrorOf('remote_staff_unknown', { field: 'username' }));
  const { username, password, code } = input;
  const signedIn = password === undefined ? null : await remote.signIn({ username, password, code });
  if (signedIn && !signedIn.ok) return err(signInProblem(signedIn.error));
  return ok({
    url,
    staff: own,
    departments: departments.ok ? departments.value.length : 0,
    tickets: tickets.value.total,
    missing: await remote.missingPermissions(),
  });
}

/** The server's own words: «attempt 2 of 3» is what the person must know. */
export function signInProblem(failure: RemoteFailure): AppError {
  if (failure.kind !== 'refused') return connectProblemOf(failure, 'password');
  if (failure.detail === 'Account is locked.')
    return appErrorOf('remote_staff_locked', { field: 'username' });
  const isCode = /two-factor/i.test(failure.detail);
  const code = isCode ? 'two_factor_missing' : 'remote_sign_in_refused';
  return appErrorOf(code, {
    field: isCode ? 'code' : 'password',
    details: { detail: failure.detail },
    message: `The server says: ${failure.detail}`,
  });
}
