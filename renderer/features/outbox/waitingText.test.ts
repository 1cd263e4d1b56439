import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import {
  decisionKey,
  decisionsOf,
  decisionWord,
  doneText,
  groupOf,
  headline,
  lastLine,
  summaryOf,
  waitingSentence,
} from './waitingText.ts';

let nextId = 1;
const item = (change: Partial<OutboxItem>): OutboxItem => ({
  ...{ id: nextId++, kind: 'reply', state: 'queued', ticketId: null, ticketNumber: null, messageId: null },
  ...{ title: 'Printer', detail: '', theirs: '', isLost: false, isReview: false, decisions: [], edit: null },
  ...{ canDiscard: true, reason: '', attempts: 0, createdAt: 0, dueAt: 0 },
  ...change,
});
const status = (change: Partial<OutboxItem>) => item({ kind: 'set_status', detail: 'Closed', ...change });

describe('a decision says what it does here', () => {
  it.each<[Partial<OutboxItem>, OutboxItem['decisions'][number], string, string]>([
    [{ kind: 'set_status', state: 'conflict' }, 'send', 'Keep mine', 'm'],
    [{ kind: 'set_status', state: 'conflict' }, 'discard', 'Keep theirs', 't'],
    [{ kind: 'set_status', state: 'held', isReview: true }, 'send', 'Close anyway', 'm'],
    [{ kind: 'set_status', state: 'held', isReview: true }, 'discard', 'Leave open', 't'],
    [{ state: 'held', isReview: true, decisions: ['leave_open'] }, 'send', 'Close anyway', 'm'],
    [{ state: 'held', isReview: true, decisions: ['leave_open'] }, 'leave_open', 'Send, leave open', 'l'],
    [{ state: 'held', isReview: true }, 'send', 'Send anyway', 'm'],
    [{ state: 'held', isLost: true }, 'send', 'Make it again on the server', 'm'],
    [{ state: 'held', isLost: true }, 'discard', 'Keep here only', 'Delete'],
    [{ state: 'held' }, 'send', 'Send as it is', 'm'],
    [{ state: 'held' }, 'discard', 'Discard', 'Delete'],
    [{ state: 'uncertain' }, 'send', 'Send again', 'm'],
    [{ state: 'uncertain' }, 'arrived', 'It arrived', 'a'],
    [{ state: 'rejected' }, 'retry', 'Try again', 'r'],
    [{ state: 'queued' }, 'retry', 'Try now', 'r'],
    [{ state: 'queued' }, 'first', 'Send first', 'f'],
    [{ state: 'sent' }, 'discard', 'Stop looking', 'Delete'],
    [{ kind: 'delete_ticket', state: 'held' }, 'send', 'Delete on the server', 'm'],
    [{ kind: 'delete_ticket', state: 'held' }, 'discard', 'Keep', 'Delete'],
    [{ kind: 'update_customer', state: 'conflict' }, 'discard', 'Keep theirs', 't'],
  ])('%o %s: %s', (change, decision, word, keys) => {
    expect(decisionWord(decision, item(change))).toBe(word);
    expect(decisionKey(decision, item(change))).toBe(keys);
  });
});

describe('several', () => {
  const some = [
    status({ state: 'conflict', decisions: ['send', 'discard'] }),
    status({ state: 'conflict', decisions: ['send', 'discard'] }),
    item({ state: 'queued', decisions: ['first', 'retry', 'discard'] }),
  ];

  it('are summed up, most first', () => {
    expect(summaryOf(some)).toEqual([
      { words: 'Set the status · In conflict', count: 2 },
      { words: 'Reply · Queued', count: 1 },
    ]);
  });

  it('are decided by what each of them allows', () => {
    const [first, second, third] = some.map(({ id }) => id);
    expect(decisionsOf(some).map(({ word, ids }) => [word, ids])).toEqual([
      ['Keep mine', [first, second]],
      ['Send first', [third]],
      ['Try now', [third]],
      ['Discard mine', [first, second, third]],
    ]);
  });

  it('are told in one sentence, a single one only where one would not see it', () => {
    expect(doneText('send', some, false)).toBe('3 to be sent now.');
    expect(doneText('discard', some, false)).toBe(
      '3 discarded. Texts are back in the composers of their tickets.',
    );
    expect(doneText('send', some.slice(0, 1), false)).toBeNull();
    expect(doneText('discard', some.slice(0, 1), false)).toBeNull();
    expect(doneText('discard', some.slice(2), false)).toBe(
      'Discarded. The text is back in the composer of its ticket.',
    );
    expect(doneText('discard', some.slice(0, 1), true)).toBe('Discarded “Set the status: Closed”.');
  });
});

it.each<[OutboxItem['state'], string]>([
  ['queued', 'going'],
  ['sending', 'going'],
  ['sent', 'going'],
  ['uncertain', 'unsure'],
  ['held', 'decide'],
  ['conflict', 'decide'],
  ['rejected', 'decide'],
])('%s is among «%s»', (state, group) => expect(groupOf(item({ state }))).toBe(group));

it('a field is named with its value', () => {
  expect(headline(status({}))).toBe('Set the status: Closed');
  expect(headline(item({ detail: 'Hello' }))).toBe('Reply');
});

it('never confirms a deletion along with something else', () => {
  const decisions: OutboxItem['decisions'] = ['send', 'discard'];
  const reply = item({ id: 1, kind: 'reply', state: 'held', decisions });
  const deletion = item({ id: 2, kind: 'delete_ticket', state: 'held', decisions });
  const send = (items: OutboxItem[]) => decisionsOf(items).find(({ decision }) => decision === 'send');
  expect(send([reply, deletion])?.ids).toEqual([1]);
  expect(send([deletion, { ...deletion, id: 3 }])).toMatchObject({
    word: 'Delete on the server',
    ids: [2, 3],
  });
});

it('says of what is unsure that it may be there; the server’s own words are evidence', () => {
  expect(waitingSentence(item({ state: 'uncertain', reason: 'HTTP 500' }))).toContain('it may have arrived');
  expect(lastLine(item({ state: 'uncertain', reason: 'HTTP 500' }))).toBe('It may have arrived.');
  expect(waitingSentence(item({ state: 'rejected', reason: 'Ticket closed' }))).toBe('Ticket closed');
});
