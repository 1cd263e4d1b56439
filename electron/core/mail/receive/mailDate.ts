/** Before the first mail was sent, a date is a mistake. */
const EARLIEST = Date.UTC(1982, 0, 1);
const OLD_ZONES: Readonly<Record<string, string>> = {
  UT: '+0000',
  Z: '+0000',
  CET: '+0100',
  CEST: '+0200',
  MET: '+0100',
  BST: '+0100',
  JST: '+0900',
};

/** The claimed time of a Date header, milliseconds UTC; null when it is missing, invalid or absurd (A16). */
export function parseMailDate(value: string | null): number | null {
  if (value === null) return null;
  const text = value
    .slice(0, 200)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([A-Z]{1,4})$/, (zone, name: string) =>
      OLD_ZONES[name] === undefined ? zone : ` ${OLD_ZONES[name]}`,
    )
    .trim();
  const at = Date.parse(text);
  return Number.isNaN(at) || at < EARLIEST ? null : at;
}

/** When a mail counts as sent: its own date, but never in the future; without one, now. */
export function sentAtOf(claimedAt: number | null, now: number): number {
  return claimedAt === null ? now : Math.min(claimedAt, now);
}
