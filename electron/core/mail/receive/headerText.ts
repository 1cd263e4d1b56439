import libmime from 'libmime';
import { cutText } from '../../html/cutText.ts';

// Controls and the marks that reorder or hide text: a subject «\u202Egnp.exe» reads as «exe.png» (A15).
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const LONGEST = 2_000;

/** A header for a person: encoded words decoded (RFC 2047, also inside quotes), controls out, spaces evened. */
export function headerText(value: string): string {
  return cutText(displayText(decodeWords(value)), LONGEST);
}

/** Any text of a sender made safe to show in one line. */
export function displayText(text: string): string {
  return text
    .replace(/[\t\r\n]/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/ {2,}/g, ' ')
    .trim()
    .toWellFormed();
}

export function decodeWords(value: string): string {
  // RFC 2231 §5 language suffix (`utf-8*en`).
  const plain = value.replace(/=\?([\w-]+)\*[\w-]+\?/g, '=?$1?');
  try {
    return libmime.decodeWords(plain);
  } catch {
    return value;
  }
}
