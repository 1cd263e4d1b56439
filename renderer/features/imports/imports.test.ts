// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { ImportSummary } from '../../../shared/contract/system.ts';
import { sortMailFiles } from './mailFiles.ts';
import { summaryText } from './summaryText.ts';

const summary = (values: Partial<ImportSummary>): ImportSummary => ({
  newTickets: 0,
  replies: 0,
  duplicates: 0,
  suspended: 0,
  failed: 0,
  wasCancelled: false,
  items: [],
  ...values,
});

it('knows mail by its name', () => {
  const files = ['a.eml', 'B.EML', 'inbox.mbox', 'eml', 'x.pdf', 'mail.eml.zip'].map((name) => ({ name }));
  const { mail, others } = sortMailFiles(files);
  expect(mail.map(({ name }) => name)).toEqual(['a.eml', 'B.EML', 'inbox.mbox']);
  expect(others).toHaveLength(3);
});

describe('summaryText', () => {
  it('counts what became of the messages', () => {
    expect(summaryText(summary({ newTickets: 1204, replies: 1, failed: 2 }))).toBe(
      '1,204 new tickets, 1 reply, 2 not readable',
    );
  });

  it('says when there was nothing', () => {
    expect(summaryText(summary({}))).toBe('There was no message in it');
  });
});
