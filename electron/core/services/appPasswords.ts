import type { AppPassword } from '../../../shared/contract/dialects.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { hashToken } from '../access/tokenHash.ts';
import type { StaffActor } from '../domain/actor.ts';
import type { ServiceDeps } from './context.ts';
import { recordChange } from './staffAdmin.ts';

/** 24 letters and digits: 142 bits, so one round of SHA-256 keeps them. */
const LENGTH = 24;
const MOST = 50;

/** As it is shown and typed: in groups of four. */
const inGroups = (text: string): string => (text.match(/.{1,4}/g) ?? []).join(' ');
const hashOf = (typed: string): Buffer => hashToken(typed.replace(/\s/g, ''));

export function listAppPasswords(deps: ServiceDeps, staffId: StaffId): AppPassword[] {
  return deps.store.appPasswords.ofStaff(staffId);
}

/** Makes one; the answer is the only place where it can be read. The caller has proven to be its owner. */
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
    const id = appPasswords.insert(actor.staffId, name, hashOf(password), deps.clock.now());
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

/** Which app password of an account was typed as its password, where those are taken; notes the use. */
export function appPasswordOf(
  deps: ServiceDeps,
  staffId: StaffId,
  typed: { password: string; address: string; insteadOfCode?: 'app_password' | 'nothing' },
): number | undefined {
  if (typed.insteadOfCode !== 'app_password') return undefined;
  const id = deps.store.appPasswords.find(staffId, hashOf(typed.password));
  if (id !== undefined) deps.store.appPasswords.touch(id, deps.clock.now(), typed.address);
  return id;
}
