import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { staffFields } from '../../../../shared/contract/people.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { hashPassword } from '../../access/passwords.ts';
import { hashToken } from '../../access/tokenHash.ts';
import type { StaffAccount } from '../../store/repositories/staff.ts';
import type { ServiceDeps } from '../context.ts';
import { actorOf } from '../sessions.ts';
import { recordChange, updateStaff } from '../staffAdmin.ts';

const ownFields = staffFields.pick({ name: true, username: true, email: true });

export interface OwnAccountInput {
  readonly name: string;
  readonly username: string;
  readonly email: string;
  readonly password?: string | undefined;
}

/**
 * Changes who someone is at their own word. A new password ends their other sessions; `session` is the one that
 * stays. Wrong fields answer invalid_input, username_taken or password_too_short with the field's name.
 */
export async function changeOwnAccount(
  deps: ServiceDeps,
  account: StaffAccount,
  input: OwnAccountInput,
  session: string | null,
): Promise<Result<void>> {
  const fields = ownFields.safeParse(input);
  if (!fields.success) {
    return err(appErrorOf('invalid_input', { field: String(fields.error.issues[0]?.path[0]) }));
  }
  const { password } = input;
  if (password !== undefined && password.length < LIMITS.passwordMinLength) {
    return err(appErrorOf('password_too_short', { field: 'password' }));
  }
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  const actor = actorOf(account);
  return deps.store.write(() => {
    const { role, departmentIds } = deps.store.staff.byId(account.id) ?? account;
    const updated = updateStaff(deps, actor, account.id, { ...fields.data, role, departmentIds });
    if (!updated.ok) return updated;
    if (passwordHash !== undefined) {
      const kept = session === null ? '' : deps.store.sessionList.nameOf(hashToken(session));
      deps.store.staff.setPasswordHash(account.id, passwordHash);
      deps.store.recovery.clearReset(account.id);
      deps.store.sessionList.endAll(account.id, kept);
      recordChange(deps, actor, account.id, 'change_password', {}, {});
    }
    return ok(undefined);
  });
}
