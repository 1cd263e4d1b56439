import { expect, it } from 'vitest';
import { clockText } from './clockText.ts';

const MINUTE_MS = 60_000;

it.each([
  [null, null],
  [0, null],
  [MINUTE_MS, null],
  [-MINUTE_MS, null],
  [MINUTE_MS + 1, '1 minute ahead of'],
  [-3 * MINUTE_MS, '3 minutes behind'],
  [89 * MINUTE_MS, '89 minutes ahead of'],
  [-120 * MINUTE_MS, '2 hours behind'],
  [72 * 60 * MINUTE_MS, '3 days ahead of'],
])('%s', (offsetMs, words) => {
  const text = clockText(offsetMs);
  if (words === null) expect(text).toBeNull();
  else expect(text).toBe(`The server’s clock is ${words} this machine’s. Messages show the server’s time.`);
});
