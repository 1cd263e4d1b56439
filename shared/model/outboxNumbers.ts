import type { OutboxState } from '../contract/sync.ts';

/** `undecided`: what only a person can get going again. */
export function outboxNumbers(counts: Partial<Record<OutboxState, number>>): {
  total: number;
  undecided: number;
} {
  const of = (state: OutboxState): number => counts[state] ?? 0;
  const undecided = of('held') + of('conflict') + of('rejected');
  return { total: undecided + of('queued') + of('sending') + of('sent') + of('uncertain'), undecided };
}
