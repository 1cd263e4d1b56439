import type { QueueCursor, QueueSort } from '../../../shared/contract/queues.ts';

/** How far the clock of a zone is ahead of UTC at a moment. */
function zoneAheadMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at;
}

/** When a day begins in a zone; twice, since the clock may change between the guess and the answer. */
function startOfDay(utcMidnight: number, timeZone: string): number {
  const guess = utcMidnight - zoneAheadMs(utcMidnight, timeZone);
  return utcMidnight - zoneAheadMs(guess, timeZone);
}

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
  // Ids start at 1: id 0 lies before every ticket of that millisecond, in both orders of what is wanted.
  return { at: startOfDay(midnight, timeZone), id: 0 };
}
