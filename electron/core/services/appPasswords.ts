import type { AppPassword } from '../../../shared/contract/dialects.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { appPasswordHash } from './appPasswordCheck.ts';
import type { ServiceDeps } from './context.ts';
import { provePassword } from './profile.ts';
import { recordChange } from './staffAdmin.ts';

/** 24 letters and digits: 142 bits, so one round of SHA-256 keeps them. */
const LENGTH = 24;
const MOST = 50;

/** As it is shown and typed: in groups of four. */
const inGroups = (text: string): string => (text.match(/.{1,4}/g) ?? []).join(' ');

export function listAppPasswords(deps: ServiceDeps, staffId: StaffId): AppPassword[] {
  return deps.store.appPasswords.ofStaff(staffId);
}

/** Makes one for someone who types their password again: password_wrong, login_locked. */
export async function makeAppPassword(
  deps: ServiceDeps,
  actor: StaffActor,
  input: { name: string; currentPassword: string },
): Promise<Result<{ id: number; password: string }>> {
  const proven = await provePassword(deps, actor, input.currentPassword);
  return proven.ok ? createAppPassword(deps, actor, input.name) : proven;
}

/** The answer is the only place where it can be read. The caller has proven to be its owner. */
export function createAppPassword(
  deps: ServiceDeps,
  actor: StaffActor,
  name: string,
): Result<{ id: number; password: string }> {
  const password = deps.ids.secret(LENGTH);
  return deps.store.write(() => {
    const { appPasswords } = deps.store;
    if (appPasswords.ofStaff(actor.staffId).length >= MOST) {
      const message = `There are ${MOST} app passwords. Remove one that is not used any more first.`;
      return err(appErrorOf('invalid_input', { field: 'name', message }));
    }
    const id = appPasswords.insert(actor.staffId, name, appPasswordHash(password), deps.clock.now());
    recordChange(deps, actor, actor.staffId, 'create_app_password', { name }, {});
    return ok({ id, password: inGroups(password) });
  });
}

/** Takes one away, and signs out whoever came in with it: not_found. */
export function removeAppPassword(deps: ServiceDeps, actor: StaffActor, id: number): Result<void> {
  return deps.store.write(() => {
    const { appPasswords } = deps.store;
    const found = appPasswords.ofStaff(actor.staffId).find((one) => one.id === id);
    if (!found) return err(appErrorOf('not_found'));
    appPasswords.remove(actor.staffId, id);
    recordChange(deps, actor, actor.staffId, 'remove_app_password', {}, { name: found.name });
    return ok(undefined);
  });
}
