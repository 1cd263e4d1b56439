import type { Department, StaffMember } from '../../../shared/contract/desk.ts';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import {
  ALL_STATUSES,
  PRIORITY_NAMES,
  STATUS_NAMES,
  type TicketPriority,
  type TicketStatus,
} from '../../../shared/model/ticket.ts';
import { avatarUrl } from '../../api/files.ts';
import { Avatar, type PickItem, PriorityMark, StatusMark } from '../../ui/index.ts';

/** `s` then one of these (features.md 5.1). */
const STATUS_KEYS: Readonly<Record<TicketStatus, string>> = { 1: 'o', 2: 'a', 3: 'w', 4: 'p', 5: 'c' };
const PRIORITIES: readonly TicketPriority[] = [1, 2, 3, 4, 5, 6];

const all = (rows: readonly TicketRow[], test: (row: TicketRow) => boolean): boolean =>
  rows.length > 0 && rows.every(test);

export function statusItems(rows: readonly TicketRow[]): PickItem[] {
  return ALL_STATUSES.map((status) => ({
    id: String(status),
    label: STATUS_NAMES[status],
    mark: <StatusMark status={status} isCompact />,
    quickKey: STATUS_KEYS[status],
    isChecked: all(rows, (row) => row.status === status),
  }));
}

export function priorityItems(rows: readonly TicketRow[]): PickItem[] {
  return PRIORITIES.map((priority) => ({
    id: String(priority),
    label: PRIORITY_NAMES[priority],
    mark: <PriorityMark priority={priority} isCompact />,
    quickKey: String(priority),
    isChecked: all(rows, (row) => row.priority === priority),
  }));
}

export function departmentItems(rows: readonly TicketRow[], departments: readonly Department[]): PickItem[] {
  return departments.map(({ id, name }) => ({
    id: String(id),
    label: name,
    isChecked: all(rows, (row) => row.departmentId === id),
  }));
}

export function assigneeItems(
  rows: readonly TicketRow[],
  staff: readonly StaffMember[],
  viewerId: number | undefined,
): PickItem[] {
  const active = staff.filter(({ isActive }) => isActive);
  const mine = active.filter(({ id }) => id === viewerId);
  const others = active.filter(({ id }) => id !== viewerId);
  return [
    ...[...mine, ...others].map(({ id, name, avatar }) => ({
      id: String(id),
      label: id === viewerId ? `${name} (you)` : name,
      mark: (
        <Avatar
          name={name}
          picture={avatarUrl({ id, avatar })}
          size="small"
          tone={id === viewerId ? 'accent' : 'plain'}
        />
      ),
      isChecked: all(rows, (row) => row.assigneeId === id),
    })),
    { id: 'nobody', label: 'Nobody', isChecked: all(rows, (row) => row.assigneeId === null) },
  ];
}

const NEW_TAG = 'new:';
const tagItemId = (tag: string): string => `tag:${tag}`;

/** Known tags, those on the tickets first, and what is typed as a new one. */
export function tagItems(rows: readonly TicketRow[], tags: readonly string[], typed: string): PickItem[] {
  const used = new Set(rows.flatMap((row) => row.tags));
  const names = [...used, ...tags.filter((tag) => !used.has(tag))];
  const wanted = typed.trim();
  const items = names.map((tag) => ({
    id: tagItemId(tag),
    label: tag,
    isChecked: all(rows, (row) => row.tags.includes(tag)),
  }));
  const isNew = wanted !== '' && !names.some((tag) => tag.toLowerCase() === wanted.toLowerCase());
  return isNew ? [...items, { id: NEW_TAG + wanted, label: `New tag “${wanted}”` }] : items;
}

/** The tag an item stands for. */
export function tagOfItem(id: string): string {
  return id.replace(/^(tag|new):/, '');
}
