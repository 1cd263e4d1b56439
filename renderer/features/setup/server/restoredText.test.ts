import { expect, it } from 'vitest';
import { restoredSentences } from './restoredText.ts';

const NONE = { tickets: 0, others: 0, messages: 0, moved: 0, customers: 0, news: 0, waiting: 0 };

it('says what will happen, and nothing of what will not', () => {
  expect(restoredSentences(NONE)).toEqual(['The server has all tickets and messages that are here.']);
  expect(
    restoredSentences({ ...NONE, tickets: 1, others: 1, waiting: 2 }).map((one) => one.slice(0, 30)),
  ).toEqual([
    '1 ticket was lost there. On th',
    '1 number means another ticket ',
    '2 operations wait here. What b',
    'What was lost is listed in Con',
  ]);
  expect(
    restoredSentences({ ...NONE, messages: 3, moved: 2, news: 1 }).map((one) => one.slice(0, 24)),
  ).toEqual([
    '3 messages were lost in ',
    '2 tickets take the statu',
    '1 ticket is new to this ',
    'What was lost is listed ',
  ]);
});
