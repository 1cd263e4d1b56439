const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function span(ms: number): string {
  if (ms < 90 * MINUTE_MS) {
    const minutes = Math.round(ms / MINUTE_MS);
    return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  }
  return ms < 48 * HOUR_MS ? `${Math.round(ms / HOUR_MS)} hours` : `${Math.round(ms / (24 * HOUR_MS))} days`;
}

/** What to say when the server's clock and this machine's differ by more than a minute; null when they don't. */
export function clockText(offsetMs: number | null): string | null {
  if (offsetMs === null || Math.abs(offsetMs) <= MINUTE_MS) return null;
  const where = offsetMs > 0 ? 'ahead of' : 'behind';
  return `The server’s clock is ${span(Math.abs(offsetMs))} ${where} this machine’s. Messages show the server’s time.`;
}
