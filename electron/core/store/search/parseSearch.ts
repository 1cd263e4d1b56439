import { STATUS, type TicketStatus } from '../../../../shared/model/ticket.ts';
import { type Token, tokensOf } from './text.ts';

/** Words that must stand next to each other: a quoted phrase, or what was typed without a space (`re-install`). */
export type Phrase = readonly Token[];

export interface ParsedSearch {
  readonly phrases: readonly Phrase[];
  /** Words looked for among name, address and number of the customer only. */
  readonly from: readonly Phrase[];
  readonly status: TicketStatus | null;
  /** The text of `dept:`, to be compared with department names. */
  readonly department: string | null;
  readonly hasAttachment: boolean;
  /** Set when all that was typed is a number: that ticket comes first. */
  readonly ticketNumber: number | null;
}

const STATUS_WORDS: Readonly<Record<string, TicketStatus>> = {
  open: STATUS.open,
  new: STATUS.open,
  answered: STATUS.answered,
  waiting: STATUS.answered,
  awaiting: STATUS.awaitingReply,
  awaiting_reply: STATUS.awaitingReply,
  in_progress: STATUS.inProgress,
  progress: STATUS.inProgress,
  closed: STATUS.closed,
};
const ATTACHMENT_WORDS = new Set(['attachment', 'attachments', 'file', 'files']);

/** More words than anybody types; a pasted page must not become a query of thousands of terms. */
const MAX_PHRASES = 16;
const MAX_TOKENS = 24;

// An operator and its value, a quoted phrase (its end may still be missing), or a run without spaces.
const PIECES = /(?:(status|dept|has|from):(?:"([^"]*)"?|(\S+)))|"([^"]*)"?|(\S+)/giu;

interface Draft {
  phrases: Phrase[];
  from: Phrase[];
  status: TicketStatus | null;
  department: string | null;
  hasAttachment: boolean;
}

/** Takes an operator into account; false = its value means nothing, so it is read as plain words. */
function applyOperator(draft: Draft, operator: string, value: string): boolean {
  if (operator === 'status') {
    const status = STATUS_WORDS[value.toLowerCase()];
    if (status === undefined) return false;
    draft.status = status;
    return true;
  }
  if (operator === 'has') {
    if (!ATTACHMENT_WORDS.has(value.toLowerCase())) return false;
    draft.hasAttachment = true;
    return true;
  }
  const tokens = tokensOf(value).slice(0, MAX_TOKENS);
  if (tokens.length === 0) return false;
  if (operator === 'from') draft.from.push(tokens);
  else draft.department = value;
  return true;
}

/** Reads what a person typed into the search field. Never fails: what is no operator is words. */
export function parseSearch(text: string): ParsedSearch {
  const draft: Draft = { phrases: [], from: [], status: null, department: null, hasAttachment: false };
  const number = /^\s*#?(\d{1,15})\s*$/.exec(text)?.[1];
  for (const [piece, operator, quoted, bare] of text.matchAll(PIECES)) {
    if (draft.phrases.length + draft.from.length >= MAX_PHRASES) break;
    if (operator && applyOperator(draft, operator.toLowerCase(), quoted ?? bare ?? '')) continue;
    const tokens = tokensOf(piece).slice(0, MAX_TOKENS);
    if (tokens.length > 0) draft.phrases.push(tokens);
  }
  return { ...draft, ticketNumber: number === undefined ? null : Number(number) };
}

/** A phrase as FTS5 reads it. Tokens hold letters and digits only, so nothing needs escaping. */
export function matchPhrase(phrase: Phrase): string {
  const text = `"${phrase.map((token) => token.text).join(' ')}"`;
  return phrase.at(-1)?.isPrefix ? `${text} *` : text;
}
