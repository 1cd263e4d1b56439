import type { HttpResult } from '../../../ports/httpFetch.ts';

/**
 * A server that did nothing and wants to be asked later. 429 says that of itself (RFC 6585 §4). 503 does with a
 * Retry-After (RFC 9110 §15.6.4); without one it may come from a proxy whose server was at work already, so what was
 * written counts as unanswered. `afterMs` is null when it does not say how long.
 */
export function readBusy(
  exchange: HttpResult,
  isRead: boolean,
  now: number,
): { readonly afterMs: number | null; readonly detail: string } | null {
  if (!exchange.ok) return null;
  const { status, headers } = exchange.value;
  const asked = headers['retry-after'];
  const isBusy = status === 429 || (status === 503 && (isRead || asked !== undefined));
  if (!isBusy) return null;
  const serverNow = Date.parse(headers.date ?? '');
  const afterMs = readRetryAfter(asked, Number.isNaN(serverNow) ? now : serverNow);
  return { afterMs, detail: `HTTP ${status}` };
}

/** Seconds or a date (RFC 9110 §10.2.3); a date counts by the server's own clock. */
function readRetryAfter(text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** What may be well the next moment: a reading is repeated after it. A server that says nothing at all is not pressed. */
export function isPassing(exchange: HttpResult): boolean {
  if (!exchange.ok) return exchange.error.kind === 'cut' && exchange.error.phase !== 'resolve';
  return [502, 503, 504].includes(exchange.value.status);
}
