import type { Department, StaffMember } from '../../../shared/contract/desk.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';

/** All departments in their order: agents may hand a ticket to any of them. */
export function listDepartments(deps: ServiceDeps): Department[] {
  return deps.store.departments.all();
}

/** Everyone on the desk, also who is switched off: old tickets name them. */
export function listStaff(deps: ServiceDeps): StaffMember[] {
  return deps.store.staff.all().map(toStaffMember);
}

export function listTags(deps: ServiceDeps): string[] {
  return deps.store.tags.all();
}

/** What others may know of an account: no hash, no second-factor secret. */
export function toStaffMember(account: StaffAccount): StaffMember {
  const { id, username, name, email, role, isActive, departmentIds, avatar } = account;
  return { id, username, name, email, role, isActive, departmentIds, avatar };
}
