import { expect, it } from 'vitest';
import type { AwayNews } from '../../../shared/contract/sync.ts';
import { newsText, undecidedText } from './awayText.ts';

it.each<[AwayNews['kind'], number, number, string]>([
  ['new', 1, 1, '1 new ticket'],
  ['new', 1200, 1200, '1,200 new tickets'],
  ['replies', 1, 1, '1 reply in one ticket'],
  ['replies', 31, 9, '31 replies in 9 tickets'],
  ['closed', 3, 3, '3 closed by others'],
])('%s %i in %i: %s', (kind, amount, ticketCount, text) =>
  expect(newsText({ kind, amount, ticketCount, tickets: [] })).toBe(text),
);

it('counts what waits for oneself', () => {
  expect([1, 2].map(undecidedText)).toEqual(['1 of yours needs a decision', '2 of yours need a decision']);
});
