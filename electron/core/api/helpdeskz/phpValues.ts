/**
 * How the reference reads what it is sent: PHP's and MySQL's idea of numbers (behaviour.md 2.1, «Ids in paths»).
 */

/** MySQL's cast of a text to a number: the longest numeric start. Undefined when that is no row id. */
export function idFrom(text: string): number | undefined {
  const start = /^[ \t\n\r\v\f]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(text)?.[0];
  const value = Number(start ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** PHP's is_numeric. */
export function isNumeric(text: string | undefined): text is string {
  return (
    text !== undefined && /^[ \t\n\r\v\f]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\r\v\f]*$/.test(text)
  );
}

/** CodeIgniter's is_natural_no_zero; a number beyond every id is 0 = no row. Undefined when it is not natural. */
export function naturalId(text: string): number | undefined {
  if (!/^\d+$/.test(text) || /^0+$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : 0;
}

/** CodeIgniter's `required`: something but white space. */
export function isMissing(value: string | undefined): value is undefined {
  return value === undefined || value.trim() === '';
}

/** PHP's truth of a form value: neither empty nor "0". */
export function isTruthy(value: string | undefined): value is string {
  return value !== undefined && value !== '' && value !== '0';
}

/** `page` of the ticket and user lists: text counts as 1; null = «Page not found.» (behaviour.md 2.2). */
export function listPage(text: string | undefined): number | null {
  if (!isNumeric(text)) return 1;
  const page = Number(text);
  return page > 0 && (Number.isInteger(page) || page === Number.POSITIVE_INFINITY) ? page : null;
}

/** `page` of a ticket's messages: everything below 1 and every text is page 1 (behaviour.md 2.5). */
export function messagesPage(text: string | undefined): number {
  const page = Number(/^\s*[+-]?\d+/.exec(text ?? '')?.[0] ?? 1);
  return Math.max(page, 1);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** The reference stores names escaped; ours are stored as they were written and escaped on the wire. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char) : text;
}

/** Milliseconds as the API's Unix seconds, a string like every column value. */
export function seconds(atMs: number): string {
  return String(Math.floor(atMs / 1000));
}
