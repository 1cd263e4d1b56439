import type { OutboxDecision, OutboxItem, TakeBackDone } from '../../../shared/contract/sync.ts';
import { KIND_WORDS, STATE_WORDS } from '../sync/index.ts';

/** Which part of what waits is shown: all, what a person has to decide, what is unsure, what goes by itself. */
export type WaitingGroup = 'all' | 'decide' | 'unsure' | 'going';

export function groupOf({ state }: OutboxItem): Exclude<WaitingGroup, 'all'> {
  if (state === 'held' || state === 'conflict' || state === 'rejected') return 'decide';
  return state === 'uncertain' ? 'unsure' : 'going';
}

/** What has two sides: somebody set something else, or wrote something meanwhile. */
export const hasTwoSides = ({ state }: OutboxItem): boolean => state === 'conflict' || state === 'held';

const FIELDS: readonly OutboxItem['kind'][] = [
  'set_status',
  'set_department',
  'update_customer',
  'update_department',
];
/** Sets a value, of which the server may have another. */
const isField = ({ kind }: OutboxItem): boolean => FIELDS.includes(kind);
/** Takes something away for good, and waits until a person has confirmed what goes. */
export const isDeletion = ({ kind }: OutboxItem): boolean => kind.startsWith('delete_');

/** What a decision is called where it is about this operation. */
export function decisionWord(decision: OutboxDecision, item: OutboxItem): string {
  switch (decision) {
    case 'send':
      if (item.isLost) return 'Make it again on the server';
      if (item.state === 'conflict') return 'Keep mine';
      if (item.state === 'uncertain') return 'Send again';
      if (isDeletion(item)) return 'Delete on the server';
      if (!item.isReview) return 'Send as it is';
      return isField(item) || item.decisions.includes('leave_open') ? 'Close anyway' : 'Send anyway';
    case 'leave_open':
      return 'Send, leave open';
    case 'retry':
      return item.state === 'rejected' ? 'Try again' : 'Try now';
    case 'first':
      return 'Send first';
    case 'arrived':
      return 'It arrived';
    case 'discard':
      if (item.isLost) return 'Keep here only';
      if (item.state === 'sent') return 'Stop looking';
      if (isDeletion(item)) return 'Keep';
      if (!isField(item)) return 'Discard';
      return item.state === 'conflict' ? 'Keep theirs' : item.isReview ? 'Leave open' : 'Discard';
  }
}

export const DECISION_KEYS: Readonly<Record<OutboxDecision, string>> = {
  send: 'm',
  leave_open: 'l',
  retry: 'r',
  first: 'f',
  arrived: 'a',
  discard: 'Delete',
};
/** Where discarding means taking the other side. */
export const THEIRS_KEY = 't';
export const EDIT_KEY = 'e';

/** The key that is shown for a decision about this operation. */
export function decisionKey(decision: OutboxDecision, item: OutboxItem): string {
  return decision === 'discard' && isField(item) && hasTwoSides(item) ? THEIRS_KEY : DECISION_KEYS[decision];
}

/** What an operation would do, with the value where it is a field: «Set the status: Closed». */
export function headline(item: OutboxItem): string {
  return isField(item) && item.detail ? `${KIND_WORDS[item.kind]}: ${item.detail}` : KIND_WORDS[item.kind];
}

/** Why it waits, in a sentence; what the server said instead of an answer is among the evidence. */
export const waitingSentence = ({ state, reason }: OutboxItem): string =>
  (state === 'uncertain' ? '' : reason) || STATE_WORDS[state].sentence;

/** The last line of a row: why it waits, and while it is simply its turn, what it says. */
export function lastLine(item: OutboxItem): string {
  const { state, reason, messageId, detail } = item;
  if (state === 'uncertain') return 'It may have arrived.';
  return state === 'queued' && reason === '' && messageId !== null && detail ? detail : waitingSentence(item);
}

/** What is alike: same operation in the same state for the same cause. */
export const isAlike = (a: OutboxItem, b: OutboxItem): boolean =>
  a.kind === b.kind && a.state === b.state && a.isReview === b.isReview && a.isLost === b.isLost;

/** «3 replies held, 2 statuses in conflict»: what several are, most first. */
export function summaryOf(items: readonly OutboxItem[]): { words: string; count: number }[] {
  const groups = Map.groupBy(items, (item) => `${KIND_WORDS[item.kind]} · ${STATE_WORDS[item.state].word}`);
  return [...groups].map(([words, of]) => ({ words, count: of.length })).sort((a, b) => b.count - a.count);
}

/** What a decision about several is called that has another name for each. */
const MIXED_WORDS: Readonly<Record<OutboxDecision, string>> = {
  send: 'Keep mine',
  leave_open: 'Send, leave open',
  retry: 'Try now',
  first: 'Send first',
  arrived: 'It arrived',
  discard: 'Discard mine',
};

/** What can be decided about some of these, as one press does it; each with those it is about. */
export function decisionsOf(
  items: readonly OutboxItem[],
): { decision: OutboxDecision; word: string; keys: string; ids: number[] }[] {
  const order: readonly OutboxDecision[] = ['arrived', 'send', 'leave_open', 'first', 'retry', 'discard'];
  return order.flatMap((decision) => {
    const all = items.filter(({ decisions }) => decisions.includes(decision));
    // What is deleted for good is never confirmed along with something else.
    const able = decision === 'send' && !all.every(isDeletion) ? all.filter((one) => !isDeletion(one)) : all;
    const [first] = able;
    if (!first) return [];
    const ids = able.map(({ id }) => id);
    const isMixed = new Set(able.map((item) => decisionWord(decision, item))).size > 1;
    if (isMixed) return [{ decision, word: MIXED_WORDS[decision], keys: DECISION_KEYS[decision], ids }];
    return [{ decision, word: decisionWord(decision, first), keys: decisionKey(decision, first), ids }];
  });
}

const DONE_WORDS: Readonly<Record<OutboxDecision, string>> = {
  send: 'to be sent now',
  leave_open: 'to be sent now, the ticket stays open',
  retry: 'to be tried now',
  first: 'to be sent first',
  arrived: 'counted as arrived',
  discard: 'discarded',
};

/** What to say after a decision; null where the screen shows it by itself. */
export function doneText(
  decision: OutboxDecision,
  items: readonly OutboxItem[],
  canUndo: boolean,
): string | null {
  const [only] = items;
  if (!only) return null;
  const isText =
    decision === 'discard' &&
    items.some(({ kind, state, isLost }) => kind === 'reply' && state !== 'sent' && !isLost);
  if (items.length > 1) {
    const back = isText ? ' Texts are back in the composers of their tickets.' : '';
    return `${items.length} ${DONE_WORDS[decision]}.${back}`;
  }
  if (isText) return 'Discarded. The text is back in the composer of its ticket.';
  return canUndo ? `Discarded “${headline(only)}”.` : null;
}

/** Where a text is that was taken back, for whoever has left the list meanwhile. */
export const takenBackText = ({ ticketId }: TakeBackDone): string =>
  ticketId === null
    ? 'Taken back. The ticket is among the drafts.'
    : 'Taken back. The text is back in the composer of its ticket.';
