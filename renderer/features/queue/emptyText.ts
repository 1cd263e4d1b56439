import type { Queue } from '../../../shared/contract/queues.ts';

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

/** One sentence for a queue with nothing in it. */
export function emptyText(queue: Queue): string {
  return TEXTS[queue.kind];
}
