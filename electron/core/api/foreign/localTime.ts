/** `YYYY-MM-DD hh:mm:ss` in the desk's time zone, as PHP servers print their local time: without saying which. */
export function localTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
}

/** What stands before the last space, and the last word: one name where others keep two. */
export function splitName(name: string): { first: string; last: string } {
  const trimmed = name.trim();
  const cut = trimmed.lastIndexOf(' ');
  return cut < 0
    ? { first: trimmed, last: '' }
    : { first: trimmed.slice(0, cut), last: trimmed.slice(cut + 1) };
}
