// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { ImportItem, ImportSummary, Job } from '../../../shared/contract/system.ts';
import { sortMailFiles } from './mailFiles.ts';
import { summaryOfJobs, summaryText } from './summaryText.ts';

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
  it('counts what became of the messages of all files', () => {
    const summaries = [summary({ newTickets: 1203, replies: 1, failed: 2 }), summary({ newTickets: 1 })];
    expect(summaryText(summaries)).toBe('1,204 new tickets, 1 reply, 2 not readable');
  });

  it('says when there was nothing', () => {
    expect(summaryText([summary({})])).toBe('There was no message in it');
  });
});

describe('summaryOfJobs', () => {
  const job = (values: Partial<Job>): Job => ({
    id: '1',
    kind: 'import',
    label: 'a.eml',
    startedBy: null,
    done: 1,
    total: 1,
    state: 'done',
    canCancel: false,
    importSummary: null,
    error: null,
    ...values,
  });
  const item = (outcome: ImportItem['outcome'], source: string): ImportItem => ({
    source,
    outcome,
    ticketId: null,
    reason: '',
  });

  it('lists what went wrong first', () => {
    const first = summary({ newTickets: 1, items: [item('new_ticket', 'a.eml')] });
    const second = summary({ failed: 1, items: [item('failed', 'b.eml')] });
    const { title, text, items } = summaryOfJobs([
      job({ importSummary: first }),
      job({ importSummary: second }),
    ]);
    expect(title).toBe('Import done');
    expect(text).toBe('1 new ticket, 1 not readable.');
    expect(items.map(({ source }) => source)).toEqual(['b.eml', 'a.eml']);
  });

  it('says that it was stopped, and why', () => {
    const error = appErrorOf('disk_full');
    expect(summaryOfJobs([job({}), job({ state: 'failed', error })])).toMatchObject({
      title: 'The import stopped',
      text: `There was no message in it. ${error.message}`,
    });
    expect(summaryOfJobs([job({ state: 'cancelled' })]).title).toBe('Import cancelled');
  });
});
