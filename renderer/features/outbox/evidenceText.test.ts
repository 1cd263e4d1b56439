import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { alikeSentence, lookSentence, sentSentence } from './evidenceText.ts';

const at = (time: number): string => `at ${time}`;
const message = { id: 1 as never, author: 'staff' as const, authorName: 'Ada', createdAt: 1 };
const reply = { kind: 'reply' } as OutboxItem;

describe('the evidence of an operation of unknown fate', () => {
  it.each([
    [{ looks: 0, lookedAt: null, sawAll: false }, 'Not yet: the next sync looks for it on the server.'],
    [{ looks: 1, lookedAt: 9, sawAll: true }, 'Once, last at 9. Everything that could be it was read.'],
    [{ looks: 3, lookedAt: 9, sawAll: false }, '3 times, last at 9. Not everything could be read.'],
  ])('%o', (look, sentence) => expect(lookSentence(look, at)).toBe(sentence));

  it('says how far the request got', () => {
    expect(sentSentence({ sentAt: 5, asideAt: 6 }, at)).toBe('at 5. The request left as a whole.');
    expect(sentSentence({ sentAt: 5, asideAt: null }, at)).toBe(
      'at 5. Nobody knows how much of the request left.',
    );
  });

  it('says what was found, and what that is worth', () => {
    expect(alikeSentence(reply, [])).toBe('Its mark is not in the thread, and nothing there reads the same.');
    expect(alikeSentence(reply, [message])).toContain('but a message reads the same');
    expect(alikeSentence(reply, [message, message])).toContain('but 2 messages read the same');
    expect(alikeSentence({ kind: 'create_ticket' } as OutboxItem, [])).toContain('No ticket');
  });
});
