import type { StaffRole } from '../../../shared/model/ticket.ts';

/** What of an account decides about its power. */
export interface Standing {
  readonly role: StaffRole;
  readonly isActive: boolean;
}

const isRulingAdmin = ({ role, isActive }: Standing): boolean => role === 'admin' && isActive;

/**
 * Why an account may not go from one standing to another: nobody takes their own power away, so that nobody locks
 * themselves out by mistake, and the last active administrator stays one.
 */
export function standingProblem(change: {
  before: Standing;
  after: Standing;
  isOwn: boolean;
  otherActiveAdmins: number;
}): 'last_admin' | 'own_account' | null {
  if (!isRulingAdmin(change.before) || isRulingAdmin(change.after)) return null;
  if (change.otherActiveAdmins === 0) return 'last_admin';
  return change.isOwn ? 'own_account' : null;
}
