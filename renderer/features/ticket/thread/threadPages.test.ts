import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../shared/contract/tickets.ts';
import type { MessageId } from '../../../../shared/model/ids.ts';
import { type Known, type Page, withNewest, withOlder } from './threadPages.ts';

const message = (id: number): Message => ({
  id: id as MessageId,
  author: 'customer',
  authorName: 'Ann',
  staffId: null,
  source: 'mail',
  createdAt: id * 10,
  preview: '',
  bodyHtml: '',
  attachments: [],
  mail: null,
  sending: null,
  asStored: null,
});
const page = (ids: number[], hasOlderMessages: boolean): Page => ({
  messages: ids.map(message),
  hasOlderMessages,
});
const ids = ({ messages, hasOlder }: Known) => [messages.map(({ id }) => id), hasOlder];

describe('pages of a long thread', () => {
  it('starts with the newest page', () => {
    expect(ids(withNewest(null, page([3, 4], true)))).toEqual([[3, 4], true]);
  });

  it('keeps what the page drops as it moves on', () => {
    const known = withNewest(null, page([1, 2, 3], false));
    expect(ids(withNewest(known, page([2, 3, 4], true)))).toEqual([[1, 2, 3, 4], false]);
  });

  it('puts older pages in front, each message once', () => {
    const known = withNewest(null, page([5, 6], true));
    const older = withOlder(known, page([3, 4], true));
    expect(ids(older)).toEqual([[3, 4, 5, 6], true]);
    expect(ids(withOlder(older, page([1, 2, 3], false)))).toEqual([[1, 2, 3, 4, 5, 6], false]);
  });

  it('drops a message that was taken back', () => {
    const known = withOlder(withNewest(null, page([4, 5, 6], true)), page([3], true));
    expect(ids(withNewest(known, page([4, 5], true)))).toEqual([[3, 4, 5], true]);
    expect(ids(withNewest(known, page([4, 5], false)))).toEqual([[4, 5], false]);
  });

  it('a page that reaches further back after an undo still asks for what lies before', () => {
    const known = withNewest(null, page([4, 5, 6], true));
    expect(ids(withNewest(known, page([3, 4, 5], true)))).toEqual([[3, 4, 5], true]);
  });

  it('starts over when more arrived than a page holds', () => {
    const known = withNewest(null, page([1, 2], false));
    expect(ids(withNewest(known, page([8, 9], true)))).toEqual([[8, 9], true]);
  });
});
