import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { ChangeDone, OperationKind, TicketChange } from '../../../shared/contract/tickets.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { startOf } from '../html/cutText.ts';
import type { TicketFields, TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';
import { changeRefusal } from './goneTickets.ts';
import { logOperation } from './operationLog.ts';
import { withdrawDeletion } from './outboxDirectory.ts';
import { runSliced, type SlicedRun } from './sliced.ts';
import { publishTickets } from './ticketEvents.ts';
import { visibleTicket } from './ticketWriter.ts';

/** Each field of a change is an operation of its own: history shows them apart and sync can merge them apart. */
const FIELD_KINDS = {
  status: 'set_status',
  departmentId: 'set_department',
  priority: 'set_priority',
  assigneeId: 'assign',
  subject: 'set_subject',
  deletedAt: 'trash',
} as const satisfies Record<keyof TicketFields, OperationKind>;

/** What one call changes: a group in the log, and what the windows hear of. */
export interface Act {
  readonly actor: Actor;
  readonly groupId: string;
  readonly changed: TicketId[];
  readonly departments: DepartmentId[];
  readonly undoesGroupId?: string;
}

/**
 * Changes fields of tickets as one group. A ticket that is gone or unseen fails a single change
 * (ticket_not_found) and is passed over in a bulk one; fields that already have the value are no change. Neither status
 * nor department is set where the server of a remote workspace has deleted the ticket: ticket_gone_on_server, in a bulk
 * change only when nothing else changed.
 */
export async function updateTickets(
  deps: ServiceDeps,
  actor: Actor,
  input: { ticketIds: readonly TicketId[]; change: TicketChange },
  run?: SlicedRun,
): Promise<Result<ChangeDone>> {
  const checked = checkChange(deps, input.change);
  if (!checked.ok) return checked;
  const change = (ticket: TicketRecord, act: Act) => changeTicket(deps, act, ticket, checked.value);
  return changeMany(deps, actor, input.ticketIds, change, run);
}

/** The same for one ticket and at once: what the HelpDeskZ API's update does. */
export function updateTicketNow(
  deps: ServiceDeps,
  actor: Actor,
  ticketId: TicketId,
  change: TicketChange,
): Result<ChangeDone> {
  const checked = checkChange(deps, change);
  if (!checked.ok) return checked;
  const act = newAct(deps, actor);
  const result = deps.store.write(() => {
    const ticket = visibleTicket(deps, actor, ticketId);
    if (!ticket.ok) return ticket;
    return changeTicket(deps, act, ticket.value, checked.value);
  });
  return result.ok ? finish(deps, act) : result;
}

export async function trashTickets(
  deps: ServiceDeps,
  actor: Actor,
  ticketIds: readonly TicketId[],
  run?: SlicedRun,
  /** In a remote workspace: on the server as well, for good. Else the trash is this desk's alone. */
  { onServer = false }: { onServer?: boolean } = {},
): Promise<Result<ChangeDone>> {
  const how = { payload: onServer && deps.store.remoteDesk.get() ? { onServer } : {}, before: {} };
  const trash = (ticket: TicketRecord, act: Act) => ok(setTrashed(deps, act, ticket, true, how));
  return changeMany(deps, actor, ticketIds, trash, run);
}

/** What fits into one transaction that nobody notices. */
const TRASHED_AT_ONCE = 200;

/**
 * A department or a customer goes with its tickets: all of them and `last` in one transaction, but for a crowd, whose
 * surplus goes in slices before (300 000 tickets at once would hold everybody up for a minute). When that ends early the
 * department stays, with the tickets that are left. Answers how many tickets went, and the group that undo takes.
 */
export async function trashAllWith(
  deps: ServiceDeps,
  actor: Actor,
  liveIds: () => readonly TicketId[],
  last: (done: { groupId: string; trashed: number }) => Result<void>,
  run?: SlicedRun,
): Promise<Result<{ groupId: string; trashed: number }>> {
  const act = newAct(deps, actor);
  const trash = (id: TicketId): Result<void> => {
    const ticket = deps.store.tickets.byId(id);
    if (ticket && ticket.deletedAt === null) setTrashed(deps, act, ticket, true);
    return ok(undefined);
  };
  const surplus = liveIds().slice(0, -TRASHED_AT_ONCE);
  const sliced = await runSliced(deps, surplus, trash, run);
  const result = !sliced.ok
    ? sliced
    : run?.signal?.aborted
      ? err(appErrorOf('cancelled'))
      : deps.store.write(() => {
          for (const id of liveIds()) trash(id);
          return last({ groupId: act.groupId, trashed: act.changed.length });
        });
  finish(deps, act);
  return result.ok ? ok({ groupId: act.groupId, trashed: act.changed.length }) : result;
}

export function newAct(deps: ServiceDeps, actor: Actor, undoesGroupId?: string): Act {
  return {
    actor,
    groupId: deps.ids.group(),
    changed: [],
    departments: [],
    ...(undoesGroupId === undefined ? {} : { undoesGroupId }),
  };
}

export function finish(deps: ServiceDeps, act: Act): Result<ChangeDone> {
  const ids = [...new Set(act.changed)];
  publishTickets(deps, ids, act.departments);
  return ok({ groupId: act.groupId, changedTickets: ids.length });
}

/** The slices before an error are on disk: the windows hear of them whatever the answer is. */
export function finishAfter(deps: ServiceDeps, act: Act, result: Result<void>): Result<ChangeDone> {
  const done = finish(deps, act);
  return result.ok ? done : result;
}

async function changeMany(
  deps: ServiceDeps,
  actor: Actor,
  ticketIds: readonly TicketId[],
  change: (ticket: TicketRecord, act: Act) => Result<void>,
  run: SlicedRun | undefined,
): Promise<Result<ChangeDone>> {
  const act = newAct(deps, actor);
  const refused: AppError[] = [];
  const changeOne = (id: TicketId): Result<void> => {
    const ticket = visibleTicket(deps, actor, id);
    const done = ticket.ok ? change(ticket.value, act) : ticket;
    if (ticket.ok && !done.ok) refused.push(done.error);
    return done.ok || ticketIds.length > 1 ? ok(undefined) : done;
  };
  const result = await runSliced(deps, ticketIds, changeOne, run);
  const done = finishAfter(deps, act, result);
  return done.ok && refused[0] && act.changed.length === 0 ? err(refused[0]) : done;
}

function checkChange(deps: ServiceDeps, change: TicketChange): Result<TicketChange> {
  if (change.departmentId !== undefined && !deps.store.departments.byId(change.departmentId)) {
    return err(appErrorOf('department_not_found', { field: 'departmentId' }));
  }
  if (change.assigneeId != null && !deps.store.staff.byId(change.assigneeId)?.isActive) {
    return err(appErrorOf('staff_not_found', { field: 'assigneeId' }));
  }
  if (change.subject === undefined) return ok(change);
  const subject = startOf(change.subject.trim(), LIMITS.subjectLength);
  return subject === ''
    ? err(appErrorOf('subject_missing', { field: 'subject' }))
    : ok({ ...change, subject });
}

function changeTicket(deps: ServiceDeps, act: Act, ticket: TicketRecord, change: TicketChange): Result<void> {
  const refusal = changeRefusal(deps, ticket, change);
  if (refusal) return err(refusal);
  if (change.status !== undefined) setField(deps, act, ticket, 'status', change.status);
  if (change.departmentId !== undefined) setField(deps, act, ticket, 'departmentId', change.departmentId);
  if (change.priority !== undefined) setField(deps, act, ticket, 'priority', change.priority);
  if (change.assigneeId !== undefined) setField(deps, act, ticket, 'assigneeId', change.assigneeId);
  if (change.subject !== undefined) setField(deps, act, ticket, 'subject', change.subject);
  if (change.addTags || change.removeTags) {
    const before = deps.store.tags.ofTicket(ticket.id);
    const removed = new Set((change.removeTags ?? []).map((tag) => tag.toLowerCase()));
    const kept = [...before, ...(change.addTags ?? [])].filter((tag) => !removed.has(tag.toLowerCase()));
    setTags(deps, act, ticket, kept);
  }
  return ok(undefined);
}

/** Sets one field, logs it with the value it replaced, and keeps index and change number in step. */
export function setField<F extends 'status' | 'departmentId' | 'priority' | 'assigneeId' | 'subject'>(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  field: F,
  value: TicketRecord[F],
): void {
  const before = deps.store.tickets.byId(ticket.id)?.[field];
  if (before === value) return;
  deps.store.tickets.set(ticket.id, field, value as never, deps.clock.now());
  if (field === 'departmentId' || field === 'subject') deps.store.search.index(ticket.id);
  record(deps, act, ticket, FIELD_KINDS[field], { [field]: value }, { [field]: before });
  if (field === 'departmentId') act.departments.push(value as DepartmentId);
}

export function setTags(deps: ServiceDeps, act: Act, ticket: TicketRecord, tags: readonly string[]): void {
  const before = deps.store.tags.ofTicket(ticket.id);
  deps.store.tags.setForTicket(ticket.id, tags);
  const after = deps.store.tags.ofTicket(ticket.id);
  if (after.join('\n') === before.join('\n')) return;
  record(deps, act, ticket, 'set_tags', { tags: after }, { tags: before });
}

export function setTrashed(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  isTrashed: boolean,
  moved: { payload: object; before: object } = { payload: {}, before: {} },
): void {
  const now = deps.clock.now();
  deps.store.tickets.set(ticket.id, 'deletedAt', isTrashed ? now : null, now);
  if (!isTrashed) withdrawDeletion(deps, { ticketId: ticket.id });
  if (isTrashed) deps.store.search.remove(ticket.id);
  else deps.store.search.index(ticket.id);
  const [kind, change] = isTrashed ? (['trash', 'deleted'] as const) : (['restore', 'created'] as const);
  // What comes from a remote on top of these brings it back.
  const { messages } = deps.store.remoteContents.ofTicket(ticket.id);
  const payload = isTrashed && messages > 0 ? { ...moved.payload, messages } : moved.payload;
  record(deps, act, ticket, kind, payload, moved.before, change);
  deps.store.changes.recordThread(ticket.id, change, now);
}

function record(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  kind: OperationKind,
  payload: unknown,
  before: unknown,
  change: 'created' | 'changed' | 'deleted' = 'changed',
): void {
  logOperation(deps, act.actor, {
    groupId: act.groupId,
    kind,
    ticketId: ticket.id,
    payload,
    before,
    ...(act.undoesGroupId === undefined ? {} : { undoesGroupId: act.undoesGroupId }),
  });
  deps.store.changes.record('ticket', ticket.id, change, deps.clock.now());
  act.changed.push(ticket.id);
  act.departments.push(ticket.departmentId);
}
