import type { ImportItem, ImportSummary } from '../../../shared/contract/system.ts';

export const OUTCOME_TEXT: Readonly<Record<ImportItem['outcome'], string>> = {
  new_ticket: 'New ticket',
  reply: 'Reply',
  duplicate: 'Already here',
  suspended: 'Set aside',
  failed: 'Not readable',
};

const count = (number: number, one: string, many: string): string[] =>
  number === 0 ? [] : [number === 1 ? `1 ${one}` : `${number.toLocaleString('en')} ${many}`];

/** «12 new tickets, 3 replies, 1 not readable». */
export function summaryText(summary: ImportSummary): string {
  const parts = [
    ...count(summary.newTickets, 'new ticket', 'new tickets'),
    ...count(summary.replies, 'reply', 'replies'),
    ...count(summary.duplicates, 'already here', 'already here'),
    ...count(summary.suspended, 'set aside', 'set aside'),
    ...count(summary.failed, 'not readable', 'not readable'),
  ];
  return parts.length > 0 ? parts.join(', ') : 'There was no message in it';
}
