import type { OperationKind } from '../../../shared/contract/tickets.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import type { Actor } from '../domain/actor.ts';
import { reaches } from '../domain/rights.ts';
import type { OperationRecord } from '../store/repositories/operations.ts';
import type { ServiceDeps } from './context.ts';
import { canTakeBack } from './outbox.ts';

const UNDOABLE: ReadonlySet<OperationKind> = new Set([
  'create_ticket',
  'reply',
  'add_note',
  'set_status',
  'set_department',
  'set_priority',
  'assign',
  'set_tags',
  'set_subject',
  'trash',
  'restore',
  'discard_change',
  'set_customer',
  'merge_customers',
  'delete_customer',
  'delete_attachment',
]);

/** Somebody's words: taken back by who wrote them, or by an administrator. */
const WORDS: ReadonlySet<OperationKind> = new Set(['reply', 'add_note']);

/** What only administrators do, only they take back. */
const ADMINS_ONLY: ReadonlySet<OperationKind> = new Set([
  'set_customer',
  'merge_customers',
  'delete_customer',
  'delete_attachment',
]);

/** Which staff member did it; null = nobody of the staff. */
export function writerOf({ actorKind, actorId }: OperationRecord): StaffId | null {
  return actorKind === 'staff' ? (actorId as StaffId | null) : null;
}

function isOwn(operation: OperationRecord, actor: Actor): boolean {
  return actor.kind === 'staff' && writerOf(operation) === actor.staffId;
}

/**
 * Whether this person could take this back, as far as log and outbox tell. A customer's own words are never taken
 * back, a colleague's by an administrator only; a field by whoever could set the old value by hand.
 */
export function canUndo(deps: ServiceDeps, operation: OperationRecord, actor: Actor): boolean {
  if (operation.undoneByGroupId !== null || operation.actorKind === 'customer') return false;
  if (!UNDOABLE.has(operation.kind)) return false;
  if (ADMINS_ONLY.has(operation.kind) && !reaches(actor, { kind: 'customers' })) return false;
  if (WORDS.has(operation.kind) && !reaches(actor, { kind: 'words', staffId: writerOf(operation) }))
    return false;
  return canTakeBack(deps, operation);
}

/**
 * The operations of a group as one person may take them back. Of somebody else's group that reaches into departments
 * they do not see: none, or the rest would count as undone. Of their own: what they see, and what they moved away.
 */
export function undoableBy(
  deps: ServiceDeps,
  actor: Actor,
  operations: OperationRecord[],
): OperationRecord[] {
  if (!operations.every((operation) => canUndo(deps, operation, actor))) return [];
  const isInReach = ({ ticketId }: OperationRecord): boolean => {
    const ticket = ticketId === null ? undefined : deps.store.tickets.byId(ticketId);
    if (!ticket || reaches(actor, { kind: 'ticket', ...ticket })) return true;
    return operations.some((one) => one.ticketId === ticketId && movedTo(one, actor) === ticket.departmentId);
  };
  const inReach = operations.filter(isInReach);
  const isOthers = operations.some((operation) => !isOwn(operation, actor));
  return isOthers && inReach.length < operations.length ? [] : inReach;
}

function movedTo(operation: OperationRecord, actor: Actor): unknown {
  if (operation.kind !== 'set_department' || !isOwn(operation, actor)) return undefined;
  return (operation.payload as { departmentId?: unknown }).departmentId;
}

/** Whether anything of a group can still be taken back by this person. */
export function canUndoGroup(deps: ServiceDeps, actor: Actor, groupId: string): boolean {
  return undoableBy(deps, actor, deps.store.operations.byGroup(groupId)).length > 0;
}
