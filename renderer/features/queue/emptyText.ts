import type { Queue, QueueCounts } from '../../../shared/contract/queues.ts';

const TEXTS: Readonly<Record<Queue['kind'], string>> = {
  mine: 'Nothing is assigned to you.',
  unassigned: 'Every open ticket has someone.',
  open: 'No open tickets. All done.',
  waiting: 'No ticket waits for a customer.',
  overdue: 'Nothing is overdue.',
  closed: 'No ticket has been closed yet.',
  trash: 'The trash is empty.',
  department: 'This department has no open tickets.',
};

/** One sentence for a queue with nothing in it; a desk that has no ticket at all has not done any yet. */
export function emptyText(queue: Queue, counts: QueueCounts | undefined): string {
  const isNewDesk = counts && counts.open + counts.waiting + counts.closed + counts.trash === 0;
  return queue.kind === 'open' && isNewDesk ? 'No tickets yet. Write the first one.' : TEXTS[queue.kind];
}
