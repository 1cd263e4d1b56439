import type { Queue, QueueCounts, TicketRow } from '../../../shared/contract/queues.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { OPEN_STATUSES, STATUS } from '../../../shared/model/ticket.ts';
import { assertNever } from '../../../shared/util/assertNever.ts';

export type BelongsContext = { viewerId: StaffId | null; now: number; overdueMs: number };

/** Whether a ticket stands in a queue: the core's own rule (design §3), to judge single rows after an event. */
export function belongsTo(queue: Queue, row: TicketRow, context: BelongsContext): boolean {
  if (queue.kind === 'trash') return row.deletedAt !== null;
  if (row.deletedAt !== null) return false;
  const isOpen = OPEN_STATUSES.includes(row.status);
  switch (queue.kind) {
    case 'mine':
      return isOpen && row.assigneeId !== null && row.assigneeId === context.viewerId;
    case 'unassigned':
      return isOpen && row.assigneeId === null;
    case 'open':
      return isOpen;
    case 'waiting':
      return row.status === STATUS.answered;
    case 'overdue':
      return isOpen && row.lastMessageAt < context.now - context.overdueMs;
    case 'closed':
      return row.status === STATUS.closed;
    case 'department':
      return isOpen && row.departmentId === queue.departmentId;
    default:
      return assertNever(queue.kind);
  }
}

export const QUEUE_NAMES: Readonly<Record<Exclude<Queue['kind'], 'department'>, string>> = {
  mine: 'Mine',
  unassigned: 'Unassigned',
  open: 'All open',
  waiting: 'Waiting on customer',
  overdue: 'Overdue',
  closed: 'Closed',
  trash: 'Trash',
};

/** Names a queue uniquely, for caches and keys. */
export function queueKey(queue: Queue): string {
  return queue.kind === 'department' ? `department:${queue.departmentId}` : queue.kind;
}

export function queueCount(queue: Queue, counts: QueueCounts | undefined): number | undefined {
  if (!counts) return undefined;
  if (queue.kind !== 'department') return counts[queue.kind];
  return counts.departments.find(({ departmentId }) => departmentId === queue.departmentId)?.open ?? 0;
}

const grouped = new Intl.NumberFormat('en');

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A count where room is short: 1.1K, 57.5K. The list’s heading has it exactly. */
export function shortCountText(queue: Queue, count: number): string {
  return queue.kind === 'overdue' || count < 1000 ? countText(queue, count) : compact.format(count);
}

/** A count as people read it; one that depends on time stops at «999+». */
export function countText(queue: Queue, count: number): string {
  return queue.kind === 'overdue' && count > LIMITS.cappedCount
    ? `${LIMITS.cappedCount}+`
    : grouped.format(count);
}
