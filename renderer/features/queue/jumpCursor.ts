import type { QueueCursor, QueueSort } from '../../../shared/contract/queues.ts';

/**
 * The place in a queue just before the tickets of a day (`YYYY-MM-DD`, in this machine's zone): from its end when
 * the newest come first, from its start when the oldest do. Null when it is not a date.
 */
export function cursorOfDay(day: string, sort: QueueSort): QueueCursor | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return null;
  const [year, month, date] = match.slice(1).map(Number);
  const at = new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + (sort === 'newest' ? 1 : 0)).getTime();
  // Ids start at 1: id 0 lies before every ticket of that millisecond, in both orders of what is wanted.
  return Number.isFinite(at) ? { at, id: 0 } : null;
}
