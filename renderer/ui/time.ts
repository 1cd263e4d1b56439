const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const shortDay = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const shortMonth = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric' });

/** A time as a list shows it: now, 5m, 3h, 2d, Mar 4, Mar 2024. A clock ahead of ours still says «now». */
export function relativeTime(at: number, now: number): string {
  const age = now - at;
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < DAY) return `${Math.floor(age / HOUR)}h`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)}d`;
  return age < 300 * DAY ? shortDay.format(at) : shortMonth.format(at);
}

const exactFormats = new Map<string, Intl.DateTimeFormat>();

/** The same time in full, in the desk's zone: Tue, 4 Mar 2025, 09:12. */
export function exactTime(at: number, timeZone?: string): string {
  const key = timeZone ?? '';
  let format = exactFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      ...(timeZone ? { timeZone } : {}),
    });
    exactFormats.set(key, format);
  }
  return format.format(at);
}
