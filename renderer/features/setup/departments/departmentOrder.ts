import type { DepartmentId } from '../../../../shared/model/ids.ts';

/** The order with one department a place further up or down; the same one at the edges. */
export function movedOrder(
  order: readonly DepartmentId[],
  id: DepartmentId,
  direction: 'up' | 'down',
): DepartmentId[] {
  const from = order.indexOf(id);
  const to = from + (direction === 'up' ? -1 : 1);
  if (from < 0 || to < 0 || to >= order.length) return [...order];
  const rest = order.filter((one) => one !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

/** What becomes of the tickets of a department, in the words of its dialog. */
export function ticketsText(count: number): string {
  if (count === 0) return 'It has no tickets.';
  return count === 1 ? 'It has one ticket.' : `It has ${count.toLocaleString('en')} tickets.`;
}

export function agentsText(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const who = names.length <= 3 ? names.join(', ') : `${names.length} agents`;
  return `${who} would see no ticket any more: this is their only department.`;
}
