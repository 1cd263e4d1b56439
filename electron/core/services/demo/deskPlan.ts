import type { DepartmentId, StaffId } from '../../../../shared/model/ids.ts';
import type { BulkWriter } from '../../store/bulk.ts';
import type { Store } from '../../store/store.ts';
import type { Some } from './languages/phrases.ts';

/** Shares of the desk's mail. The last one is rare on purpose: rare departments are where searches get slow. */
const DEPARTMENTS: Some<{ name: string; share: number; isPrivate?: boolean }> = [
  { name: 'General', share: 0.31 },
  { name: 'Technical support', share: 0.27 },
  { name: 'Billing', share: 0.2 },
  { name: 'Shipping', share: 0.13 },
  { name: 'Sales', share: 0.07 },
  { name: 'Partners', share: 0.0199, isPrivate: true },
  { name: 'Press', share: 0.0001, isPrivate: true },
];

const AGENTS: Some<{ username: string; name: string; departments: readonly number[] }> = [
  { username: 'mara', name: 'Mara Lindholm', departments: [0, 1] },
  { username: 'jonas', name: 'Jonas Weber', departments: [1] },
  { username: 'amina', name: 'Amina Haddad', departments: [1, 2] },
  { username: 'luis', name: 'Luis Ortega', departments: [2, 4, 5] },
  { username: 'keiko', name: 'Keiko Tanaka', departments: [0, 3] },
  { username: 'claire', name: 'Claire Dubois', departments: [0, 2, 3, 6] },
];

const TAGS: Some = ['vip', 'refund', 'bug', 'feature request', 'urgent', 'wholesale', 'warranty', 'press'];

export interface DemoAgent {
  readonly id: StaffId;
  readonly name: string;
}
export interface DemoDepartment {
  readonly id: DepartmentId;
  /** Upper end of its part of 0 … 1. */
  readonly upTo: number;
  readonly agents: Some<DemoAgent>;
}
export interface DeskPlan {
  readonly departments: Some<DemoDepartment>;
  readonly tagIds: Some<number>;
}

function ensureDepartments(store: Store, now: number): DepartmentId[] {
  const existing = store.departments.all();
  return DEPARTMENTS.map(({ name, isPrivate }) => {
    const found = existing.find((one) => one.name === name);
    return found?.id ?? store.departments.insert({ name, isPrivate: isPrivate ?? false, now });
  });
}

/** Demo agents have no password: nobody signs in as one of them until an administrator sets one. */
function ensureAgents(store: Store, departmentIds: readonly DepartmentId[], now: number): DemoAgent[] {
  return AGENTS.map(({ username, name, departments }) => {
    const found = store.staff.byUsername(username);
    if (found) return { id: found.id, name: found.name };
    const account = { username, name, email: `${username}@demo.example`, passwordHash: '', totpSecret: null };
    const id = store.staff.insert({ ...account, role: 'agent', isActive: true, now });
    store.staff.setDepartments(
      id,
      departments.flatMap((place) => departmentIds[place] ?? []),
    );
    return { id, name };
  });
}

function asSome<T>(values: readonly T[]): Some<T> {
  const [first, ...rest] = values;
  if (first === undefined) throw new Error('the demo desk has nobody for a department');
  return [first, ...rest];
}

/** Finds or makes the departments, agents and tags that the demo's tickets belong to. */
export function planDesk(store: Store, writer: BulkWriter, now: number): DeskPlan {
  const departmentIds = ensureDepartments(store, now);
  const agents = ensureAgents(store, departmentIds, now);
  let upTo = 0;
  const departments = departmentIds.map((id, place) => {
    upTo += DEPARTMENTS[place]?.share ?? 0;
    const own = agents.filter((_, agent) => AGENTS[agent]?.departments.includes(place));
    return { id, upTo, agents: asSome(own) };
  });
  return { departments: asSome(departments), tagIds: asSome(TAGS.map((tag) => writer.tag(tag))) };
}
