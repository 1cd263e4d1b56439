import type { StaffId } from '../../../shared/model/ids.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';

/** What the API tells about a staff member (behaviour.md 2.7): inactive ones too, no role, no departments. */
export interface StaffEntry {
  readonly id: StaffId;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: number;
  /** The sign-in before the current one; null = never signed in. */
  readonly previousLoginAt: number | null;
}

const toEntry = ({ id, username, name, email, createdAt, previousLoginAt }: StaffAccount): StaffEntry => ({
  id,
  username,
  name,
  email,
  createdAt,
  previousLoginAt,
});

/** Everyone, or the one with this user name (case does not count). */
export function staffEntries(deps: ServiceDeps, username?: string): StaffEntry[] {
  if (username === undefined) return deps.store.staff.all().map(toEntry);
  const found = deps.store.staff.byUsername(username);
  return found ? [toEntry(found)] : [];
}

export function staffEntry(deps: ServiceDeps, id: StaffId): StaffEntry | undefined {
  const found = deps.store.staff.byId(id);
  return found && toEntry(found);
}

export function isActiveStaff(deps: ServiceDeps, id: StaffId): boolean {
  return deps.store.staff.byId(id)?.isActive ?? false;
}
