import { describe, expect, it } from 'vitest';
import type { Message, Note } from '../../../../shared/contract/tickets.ts';
import type { MessageId, NoteId } from '../../../../shared/model/ids.ts';
import { firstUnread, mergeThread, openAtFirst, threadRows } from './mergeThread.ts';

const message = (id: number, author: 'customer' | 'staff', createdAt = id * 1000): Message => ({
  id: id as MessageId,
  author,
  authorName: author === 'staff' ? 'Sam' : 'Ann',
  staffId: null,
  source: 'app',
  createdAt,
  preview: `message ${id}`,
  bodyHtml: `<p>message ${id}</p>`,
  attachments: [],
  mail: null,
  sending: null,
  asStored: null,
});
const note = (id: number, createdAt: number): Note => ({
  id: id as NoteId,
  staffId: null,
  authorName: 'Sam',
  bodyHtml: '<p>note</p>',
  createdAt,
});
const thread = (authors: string) =>
  mergeThread(
    [...authors].map((letter, index) => message(index + 1, letter === 's' ? 'staff' : 'customer')),
    [],
    false,
  );
const keys = (items: Iterable<{ key: string }>) => [...items].map((item) => item.key);

describe('merging a thread', () => {
  it('puts notes between messages by time, after a message of the same instant', () => {
    const items = mergeThread(
      [message(2, 'staff'), message(1, 'customer')],
      [note(1, 1500), note(2, 2000), note(3, 9000)],
      false,
    );
    expect(keys(items)).toEqual(['m1', 'n1', 'm2', 'n2', 'n3']);
  });

  it('shows a message once when pages overlap', () => {
    expect(keys(mergeThread([message(1, 'staff'), message(1, 'staff')], [], false))).toEqual(['m1']);
  });

  it('keeps notes from the time of messages that are not loaded back', () => {
    const notes = [note(1, 500), note(2, 5500)];
    expect(keys(mergeThread([message(5, 'staff')], notes, true))).toEqual(['m5', 'n2']);
    expect(keys(mergeThread([message(5, 'staff')], notes, false))).toEqual(['n1', 'm5', 'n2']);
  });

  it('without messages shows all notes', () => {
    expect(keys(mergeThread([], [note(1, 1)], false))).toEqual(['n1']);
  });

  it('orders messages of the same instant by id', () => {
    expect(keys(mergeThread([message(10, 'staff', 1), message(9, 'customer', 1)], [], false))).toEqual([
      'm9',
      'm10',
    ]);
  });
});

describe('what is open at first', () => {
  it.each([
    ['', false, []],
    ['c', false, ['m1']],
    ['cscs', false, ['m1', 'm2', 'm3', 'm4']],
    // What the customer last said, and the answers to it.
    ['cscscs', false, ['m5', 'm6']],
    ['cscscss', false, ['m5', 'm6', 'm7']],
    // Three unread messages since our last answer.
    ['cscsccc', true, ['m5', 'm6', 'm7']],
    ['cscsccc', false, ['m7']],
    ['ssssss', false, ['m6']],
    ['ssssss', true, ['m6']],
    ['cccccc', true, ['m1', 'm2', 'm3', 'm4', 'm5', 'm6']],
  ] as const)('%s, unread %s', (authors, isUnread, open) => {
    expect([...openAtFirst(thread(authors), isUnread)]).toEqual(open);
  });
});

it.each([
  ['cscc', 'm3'],
  ['c', 'm1'],
  ['cs', undefined],
  ['', undefined],
])('the first unread of %s is %s', (authors, key) => {
  expect(firstUnread(thread(authors))?.key).toBe(key);
});

describe('folding', () => {
  it('folds many closed lines but keeps two for context', () => {
    const items = thread('cscscscscscscscscscs');
    const rows = threadRows(items, openAtFirst(items, false), { isUnfolded: false, notLoaded: 0 });
    expect(rows[0]).toEqual({ kind: 'fold', key: 'fold', count: 16 });
    expect(rows.slice(1).map((row) => row.kind === 'item' && [row.item.key, row.isOpen])).toEqual([
      ['m17', false],
      ['m18', false],
      ['m19', true],
      ['m20', true],
    ]);
  });

  it('shows everything once unfolded', () => {
    const items = thread('cscscscscs');
    const rows = threadRows(items, openAtFirst(items, false), { isUnfolded: true, notLoaded: 0 });
    expect(rows.every((row) => row.kind === 'item')).toBe(true);
  });

  it('four closed lines are no fold', () => {
    const items = thread('cscscs');
    const rows = threadRows(items, openAtFirst(items, false), { isUnfolded: false, notLoaded: 0 });
    expect(rows).toHaveLength(6);
  });

  it('names messages that are not loaded, unfolded or not', () => {
    const items = thread('cs');
    const open = openAtFirst(items, false);
    for (const isUnfolded of [true, false]) {
      expect(threadRows(items, open, { isUnfolded, notLoaded: 30 })[0]).toEqual({
        kind: 'fold',
        key: 'fold',
        count: 30,
      });
    }
  });
});
