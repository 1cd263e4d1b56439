import { htmlToText } from '../../html/text.ts';

/** Whether two bodies read the same, whatever a purifier did to the tags around them. */
export function isSameText(html: string, other: string): boolean {
  return plainWords(html) === plainWords(other);
}

/** What is read, with every break and indent as one space. */
export function plainWords(html: string): string {
  return htmlToText(html).replace(/\s+/g, ' ').trim();
}
