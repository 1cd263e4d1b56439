import { htmlToText } from '../html/text.ts';

/** Whether two bodies read the same, whatever a purifier did to the tags around them. */
export function isSameText(html: string, other: string): boolean {
  return plain(html) === plain(other);
}

function plain(html: string): string {
  return htmlToText(html).replace(/\s+/g, ' ').trim();
}
