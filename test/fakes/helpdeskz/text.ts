import { purifyHtml } from '../../../electron/core/html/purify.ts';
import type { Settings } from './state.ts';

const TEXT_COLUMN_BYTES = 65_535;

/** PHP's `esc()`: how names and, on create, e-mail addresses are stored (behaviour.md 2.2). */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#039;');
}

/** A utf8 (3-byte) column of MariaDB: whatever needs four bytes comes back as four question marks (3.2). */
export function threeByteText(text: string): string {
  return text.replace(/[\u{10000}-\u{10ffff}]/gu, '????');
}

function cutBytes(text: string, bytes: number): string {
  const all = Buffer.from(text);
  if (all.length <= bytes) return text;
  let end = bytes;
  while (end > 0 && ((all[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return all.subarray(0, end).toString();
}

/**
 * What becomes of a message body (3.2). The purifier is our own emulation of HTMLPurifier's defaults; the
 * replayed recordings show that it answers as the reference does.
 */
export function storedBody(body: string, settings: Settings): string {
  const purified = purifyHtml(body);
  const kept = settings.keepsClass ? purified : purified.replace(/(<[a-z0-9]+[^>]*?)\sclass="[^"]*"/g, '$1');
  return cutBytes(threeByteText(kept), TEXT_COLUMN_BYTES);
}

/** VARCHAR(255), silently cut, neither escaped nor purified (2.4). */
export function storedSubject(subject: string): string {
  return [...threeByteText(subject.trim())].slice(0, 255).join('');
}

/** MySQL's cast of a path segment: leading digits count. */
export function idOf(text: string): number {
  return Number(/^\s*(\d+)/.exec(text)?.[1] ?? 0);
}
