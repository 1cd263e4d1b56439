const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, timeZone: string | undefined, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone ?? ''} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat('en-GB', { ...options, ...(timeZone ? { timeZone } : {}) });
    formats.set(key, known);
  }
  return known.format(at);
}

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const DATE = { day: 'numeric', month: 'short' } as const;
const FULL = { ...DATE, year: 'numeric' } as const;

/** When a message was written, as short as it stays clear: 09:12 · Tue 09:12 · 4 Mar, 09:12 · 4 Mar 2024. */
export function threadTime(at: number, now: number, timeZone?: string): string {
  const clock = format(at, timeZone, CLOCK);
  const isSameDay = format(at, timeZone, FULL) === format(now, timeZone, FULL);
  if (isSameDay) return clock;
  if (at < now && now - at < 6 * DAY_MS) return `${format(at, timeZone, { weekday: 'short' })} ${clock}`;
  const isSameYear = format(at, timeZone, { year: 'numeric' }) === format(now, timeZone, { year: 'numeric' });
  return isSameYear ? `${format(at, timeZone, DATE)}, ${clock}` : format(at, timeZone, FULL);
}
