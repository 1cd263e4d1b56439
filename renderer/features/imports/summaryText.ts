import type { ImportItem, ImportSummary, Job } from '../../../shared/contract/system.ts';

export const OUTCOME_TEXT: Readonly<Record<ImportItem['outcome'], string>> = {
  new_ticket: 'New ticket',
  reply: 'Reply',
  duplicate: 'Already here',
  suspended: 'Set aside',
  failed: 'Not readable',
};

const count = (number: number, one: string, many: string): string[] =>
  number === 0 ? [] : [number === 1 ? `1 ${one}` : `${number.toLocaleString('en')} ${many}`];

/** «12 new tickets, 3 replies, 1 not readable», over all the files. */
export function summaryText(summaries: readonly ImportSummary[]): string {
  const sum = (of: (summary: ImportSummary) => number) =>
    summaries.reduce((total, each) => total + of(each), 0);
  const parts = [
    ...count(
      sum((each) => each.newTickets),
      'new ticket',
      'new tickets',
    ),
    ...count(
      sum((each) => each.replies),
      'reply',
      'replies',
    ),
    ...count(
      sum((each) => each.duplicates),
      'already here',
      'already here',
    ),
    ...count(
      sum((each) => each.suspended),
      'set aside',
      'set aside',
    ),
    ...count(
      sum((each) => each.failed),
      'not readable',
      'not readable',
    ),
  ];
  return parts.length > 0 ? parts.join(', ') : 'There was no message in it';
}

// What went wrong first: that is what one has to look at.
const ORDER: readonly ImportItem['outcome'][] = ['failed', 'suspended', 'duplicate', 'new_ticket', 'reply'];

export type JobsSummary = { title: string; text: string; items: ImportItem[] };

/** What to say about imports that ended together. */
export function summaryOfJobs(jobs: readonly Job[]): JobsSummary {
  const summaries = jobs.flatMap(({ importSummary }) => importSummary ?? []);
  const failed = jobs.find(({ state }) => state === 'failed');
  const wasCancelled = jobs.some(({ state }) => state === 'cancelled');
  const errors = jobs.flatMap(({ error }) => (error ? [error.message] : []));
  return {
    title: failed ? 'The import stopped' : wasCancelled ? 'Import cancelled' : 'Import done',
    text: [`${summaryText(summaries)}.`, ...new Set(errors)].join(' '),
    items: summaries
      .flatMap(({ items }) => items)
      .sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome)),
  };
}
