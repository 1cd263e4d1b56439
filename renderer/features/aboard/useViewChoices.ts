import { useQuery } from '@tanstack/react-query';
import type { Queue } from '../../../shared/contract/queues.ts';
import { trpc } from '../../api/client.ts';
import { useOwnDepartments } from '../../api/desk.ts';
import { QUEUE_NAMES, queueCount, queueKey, shortCountText } from '../queue/index.ts';

export type ViewChoice = { key: string; queue: Queue; name: string; count: string };

const BUILT_IN = ['mine', 'unassigned', 'open', 'waiting', 'overdue', 'closed'] as const;

/** The views one can take along, with how many tickets stand in each. */
export function useViewChoices(): { queues: ViewChoice[]; departments: ViewChoice[] } {
  const counts = useQuery(trpc.queues.counts.queryOptions()).data;
  const departments = useOwnDepartments();
  const choice = (queue: Queue, name: string): ViewChoice => {
    const count = queueCount(queue, counts);
    return {
      key: queueKey(queue),
      queue,
      name,
      count: count === undefined ? '' : shortCountText(queue, count),
    };
  };
  return {
    queues: BUILT_IN.map((kind) => choice({ kind }, QUEUE_NAMES[kind])),
    departments: departments.map(({ id, name }) => choice({ kind: 'department', departmentId: id }, name)),
  };
}
