import type { OperationId } from '../../../shared/model/ids.ts';
import type { Actor } from '../domain/actor.ts';
import type { ServiceDeps } from './context.ts';
import type { OperationToLog } from './operationToLog.ts';
import { queueForRemote } from './outbox.ts';

/**
 * Writes one line of the permanent log, and in a remote workspace the row of the outbox that goes with it. Must run
 * inside the transaction of the change.
 */
export function logOperation(deps: ServiceDeps, actor: Actor, operation: OperationToLog): OperationId {
  // Nobody did it: it is not to be sent in anybody's name.
  if (actor.kind !== 'system') queueForRemote(deps, operation, actor.kind === 'token');
  return recordOperation(deps, actor, operation);
}

/** The line alone, where the outbox has its row already. */
export function recordOperation(deps: ServiceDeps, actor: Actor, operation: OperationToLog): OperationId {
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
