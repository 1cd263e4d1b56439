import type { OutboxDecision, OutboxEdit, OutboxKind, OutboxState } from '../../../shared/contract/sync.ts';

/** What has to be known of an operation that waits, to say what a person can do about it. */
export interface Waiting {
  readonly kind: OutboxKind;
  readonly state: OutboxState;
  /** A reply that closes its ticket, held because the thread has grown. */
  readonly closesUnread: boolean;
  /** The server has deleted its ticket: nothing more can be sent there. */
  readonly isGone: boolean;
  /** A person said that it arrived; it was not found yet. */
  readonly isSaidToBeThere: boolean;
  /** A restored server does not have it. */
  readonly isLost: boolean;
  /** Something else stands on it, and would have nothing to stand on. */
  readonly isNeeded: boolean;
}

/** What a person can decide about it, the likeliest first. What is on its way leaves nothing to decide. */
export function decisionsFor(waiting: Waiting): OutboxDecision[] {
  const { state, isNeeded } = waiting;
  const discard: OutboxDecision[] = isNeeded ? [] : ['discard'];
  switch (state) {
    case 'sending':
      return [];
    case 'sent':
      return waiting.isSaidToBeThere ? discard : [];
    case 'queued':
      return ['first', 'retry', ...discard];
    case 'rejected':
      return ['retry', ...discard];
    case 'uncertain':
      return isNeeded ? ['send'] : ['arrived', 'send', 'discard'];
    case 'held':
      return waiting.closesUnread ? ['send', 'leave_open', ...discard] : ['send', ...discard];
    case 'conflict':
      return waiting.isGone ? discard : ['send', ...discard];
  }
}

/** Before it left, a text goes back to where it was written, and a field takes another value. */
export function editFor({ kind, state, isGone, isNeeded, isLost }: Waiting): OutboxEdit | null {
  if (isLost || state === 'sending' || state === 'sent' || state === 'uncertain') return null;
  switch (kind) {
    case 'reply':
      return 'text';
    case 'create_ticket':
      return isNeeded ? null : 'text';
    case 'set_status':
      return isGone ? null : 'status';
    case 'set_department':
      return isGone ? null : 'department';
    default:
      return null;
  }
}
