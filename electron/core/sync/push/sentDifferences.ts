import type { SentDifference } from '../../../../shared/contract/sync.ts';
import { plainWords } from './sameText.ts';

/** What a column of three-byte characters makes of any other (behaviour.md 3.2). */
const LOST = '????';
const FOUR_BYTES = /[\u{10000}-\u{10ffff}]/gu;
/** Elements that change what is read or seen; how a purifier spells and nests the rest is its own business. */
const TELLING = /<(a|img|table|ul|ol|li|blockquote|pre|code|hr|h[1-6]|b|strong|i|em|u|s|strike|del)\b[^>]*>/g;
const SYNONYMS: Readonly<Record<string, string>> = { strong: 'b', em: 'i', strike: 's', del: 's' };

/**
 * How a body on the server differs from the one that was sent, both purified: `cut` at its end, `characters` replaced,
 * `text` otherwise, or the same words in another `formatting`. Nothing = it is as it was sent.
 */
export function sentDifferences(sentHtml: string, storedHtml: string): SentDifference[] {
  const sent = plainWords(sentHtml);
  const stored = plainWords(storedHtml);
  if (sent === stored) return formatting(sentHtml) === formatting(storedHtml) ? [] : ['formatting'];
  const kept = sent.replace(FOUR_BYTES, LOST);
  const replaced: SentDifference[] = kept === sent ? [] : ['characters'];
  if (kept === stored) return replaced;
  if (stored !== '' && kept.startsWith(stored)) return [...replaced, 'cut'];
  return ['text'];
}

function formatting(html: string): string {
  return [...html.matchAll(TELLING)].map(([, name = '']) => SYNONYMS[name] ?? name).join(' ');
}
