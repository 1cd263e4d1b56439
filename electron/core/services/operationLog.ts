import type { OperationKind } from '../../../shared/contract/tickets.ts';
import type { MessageId, NoteId, OperationId, TicketId } from '../../../shared/model/ids.ts';
import type { Actor } from '../domain/actor.ts';
import type { ServiceDeps } from './context.ts';

export interface OperationToLog {
  readonly groupId: string;
  readonly kind: OperationKind;
  readonly ticketId?: TicketId;
  readonly messageId?: MessageId;
  readonly noteId?: NoteId;
  readonly payload: unknown;
  /** The values that the change replaced: what undo puts back. */
  readonly before: unknown;
  readonly undoesGroupId?: string;
}

/** Writes one line of the permanent log. Must run inside the transaction of the change. */
export function logOperation(deps: ServiceDeps, actor: Actor, operation: OperationToLog): OperationId {
  return deps.store.operations.insert({
    groupId: operation.groupId,
    kind: operation.kind,
    ticketId: operation.ticketId ?? null,
    messageId: operation.messageId ?? null,
    noteId: operation.noteId ?? null,
    actorKind: actor.kind,
    actorId: actorId(actor),
    actorName: actor.name,
    payload: operation.payload,
    before: operation.before,
    createdAt: deps.clock.now(),
    undoesGroupId: operation.undoesGroupId ?? null,
  });
}

function actorId(actor: Actor): number | null {
  switch (actor.kind) {
    case 'staff':
      return actor.staffId;
    case 'token':
      return actor.tokenId;
    case 'customer':
      return actor.customerId;
    case 'system':
      return null;
  }
}
