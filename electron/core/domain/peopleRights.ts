import type { StaffRole } from '../../../shared/model/ticket.ts';

/** Who may do what to the people and departments of a desk (behaviour.md part 5, «agents», «departments», «profile»). */
export const PEOPLE_RIGHTS = {
  'staff.list': ['admin', 'agent'],
  'staff.manage': ['admin'],
  'staff.readSignIns': ['admin'],
  'staff.endSessions': ['admin'],
  'security.manage': ['admin'],
  'sources.manage': ['admin'],
  'secrets.manage': ['admin'],
  'departments.list': ['admin', 'agent'],
  'departments.manage': ['admin'],
  // Agents open tickets for any customer; how many tickets there are, they see of their departments only.
  'customers.find': ['admin', 'agent'],
  'customers.manage': ['admin'],
  'profile.manage': ['admin', 'agent'],
} as const satisfies Record<string, readonly StaffRole[]>;
export type PeopleAction = keyof typeof PEOPLE_RIGHTS;

export function roleMay(role: StaffRole, action: PeopleAction): boolean {
  const allowed: readonly StaffRole[] = PEOPLE_RIGHTS[action];
  return allowed.includes(role);
}

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
