import { describe, expect, it } from 'vitest';
import type { AboardSize, AboardTake } from '../../../shared/contract/aboard.ts';
import {
  budgetText,
  canBringMore,
  filesText,
  lackingText,
  lackText,
  partOf,
  takeHeadline,
} from './aboardText.ts';

const MB = 1024 * 1024;
const files = (count: number, megabytes: number) => ({ count, bytes: megabytes * MB });
const size = (change: Partial<AboardSize> = {}): AboardSize => ({
  ...{ tickets: 2, threadsMissing: 0, messages: 4, messagesHere: 4 },
  ...{ files: files(0, 0), filesHere: files(0, 0), filesTooLarge: files(0, 0) },
  ...change,
});
const take = (change: Partial<AboardTake>): AboardTake => ({
  ...{ views: [], budgetBytes: MB, state: 'done', isRunning: false, startedAt: 1, endedAt: 2, problem: null },
  ...{ size: size(), lacks: [] },
  ...change,
});

describe('what is aboard, in words', () => {
  it('says how much of it is here', () => {
    expect(partOf(40, 1280)).toBe('40 of 1,280');
    expect(partOf(1280, 1280)).toBe('1,280');
    expect(filesText(size())).toBe('None known');
    expect(filesText(size({ files: files(6, 8) }))).toBe('0 of 6 here · 0 B of 8 MB');
    expect(filesText(size({ files: files(6, 8), filesHere: files(6, 8) }))).toBe('6 · 8 MB');
  });

  it.each<[Partial<AboardSize>, number, string]>([
    [{ files: files(6, 8) }, 10, 'All 8 MB that are known fit.'],
    [{ files: files(6, 8) }, 3, '5 MB more than that are known: the oldest stay on the server.'],
    [{ files: files(6, 8) }, 0, 'No attachments are fetched.'],
    [{ files: files(2, 70), filesTooLarge: files(1, 60) }, 10, 'All 10 MB that are known fit.'],
    [{ files: files(1, 60), filesTooLarge: files(1, 60) }, 10, ''],
    [{}, 10, ''],
  ])('tells what a budget leaves out: %#', (change, budget, expected) => {
    expect(budgetText(size(change), budget * MB)).toBe(expected);
  });

  it.each<[Partial<AboardTake>, string]>([
    [{ state: 'fetching', isRunning: true }, 'Fetching…'],
    [{ state: 'fetching' }, 'Waiting for the server'],
    [{ state: 'paused' }, 'Paused'],
    [{ state: 'cancelled' }, 'Cancelled: what came is here'],
    [{}, 'Everything is aboard'],
    [{ lacks: [{ lack: 'over', ...files(1, 1) }] }, 'Aboard, but not everything'],
    [{ size: size({ threadsMissing: 1 }) }, 'Aboard, but not everything'],
  ])('names the state: %#', (change, expected) => expect(takeHeadline(take(change))).toBe(expected));

  it.each([
    ['over', false],
    ['too_large', false],
    ['waiting', true],
    ['no_answer', true],
  ] as const)('knows whether it is worth asking again: %s', (lack, expected) => {
    expect(canBringMore(take({ lacks: [{ lack, ...files(1, 1) }] }))).toBe(expected);
    expect(canBringMore(take({ size: size({ threadsMissing: 1 }) }))).toBe(true);
  });

  it('names what is missing and why', () => {
    const missing = { lack: 'over', count: 3, bytes: 12 * MB } as const;
    expect(lackText(missing)).toBe('3 attachments (12 MB): beyond the budget');
    const ticket = { ticketId: 1 as never, subject: 'Fire', files: [] };
    const lacking = (isThreadMissing: boolean, messagesMissing: number, filesMissing: number) =>
      lackingText({ ...ticket, isThreadMissing, messagesMissing, filesMissing });
    expect(lacking(true, 2, 1)).toBe('Missing: 2 messages, 1 attachment');
    expect(lacking(true, 0, 0)).toBe('Missing: its newest state');
    expect(lacking(false, 0, 4)).toBe('Missing: 4 attachments');
  });
});
