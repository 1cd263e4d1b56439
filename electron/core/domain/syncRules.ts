import type { AuthorKind, TicketStatus } from '../../../shared/model/ticket.ts';
import { statusAfterMessage } from './ticketLifecycle.ts';

/** The fields of a ticket that a HelpDeskZ holds and lets others change. */
export interface RemoteFields {
  readonly status: TicketStatus;
  readonly departmentId: number;
}

/** An operation on a ticket as far as its fields are concerned. */
export type FieldOperation =
  | { readonly kind: 'message'; readonly author: AuthorKind; readonly close: boolean }
  | { readonly kind: 'set_status'; readonly value: TicketStatus }
  | { readonly kind: 'set_department'; readonly value: number };

/** What the screen shows: the base with the outbox played on top, in order (design: rebase). */
export function replay(base: RemoteFields, operations: readonly FieldOperation[]): RemoteFields {
  let { status, departmentId } = base;
  for (const operation of operations) {
    if (operation.kind === 'set_department') departmentId = operation.value;
    else if (operation.kind === 'set_status') status = operation.value;
    else status = statusAfterMessage(status, operation.author, operation.close);
  }
  return { status, departmentId };
}

/**
 * What to do with a change now that the remote's value is known: by value, never by clock. `drop`: it is so
 * already. `ask`: somebody else set something else meanwhile. `hold`: the thread has grown since it was closed here.
 */
export function decide(change: {
  readonly before: number;
  readonly value: number;
  readonly remoteNow: number;
  /** The change closes the ticket, and this many messages came that its writer had not seen. */
  readonly unseenBeforeClose: number;
}): 'apply' | 'drop' | 'ask' | 'hold' {
  if (change.remoteNow === change.value) return 'drop';
  if (change.unseenBeforeClose > 0) return 'hold';
  return change.remoteNow === change.before ? 'apply' : 'ask';
}
