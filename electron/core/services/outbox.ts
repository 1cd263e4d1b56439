import type { OutboxKind } from '../../../shared/contract/sync.ts';
import type { CustomerId, DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import type { OperationRecord } from '../store/repositories/operations.ts';
import type { NewOutboxRow } from '../store/repositories/outbox.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import { rebaseTicket } from '../sync/outbox/rebase.ts';
import type { ServiceDeps } from './context.ts';
import { isGoneTicket } from './goneTickets.ts';
import type { OperationToLog } from './operationToLog.ts';
import { directoryRows, isOut } from './outboxDirectory.ts';
import { remakeTicket } from './outboxRemake.ts';

type Queued = Pick<NewOutboxRow, 'kind' | 'payload' | 'before'> & Partial<NewOutboxRow>;
type Values = Readonly<Record<string, unknown>>;

/**
 * In a remote workspace every operation that the remote can hold gets its row in the outbox, in the transaction of
 * the change. What it cannot hold (notes, tags, priority, assignee, subject) stays on this desk. On a desk of its
 * own this does nothing.
 */
export function queueForRemote(deps: ServiceDeps, operation: OperationToLog, isScript: boolean): void {
  const { store, clock } = deps;
  if (!store.remoteDesk.get() || cancelsQueued(deps, operation)) return;
  const ticket = operation.ticketId === undefined ? undefined : store.tickets.byId(operation.ticketId);
  // The remote has deleted it: whatever else is done with it concerns this desk alone.
  if (ticket && isGoneTicket(deps, ticket.id)) return;
  if (ticket && operation.kind !== 'create_ticket' && isThrownAway(deps, ticket)) return;
  if (ticket && operation.kind === 'restore') remakeTicket(deps, ticket, operation.groupId);
  if (ticket && operation.kind !== 'create_ticket' && isHereOnly(deps, ticket)) {
    // Whoever goes on writing in it is asked again.
    if (operation.messageId !== undefined) remakeTicket(deps, ticket, operation.groupId);
    return;
  }
  queueWhatItStandsOn(deps, operation, ticket);
  const directory = directoryRows(deps, operation, isScript);
  for (const row of [...directory, ...rowsOf(operation, ticket?.status)]) {
    const customerId = (row.customerId ?? ticket?.customerId ?? null) as CustomerId | null;
    store.outbox.insert({
      groupId: operation.groupId,
      lane: operation.ticketId === undefined ? `customer ${customerId}` : `ticket ${operation.ticketId}`,
      ticketId: operation.ticketId ?? null,
      messageId: null,
      seenMessages: ticket ? seenMessages(deps, ticket, operation) : 0,
      createdAt: clock.now(),
      ...row,
      customerId,
    });
  }
}

/** A ticket that was never made there, and lies in the trash here: nothing about it will ever be told. */
function isThrownAway({ store }: ServiceDeps, { id, deletedAt }: TicketRecord): boolean {
  if (deletedAt === null || store.remoteTickets.remoteId('tickets', id) !== null) return false;
  return !store.outbox.byTicket(id).some(({ kind }) => kind === 'create_ticket');
}

/** A restored remote lost it, and somebody wanted it kept here only. */
function isHereOnly({ store }: ServiceDeps, { id }: TicketRecord): boolean {
  if (store.remoteTickets.remoteId('tickets', id) !== null) return false;
  return !store.outbox.byTicket(id).some(({ kind }) => kind === 'create_ticket');
}

/** A customer or a department that a restored remote lost is made again with what is put on them. */
function queueWhatItStandsOn(
  deps: ServiceDeps,
  { kind, payload }: OperationToLog,
  ticket: TicketRecord | undefined,
): void {
  if (kind === 'create_ticket' && ticket) {
    queueMaking(deps, { customerId: ticket.customerId });
    queueMaking(deps, { departmentId: ticket.departmentId });
  }
  if (kind === 'set_department') queueMaking(deps, payload as { departmentId: DepartmentId });
}

/**
 * How many messages of the remote the writer of an operation had before them, their own unsent ones included: what
 * came on top is new to them when it is sent. A thread that is not read yet counts as its row said.
 */
function seenMessages(
  { store }: ServiceDeps,
  ticket: { readonly id: TicketId; readonly messageCount: number },
  { kind }: OperationToLog,
): number {
  const isMessage = kind === 'reply' || kind === 'customer_reply';
  const base = store.remoteTickets.byTicket(ticket.id);
  if (!base || !store.remoteTickets.isThreadStale(ticket.id)) {
    return isMessage ? ticket.messageCount - 1 : ticket.messageCount;
  }
  const unsent = store.outbox
    .byTicket(ticket.id)
    .filter(({ messageId, state }) => messageId !== null && state !== 'sent' && state !== 'rejected');
  return base.replies + 1 + unsent.length;
}

function rowsOf(operation: OperationToLog, status: number | undefined): Queued[] {
  const payload = operation.payload as Values;
  const before = operation.before as Values;
  const notify = payload.notify === true ? { notify: true } : {};
  switch (operation.kind) {
    case 'create_customer':
      return [
        {
          kind: 'create_customer',
          payload: { email: payload.email, ...notify },
          before: {},
          customerId: payload.customerId as CustomerId,
        },
      ];
    case 'create_ticket': {
      const { subject, departmentId } = payload;
      const messageId = operation.messageId ?? null;
      const create: Queued = {
        kind: 'create_ticket',
        payload: { subject, departmentId, ...notify },
        before: {},
        messageId,
      };
      // The remote opens every ticket as 1 (behaviour.md 2.4): another status is a second step.
      return status === undefined || status === 1 ? [create] : [create, change('set_status', 1, status)];
    }
    case 'reply':
    case 'customer_reply': {
      const close = payload.close === true ? { close: true } : {};
      return [{ kind: operation.kind, payload: close, before: {}, ...messageOf(operation) }];
    }
    case 'set_status':
      return [change('set_status', before.status, payload.status)];
    case 'set_department':
      return [change('set_department', before.departmentId, payload.departmentId)];
    default:
      return [];
  }
}

const change = (kind: 'set_status' | 'set_department', before: unknown, value: unknown): Queued => ({
  kind,
  payload: { value },
  before: { value: before },
});

const messageOf = ({ messageId }: OperationToLog) => (messageId === undefined ? {} : { messageId });

/** What an undo has to find in the outbox to take it back; by the kind of the inverse operation. */
const INVERSES: Partial<Record<OperationToLog['kind'], readonly OutboxKind[]>> = {
  undo_reply: ['reply', 'customer_reply'],
  trash: ['create_ticket'],
  set_status: ['set_status'],
  set_department: ['set_department'],
};

/**
 * An undo of what has not left yet: both annihilate. Answers whether nothing is left to be told. A change that was
 * confirmed is taken back by its inverse, as any other change.
 */
function cancelsQueued(deps: ServiceDeps, operation: OperationToLog): boolean {
  const { store } = deps;
  if (operation.undoesGroupId === undefined) return false;
  const kinds = INVERSES[operation.kind] ?? [];
  const row = store.outbox
    .byGroup(operation.undoesGroupId)
    .find(
      (queued) =>
        queued.state === 'queued' &&
        queued.ticketId === (operation.ticketId ?? null) &&
        kinds.includes(queued.kind) &&
        (operation.messageId === undefined || queued.messageId === operation.messageId),
    );
  if (!row) return false;
  // A ticket that is never made takes along whatever was to follow it.
  const gone =
    row.kind === 'create_ticket' && row.ticketId !== null ? store.outbox.byTicket(row.ticketId) : [row];
  for (const { id } of gone) store.outbox.remove(id);
  // What stood there when it was written may be old by now: the base is not.
  if (row.ticketId !== null) rebaseTicket(deps, row.ticketId);
  return true;
}

/** What comes back and was never made on the remote (its making was dropped when it was deleted) is made there now. */
export function queueMaking(
  { store, clock, ids }: ServiceDeps,
  of: { customerId: CustomerId } | { departmentId: DepartmentId },
): void {
  if (!store.remoteDesk.get()) return;
  const isCustomer = 'customerId' in of;
  const [table, id] = isCustomer
    ? (['customers', of.customerId] as const)
    : (['departments', of.departmentId] as const);
  const lane = isCustomer ? `customer ${id}` : `department ${id}`;
  if (store.remoteTickets.remoteId(table, id) !== null) return;
  if (store.outbox.byLane(lane).some(({ kind }) => kind.startsWith('create_'))) return;
  const customer = isCustomer ? store.customers.byId(of.customerId) : undefined;
  const department = isCustomer ? undefined : store.departments.byId(of.departmentId);
  store.outbox.insert({
    ...{ ticketId: null, messageId: null, seenMessages: 0, before: {} },
    ...{ customerId: null, ...of, lane, groupId: ids.group(), createdAt: clock.now() },
    kind: isCustomer ? 'create_customer' : 'create_department',
    payload: isCustomer
      ? { email: customer?.email }
      : { name: department?.name, isPrivate: department?.isPrivate },
  });
}

/** What can't be taken back once it is on its way, or there (design §5, «Undo»). */
const FOR_GOOD: Partial<Record<OperationToLog['kind'], readonly OutboxKind[]>> = {
  reply: ['reply', 'customer_reply'],
  create_ticket: ['create_ticket'],
};

/** A customer is there until the remote has deleted them. */
function isStillHere({ outbox, operations, remoteTickets }: ServiceDeps['store'], groupId: string): boolean {
  const deletion = operations.byGroup(groupId).find(({ kind }) => kind === 'delete_customer');
  const { customerId } = (deletion?.payload ?? {}) as { customerId?: CustomerId };
  const row = outbox.byGroup(groupId).find(({ kind }) => kind === 'delete_customer');
  if (row) return !isOut(row);
  return customerId !== undefined && remoteTickets.remoteId('customers', customerId) === null;
}

/** A file comes back until its deletion has left, or, where it was never there, until its message has. */
function isFileStillHere(
  { outbox }: ServiceDeps['store'],
  { groupId, messageId }: Pick<OperationRecord, 'groupId' | 'messageId'>,
): boolean {
  const deletion = outbox.byGroup(groupId).find(({ kind }) => kind === 'delete_attachment');
  const row = deletion ?? (messageId === null ? undefined : outbox.byMessage(messageId));
  return row !== undefined && !isOut(row);
}

/** What is done with a ticket that the remote has deleted is this desk's alone. */
const isAboutGone = (deps: ServiceDeps, { ticketId }: Pick<OperationRecord, 'ticketId'>): boolean =>
  ticketId !== null && isGoneTicket(deps, ticketId);

/** Whether an operation can still be taken back; on a desk of its own that is not for the outbox to say. */
export function canTakeBack(
  deps: ServiceDeps,
  operation: Pick<OperationRecord, 'kind' | 'groupId' | 'ticketId' | 'messageId'>,
): boolean {
  const { store } = deps;
  if (!store.remoteDesk.get()) return true;
  if (operation.kind === 'delete_customer') return isStillHere(store, operation.groupId);
  if (operation.kind === 'delete_attachment')
    return isFileStillHere(store, operation) || isAboutGone(deps, operation);
  const kinds = FOR_GOOD[operation.kind];
  if (!kinds) return true;
  return store.outbox
    .byGroup(operation.groupId)
    .some((row) => row.ticketId === operation.ticketId && row.state === 'queued' && kinds.includes(row.kind));
}
