import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { UndoDone } from '../../../shared/contract/tickets.ts';
import type { AttachmentId, DepartmentId, DraftId, OperationId, StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import type { OperationRecord } from '../store/repositories/operations.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import { restoreField } from '../sync/outbox/discardField.ts';
import { returnAttachment } from './attachmentRemoval.ts';
import type { ServiceDeps } from './context.ts';
import { undoMerge, undoSetCustomer } from './customerMerge.ts';
import { undoDeleteCustomer } from './customerRemoval.ts';
import { goneRefusal } from './goneTickets.ts';
import { logOperation } from './operationLog.ts';
import { restoreTicket } from './restoreTickets.ts';
import { draftFor, returnWords } from './returnWords.ts';
import { runSliced, type SlicedRun } from './sliced.ts';
import { finishAfter, newAct, setField, setTags, setTrashed } from './ticketChanges.ts';
import { undoableBy, writerOf } from './undoRights.ts';

/** `draftsOf`: whose composers got text back. `others`: what was undone that is no ticket's. */
type Act = ReturnType<typeof newAct> & {
  readonly draftsOf: Set<StaffId>;
  readonly others: Set<OperationId>;
  /** Why one of them was not undone. */
  refused?: AppError;
};

/**
 * Takes a group of operations back by inverse operations: a small group in one transaction, thousands in slices
 * (one that is interrupted can be undone again, what is undone already stays). A value that someone has changed
 * since stays as it is; when nothing at all can be taken back the answer is cannot_undo, or more plainly why not. The
 * text and files of an undone reply or note go back into its writer's composer.
 */
export async function undoGroup(
  deps: ServiceDeps,
  actor: Actor,
  groupId: string,
  run?: SlicedRun,
): Promise<Result<UndoDone>> {
  const operations = undoableBy(deps, actor, deps.store.operations.byGroup(groupId).reverse());
  if (operations.length === 0) return err(appErrorOf('cannot_undo'));
  const act: Act = { ...newAct(deps, actor, groupId), draftsOf: new Set(), others: new Set() };
  let restoredDraftId: DraftId | null = null;
  const step = (item: OperationRecord | 'mark'): Result<void> => {
    if (item === 'mark') return markUndone(deps, act, groupId);
    const undone = undoOne(deps, act, item, operations.length);
    if (undone.ok) restoredDraftId ??= undone.value;
    return undone.ok ? ok(undefined) : undone;
  };
  const result = await runSliced(deps, [...operations, 'mark' as const], step, run);
  for (const staffId of act.draftsOf) deps.events.publish({ type: 'drafts_changed', staffId });
  const done = finishAfter(deps, act, result);
  return done.ok ? ok({ changedTickets: done.value.changedTickets, restoredDraftId }) : done;
}

/** In the last slice: a second undo that ran meanwhile finds its group undone. */
function markUndone(deps: ServiceDeps, act: Act, groupId: string): Result<void> {
  const isUndone = deps.store.operations
    .byGroup(groupId)
    .some((operation) => operation.undoneByGroupId !== null);
  if (isUndone || act.changed.length + act.others.size === 0)
    return err(act.refused ?? appErrorOf('cannot_undo'));
  deps.store.operations.markUndone(groupId, act.groupId);
  return ok(undefined);
}

function undoOne(
  deps: ServiceDeps,
  act: Act,
  operation: OperationRecord,
  crowd: number,
): Result<DraftId | null> {
  if (operation.kind === 'merge_customers' || operation.kind === 'delete_customer')
    return undoCustomer(deps, act, operation);
  const ticket = operation.ticketId === null ? undefined : deps.store.tickets.byId(operation.ticketId);
  if (!ticket) return ok(null);
  switch (operation.kind) {
    case 'create_ticket':
    case 'restore':
      if (ticket.deletedAt === null) setTrashed(deps, act, ticket, true);
      return ok(null);
    case 'trash':
      if (ticket.deletedAt !== null) restoreTicket(deps, act, ticket);
      return ok(null);
    case 'set_customer': {
      const given = undoSetCustomer(deps, act, ticket, operation, crowd);
      return given.ok ? ok(null) : given;
    }
    case 'reply':
      return undoReply(deps, act, ticket, operation);
    case 'discard_change':
      undoDiscard(deps, act, ticket, operation);
      return ok(null);
    case 'add_note':
      return undoNote(deps, act, ticket, operation);
    case 'delete_attachment':
      undoDeletedFile(deps, act, ticket, operation);
      return ok(null);
    default:
      undoField(deps, act, ticket, operation);
      return ok(null);
  }
}

function undoCustomer(deps: ServiceDeps, act: Act, operation: OperationRecord): Result<DraftId | null> {
  const undone =
    operation.kind === 'merge_customers'
      ? undoMerge(deps, operation)
      : ok(undoDeleteCustomer(deps, act, operation.payload));
  if (!undone.ok) return undone;
  act.others.add(operation.id);
  return ok(null);
}

function undoDiscard(deps: ServiceDeps, act: Act, ticket: TicketRecord, operation: OperationRecord): void {
  const refused = restoreField(deps, operation);
  if (refused) act.refused = refused;
  else noteChanged(act, ticket, deps.store.tickets.byId(ticket.id));
}

function undoField(deps: ServiceDeps, act: Act, ticket: TicketRecord, operation: OperationRecord): void {
  const before = operation.before as Record<string, unknown>;
  const after = operation.payload as Record<string, unknown>;
  if (operation.kind === 'set_tags') {
    const isSame = deps.store.tags.ofTicket(ticket.id).join('\n') === (after.tags as string[]).join('\n');
    if (isSame) setTags(deps, act, ticket, before.tags as string[]);
    return;
  }
  for (const field of ['status', 'departmentId', 'priority', 'assigneeId', 'subject'] as const) {
    // By value: what someone else set since is theirs.
    if (!(field in before) || ticket[field] !== after[field]) continue;
    const gone = field === 'status' || field === 'departmentId' ? goneRefusal(deps, ticket.id) : null;
    if (gone) act.refused = gone;
    // In a department that has been deleted since, the ticket would be in no queue.
    else if (field !== 'departmentId' || deps.store.departments.byId(before[field] as DepartmentId))
      setField(deps, act, ticket, field, before[field] as never);
  }
}

function undoReply(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  operation: OperationRecord,
): Result<DraftId | null> {
  const { store } = deps;
  const now = deps.clock.now();
  const message = operation.messageId === null ? undefined : store.messages.byId(operation.messageId);
  if (!message || message.deletedAt !== null) return ok(null);
  const draftId = returnWords(deps, ticket.id, message);
  if (message.staffId !== null) act.draftsOf.add(message.staffId);
  const { status: before } = operation.before as { status: TicketRecord['status'] };
  const { status: after } = operation.payload as { status: TicketRecord['status'] };
  if (ticket.status === after && before !== after) store.tickets.set(ticket.id, 'status', before, now);
  store.tickets.refreshFromThread(ticket.id, now);
  store.search.index(ticket.id);
  recordUndo(deps, act, ticket, { kind: 'undo_reply', messageId: message.id });
  return ok(draftId);
}

function undoNote(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  operation: OperationRecord,
): Result<DraftId | null> {
  const body = operation.noteId === null ? undefined : deps.store.notes.bodyOf(operation.noteId);
  if (body === undefined || operation.noteId === null) return ok(null);
  deps.store.notes.setDeleted(operation.noteId, deps.clock.now());
  deps.store.search.index(ticket.id);
  const writer = writerOf(operation);
  const draftId = writer === null ? null : draftFor(deps, writer, ticket.id, 'note', body);
  if (writer !== null) act.draftsOf.add(writer);
  recordUndo(deps, act, ticket, { kind: 'undo_note', noteId: operation.noteId });
  return ok(draftId);
}

function undoDeletedFile(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  { payload, messageId }: OperationRecord,
): void {
  const { attachmentId } = payload as { attachmentId: AttachmentId };
  if (messageId === null || !returnAttachment(deps, attachmentId)) return;
  recordUndo(deps, act, ticket, { kind: 'restore_attachment', messageId, payload });
}

function recordUndo(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  what:
    | { kind: 'undo_reply'; messageId: NonNullable<OperationRecord['messageId']> }
    | { kind: 'undo_note'; noteId: NonNullable<OperationRecord['noteId']> }
    | {
        kind: 'restore_attachment';
        messageId: NonNullable<OperationRecord['messageId']>;
        payload: OperationRecord['payload'];
      },
): void {
  logOperation(deps, act.actor, {
    payload: {},
    ...what,
    groupId: act.groupId,
    ticketId: ticket.id,
    before: {},
    ...(act.undoesGroupId === undefined ? {} : { undoesGroupId: act.undoesGroupId }),
  });
  deps.store.changes.record('ticket', ticket.id, 'changed', deps.clock.now());
  noteChanged(act, ticket);
}

/** As it was and as it is: who sees either department hears of it. */
function noteChanged(act: Act, ...states: (TicketRecord | undefined)[]): void {
  for (const ticket of states) {
    if (!ticket) continue;
    act.changed.push(ticket.id);
    act.departments.push(ticket.departmentId);
  }
}
