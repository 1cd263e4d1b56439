import { createHash } from 'node:crypto';

const BRACKETED = /<([^<>]{1,900})>/g;
const BARE = /[^\s,;<>()"]+@[^\s,;<>()"]+/g;
const MOST_REFERENCES = 100;

/** A Message-ID without brackets and white space (F2); '' when there is none. Its case is kept. */
export function normaliseMailId(value: string): string {
  const inner = /<([^<>]{1,900})>/.exec(value)?.[1] ?? value;
  return inner.replace(/\s+/g, '').slice(0, 900);
}

/** Ids of earlier mails, the most telling first: In-Reply-To, then References from the newest back (F1). */
export function referenceIds(inReplyTo: string | null, references: string | null): string[] {
  const ids = [...idsIn(inReplyTo ?? ''), ...idsIn(references ?? '').reverse()];
  return [...new Set(ids)].slice(0, MOST_REFERENCES);
}

function idsIn(value: string): string[] {
  const bracketed = [...value.matchAll(BRACKETED)].map((match) => match[1] ?? '');
  const found = bracketed.length > 0 ? bracketed : (value.match(BARE) ?? []);
  return found.map((id) => id.replace(/\s+/g, '')).filter((id) => id !== '');
}

/**
 * What makes two deliveries the same mail (F12–F14): who, when, subject and the body's bytes, but not the trace
 * headers, the line ends or what an mbox file did to them. Lower-case hex.
 */
export function contentHash(parts: { from: string; date: string; subject: string; body: Buffer }): string {
  const hash = createHash('sha256');
  for (const text of [parts.from, parts.date, parts.subject])
    hash.update(`${text.replace(/\s+/g, ' ').trim()}\0`);
  const lines = parts.body
    .toString('latin1')
    .replace(/\r\n?/g, '\n')
    .replace(/^>+(?=From )/gm, '');
  return hash.update(lines.trimEnd(), 'latin1').digest('hex');
}

/** The id of a mail that has none (F13). */
export function madeUpMailId(hash: string): string {
  return `${hash.slice(0, 40)}@no-message-id.invalid`;
}
