import { PERMISSIONS, type Permission } from '../../../../shared/contract/desk.ts';

/** The rows of the grid in the words people read; the API's name for each is the key. */
export const RESOURCES = [
  { key: 'users', title: 'Customers' },
  { key: 'departments', title: 'Departments' },
  { key: 'tickets', title: 'Tickets' },
  { key: 'messages', title: 'Messages' },
  { key: 'attachments', title: 'Attachments' },
  { key: 'staff', title: 'Staff' },
] as const;
export type Resource = (typeof RESOURCES)[number]['key'];

export const ACTIONS = [
  { key: 'read', title: 'Read' },
  { key: 'create', title: 'Create' },
  { key: 'update', title: 'Update' },
  { key: 'delete', title: 'Delete' },
  { key: 'download', title: 'Download' },
  { key: 'auth', title: 'Check sign-in' },
] as const;
export type ActionKey = (typeof ACTIONS)[number]['key'];

export const PRESETS: readonly { title: string; permissions: readonly Permission[] }[] = [
  { title: 'Everything', permissions: PERMISSIONS },
  {
    title: 'Read only',
    permissions: PERMISSIONS.filter((name) => name.endsWith('.read') || name === 'attachments.download'),
  },
  {
    title: 'Website form',
    permissions: ['users.create', 'users.read', 'tickets.create', 'departments.read', 'messages.create'],
  },
  { title: 'Nothing', permissions: [] },
];

/** The permission of a cell; undefined where HelpDeskZ has none. */
export function permissionAt(resource: Resource, action: ActionKey): Permission | undefined {
  return PERMISSIONS.find((name) => name === `${resource}.${action}`);
}

const ofResource = (resource: Resource): readonly Permission[] =>
  PERMISSIONS.filter((name) => name.startsWith(`${resource}.`));

/** In the API's order, each once: two choices of the same permissions are equal. */
const inOrder = (chosen: ReadonlySet<Permission>): Permission[] =>
  PERMISSIONS.filter((name) => chosen.has(name));

export function withPermission(chosen: readonly Permission[], name: Permission, isOn: boolean): Permission[] {
  const next = new Set(chosen);
  if (isOn) next.add(name);
  else next.delete(name);
  return inOrder(next);
}

/** Whether a row is ticked: all of it, some of it, nothing. */
export function resourceTick(chosen: readonly Permission[], resource: Resource): boolean | 'indeterminate' {
  const row = ofResource(resource);
  const count = row.filter((name) => chosen.includes(name)).length;
  if (count === 0) return false;
  return count === row.length ? true : 'indeterminate';
}

export function withResource(chosen: readonly Permission[], resource: Resource, isOn: boolean): Permission[] {
  const row = new Set(ofResource(resource));
  const others = chosen.filter((name) => !row.has(name));
  return inOrder(new Set(isOn ? [...others, ...row] : others));
}

export function isSameChoice(a: readonly Permission[], b: readonly Permission[]): boolean {
  return inOrder(new Set(a)).join() === inOrder(new Set(b)).join();
}
