/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((found) => found.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** When a day (2027-01-01) begins in a zone. Where the clocks skip midnight, the first moment after the gap. */
export function startOfDay(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // The offset holds on the day itself, not yet at the same hour in UTC: look again from there.
  const guess = utc - offsetMs(utc, timeZone);
  const offset = offsetMs(guess, timeZone);
  const start = utc - offset;
  return offsetMs(start, timeZone) === offset ? start : Math.max(guess, start);
}
