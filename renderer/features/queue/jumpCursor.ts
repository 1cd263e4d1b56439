import type { QueueCursor, QueueSort } from '../../../shared/contract/queues.ts';
import { startOfDay } from '../../../shared/util/startOfDay.ts';

/**
 * The place in a queue just before the tickets of a day (`YYYY-MM-DD`, in the desk's zone): from its end when
 * the newest come first, from its start when the oldest do. Null when it is not a date.
 */
export function cursorOfDay(day: string, sort: QueueSort, timeZone: string): QueueCursor | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return null;
  const [year, month, date] = match.slice(1).map(Number);
  const midnight = Date.UTC(year ?? 0, (month ?? 1) - 1, (date ?? 1) + (sort === 'newest' ? 1 : 0));
  if (!Number.isFinite(midnight)) return null;
  const begins = new Date(midnight).toISOString().slice(0, 10);
  // Ids start at 1: id 0 lies before every ticket of that millisecond, in both orders of what is wanted.
  return { at: startOfDay(begins, timeZone), id: 0 };
}
