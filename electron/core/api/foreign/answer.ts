import type { AppError } from '../../../../shared/contract/errors.ts';
import { type Answer, failureStatus, JSON_TYPE } from '../helpdeskz/answers.ts';

export type { Answer };

const XML_TYPE = 'text/xml; charset=UTF-8';

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, contentType: JSON_TYPE, body: JSON.stringify(value) };
}

export function xmlAnswer(root: string, value: XmlValue, status = 200): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, value)}\n`;
  return { status, contentType: XML_TYPE, body };
}

/** Bodies that can't be read and disks that are full have the same status everywhere. */
export function statusOf(error: AppError): number {
  return failureStatus(error);
}

export type XmlValue =
  | string
  | number
  | boolean
  | null
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/** A list repeats its element; nothing is an empty one. */
function element(name: string, value: XmlValue): string {
  if (Array.isArray(value)) return value.map((item: XmlValue) => element(name, item)).join('');
  const content =
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([inner, item]) => element(inner, item))
          .join('')
      : escapeXml(String(value ?? ''));
  return `<${name}>${content}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Without the characters that XML 1.0 can't carry (section 2.2). */
function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
  );
}
