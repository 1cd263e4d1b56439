import type { StaffId } from '../../../shared/model/ids.ts';
import { hashToken } from '../access/tokenHash.ts';
import type { ServiceDeps } from './context.ts';

/** Typed with the spaces it is shown with, or without. */
export const appPasswordHash = (typed: string): Buffer => hashToken(typed.replace(/\s/g, ''));

/** Which app password of an account was typed as its password, where those are taken; notes the use. */
export function appPasswordOf(
  deps: ServiceDeps,
  staffId: StaffId,
  typed: { password: string; address: string; insteadOfCode?: 'app_password' | 'nothing' },
): number | undefined {
  if (typed.insteadOfCode !== 'app_password') return undefined;
  const id = deps.store.appPasswords.find(staffId, appPasswordHash(typed.password));
  if (id !== undefined) deps.store.appPasswords.touch(id, deps.clock.now(), typed.address);
  return id;
}
