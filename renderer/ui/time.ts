const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SHORT_DAY = { month: 'short', day: 'numeric' } as const;
const SHORT_MONTH = { month: 'short', year: 'numeric' } as const;

/** A time as a list shows it: now, 5m, 3h, 2d, Mar 4, Mar 2024. A clock ahead of ours still says «now». */
export function relativeTime(at: number, now: number, timeZone?: string): string {
  const age = now - at;
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < DAY) return `${Math.floor(age / HOUR)}h`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)}d`;
  return formatOf('en', age < 300 * DAY ? SHORT_DAY : SHORT_MONTH, timeZone).format(at);
}

const EXACT = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, and a list asks for hundreds. */
function formatOf(language: string, options: Intl.DateTimeFormatOptions, timeZone?: string) {
  const key = `${language} ${JSON.stringify(options)} ${timeZone ?? ''}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, { ...options, ...(timeZone ? { timeZone } : {}) });
  formats.set(key, made);
  return made;
}

/** The same time in full, in the viewer's zone: Tue, 4 Mar 2025, 09:12. */
export function exactTime(at: number, timeZone?: string): string {
  return formatOf('en-GB', EXACT, timeZone).format(at);
}
