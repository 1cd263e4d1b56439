import type { InstallInput, StaffMember } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { hashPassword } from '../access/passwords.ts';
import type { ServiceDeps } from './context.ts';
import { isSiteUrl, isTimeZone } from './settings.ts';

export type SetupDeps = Pick<ServiceDeps, 'store' | 'clock' | 'events'>;

/** The step by which a person unlocks the setup of a desk that is set up: each unlocking serves once. */
export interface SetupLock {
  isOpen(): boolean;
  /** False when somebody else used it meanwhile. */
  use(): boolean;
}

/**
 * Sets the desk up in one transaction: of two that try at once exactly one wins. A desk that is set up answers
 * `already_installed` unless a person opened `lock`; then the desk gets its name and one more administrator, and
 * nothing else that is stored changes.
 */
export async function installDesk(
  deps: SetupDeps,
  input: InstallInput,
  lock: SetupLock,
): Promise<Result<StaffMember>> {
  const problem = wrongInput(input);
  if (problem) return err(problem);
  const passwordHash = await hashPassword(input.admin.password);
  const { store, events } = deps;
  const installed = store.write(() => {
    const isAgain = store.staff.all().length > 0;
    if (isAgain && !lock.isOpen()) return err(appErrorOf('already_installed'));
    if (store.staff.byUsername(input.admin.username)) {
      return err(appErrorOf('username_taken', { field: 'admin.username' }));
    }
    if (store.staff.otherByEmail(input.admin.email, null)) {
      return err(appErrorOf('staff_email_taken', { field: 'admin.email' }));
    }
    if (isAgain && !lock.use()) return err(appErrorOf('already_installed'));
    store.settings.set(settingsOf(input, isAgain));
    if (store.departments.all().length === 0) addDepartments(deps, input.departments);
    return ok(addAdmin(deps, input, passwordHash));
  });
  if (installed.ok) {
    for (const what of ['settings', 'departments', 'staff'] as const)
      events.publish({ type: 'desk_changed', what });
  }
  return installed;
}

/** An address that was set before stays: scripts and mails in the world contain it. */
function settingsOf(input: InstallInput, isAgain: boolean) {
  const { siteName, siteUrl, timeZone } = input;
  return isAgain ? { siteName } : { siteName, siteUrl, timeZone };
}

function addDepartments({ store, clock }: SetupDeps, names: readonly string[]): void {
  for (const name of new Set(names)) store.departments.insert({ name, isPrivate: false, now: clock.now() });
}

function addAdmin({ store, clock }: SetupDeps, { admin }: InstallInput, passwordHash: string): StaffMember {
  const { username, name, email } = admin;
  const values = { username, name, email, role: 'admin' as const, isActive: true };
  const id = store.staff.insert({ ...values, passwordHash, totpSecret: null, now: clock.now() });
  const departmentIds = store.departments.all().map((department) => department.id);
  store.staff.setDepartments(id, departmentIds);
  return { id, ...values, departmentIds, avatar: null };
}

function wrongInput(input: InstallInput) {
  if (!isTimeZone(input.timeZone)) return appErrorOf('invalid_input', { field: 'timeZone' });
  if (!isSiteUrl(input.siteUrl)) return appErrorOf('invalid_input', { field: 'siteUrl' });
  return undefined;
}
