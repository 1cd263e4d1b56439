import { addressParser } from 'postal-mime';
import { LIMITS } from '../../../../shared/limits.ts';
import type { MailAddress } from '../../domain/mailVerdict.ts';
import { startOf } from '../../html/cutText.ts';
import { decodeWords, displayText } from './headerText.ts';

/** A header of this many addresses is a mistake or an attack; the first are enough. */
const MOST_ADDRESSES = 500;
const LONGEST_HEADER = 100_000;
const ROUTE = /<@[^<>:]*:/g;

/** Every address of a header, members of groups included, in order; unparsable ones are left out (A7–A10). */
export function parseAddresses(value: string): MailAddress[] {
  const text = withoutComments(value.slice(0, LONGEST_HEADER)).replace(ROUTE, '<');
  try {
    return addressParser(text, { flatten: true }).slice(0, MOST_ADDRESSES).flatMap(toAddress);
  } catch {
    return [];
  }
}

function toAddress({ name, address }: { name: string; address?: string | undefined }): MailAddress[] {
  const email = displayText(address ?? '');
  if (!/^[^@].*@[^@]+$/.test(email) || email.length > LIMITS.emailLength) return [];
  const shown = startOf(displayText(decodeWords(name)), LIMITS.customerNameLength);
  return [{ email, name: shown === email ? '' : shown }];
}

/** RFC 5322 comments nest; what stands in one never becomes part of an address (A10). */
function withoutComments(value: string): string {
  let text = '';
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const char = value.charAt(at);
    if (char === '\\') {
      if (depth === 0) text += value.slice(at, at + 2);
      at += 1;
    } else if (char === '"' && depth === 0) {
      isQuoted = !isQuoted;
      text += char;
    } else if (char === '(' && !isQuoted) depth += 1;
    else if (char === ')' && !isQuoted && depth > 0) depth -= 1;
    else if (depth === 0) text += char;
  }
  // A bracket that never closes was no comment.
  return depth === 0 ? text : value;
}

/** The form in which two addresses are the same person's (A11): lower case, domain as punycode. */
export function addressKey(email: string): string {
  return sendableAddress(email).toLowerCase();
}

/** As it is stored and written to: the local part as the sender wrote it, the domain as punycode. */
export function sendableAddress(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at)}@${asciiDomain(email.slice(at + 1))}`;
}

function asciiDomain(domain: string): string {
  const lower = domain.toLowerCase();
  return URL.canParse(`http://${lower}/`) && !lower.startsWith('[')
    ? new URL(`http://${lower}/`).hostname
    : lower;
}
