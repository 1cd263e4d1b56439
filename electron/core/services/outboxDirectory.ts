import type { OutboxKind } from '../../../shared/contract/sync.ts';
import type { AttachmentId, CustomerId, DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import type { OutboxRow } from '../store/repositories/outbox.ts';
import type { ServiceDeps } from './context.ts';
import type { OperationToLog } from './operationToLog.ts';

/** A row about something that is not written in a ticket: people, departments, and what is to be deleted. */
export type DirectoryRow = Pick<OutboxRow, 'kind' | 'lane' | 'payload' | 'before'> &
  Partial<Pick<OutboxRow, 'ticketId' | 'customerId' | 'departmentId' | 'attachmentId'>>;
type Values = Readonly<Record<string, unknown>>;

const DELETIONS = ['delete_ticket', 'delete_customer', 'delete_department', 'delete_attachment'] as const;
type Deletion = (typeof DELETIONS)[number];

/** Whether it deletes something on the remote for good: it is held until it is confirmed with the remote in sight. */
export const isDeletion = (kind: OutboxKind): kind is Deletion => DELETIONS.some((one) => one === kind);

/** What left, or may have. */
const IS_OUT: ReadonlySet<OutboxRow['state']> = new Set(['sending', 'uncertain', 'sent']);
export const isOut = ({ state }: Pick<OutboxRow, 'state'>): boolean => IS_OUT.has(state);

/**
 * The rows of an operation on people, departments and deletions. Two changes of one thing that both wait become one;
 * a deletion of what the remote never heard of leaves nothing to be said. `isConfirmed`: a script was given the
 * permission to delete, nobody is there to be asked (docs/sync.md, «Deleting»).
 */
export function directoryRows(
  deps: ServiceDeps,
  operation: OperationToLog,
  isConfirmed: boolean,
): DirectoryRow[] {
  const payload = operation.payload as Values;
  const before = operation.before as Values;
  const confirmed = isConfirmed ? { asItIs: true } : {};
  switch (operation.kind) {
    case 'update_customer':
      return customerUpdate(deps, payload.customerId as CustomerId, {
        from: mainAddress(before),
        to: mainAddress(payload),
      });
    case 'delete_customer':
      return customerDeletion(deps, payload.customerId as CustomerId, confirmed);
    case 'create_department': {
      const { name, isPrivate } = payload;
      return [departmentRow('create_department', payload.departmentId, { name, isPrivate })];
    }
    case 'update_department':
      return departmentUpdate(deps, payload.departmentId as DepartmentId, {
        from: { name: before.name, isPrivate: before.isPrivate },
        to: { name: payload.name, isPrivate: payload.isPrivate },
      });
    case 'delete_department':
      return departmentDeletion(deps, payload.departmentId as DepartmentId, confirmed);
    case 'delete_attachment':
      return attachmentDeletion(deps, operation, confirmed);
    case 'trash':
      return payload.onServer === true && operation.ticketId !== undefined
        ? ticketDeletion(deps, operation.ticketId, {
            ...confirmed,
            ...(payload.erase === true ? { erase: true } : {}),
          })
        : [];
    default:
      return [];
  }
}

const mainAddress = ({ email, emails }: Values): string =>
  String(email ?? (Array.isArray(emails) ? emails[0] : ''));

const customerLane = (id: CustomerId): string => `customer ${id}`;
const departmentLane = (id: DepartmentId): string => `department ${id}`;
const attachmentLane = (id: AttachmentId): string => `attachment ${id}`;

function departmentRow(kind: OutboxKind, id: unknown, payload: Values, before: Values = {}): DirectoryRow {
  const departmentId = id as DepartmentId;
  return { kind, lane: departmentLane(departmentId), departmentId, payload, before };
}

/** The name and further addresses of a customer are not the remote's to keep. */
function customerUpdate(
  deps: ServiceDeps,
  customerId: CustomerId,
  { from, to }: { from: string; to: string },
): DirectoryRow[] {
  if (from === to) return [];
  const lane = customerLane(customerId);
  const unmade = waiting(deps, lane, 'create_customer');
  if (unmade?.attempts === 0) {
    deps.store.outbox.setPayload(unmade.id, { ...unmade.payload, email: to });
    return [];
  }
  const before = fold(deps, lane, 'update_customer', { value: from });
  if (before.value === to) return [];
  return [{ kind: 'update_customer', lane, customerId, payload: { value: to }, before }];
}

function departmentUpdate(
  deps: ServiceDeps,
  id: DepartmentId,
  { from, to }: { from: Values; to: Values },
): DirectoryRow[] {
  if (from.name === to.name && from.isPrivate === to.isPrivate) return [];
  const lane = departmentLane(id);
  const unmade = waiting(deps, lane, 'create_department');
  if (unmade?.attempts === 0) {
    deps.store.outbox.setPayload(unmade.id, to);
    return [];
  }
  const before = fold(deps, lane, 'update_department', from);
  const isAsBefore = before.name === to.name && before.isPrivate === to.isPrivate;
  return isAsBefore ? [] : [departmentRow('update_department', id, to, before)];
}

/** The newest of a kind in a lane that has not left. */
function waiting({ store }: ServiceDeps, lane: string, kind: OutboxKind): OutboxRow | undefined {
  return store.outbox.byLane(lane).findLast((row) => row.kind === kind && !isOut(row));
}

/**
 * Takes an earlier change of the same thing out; answers what the new one starts from. After a conflict or a refusal
 * the screen shows what the remote has, and that is where the new one starts.
 */
function fold(deps: ServiceDeps, lane: string, kind: OutboxKind, shown: Values): Values {
  const earlier = waiting(deps, lane, kind);
  if (!earlier) return shown;
  deps.store.outbox.remove(earlier.id);
  return earlier.state === 'queued' ? earlier.before : shown;
}

/** Whether the remote can't know it: it has no number there, and no attempt to make it is open. */
function isUnheardOf(
  { store }: ServiceDeps,
  table: 'customers' | 'departments' | 'tickets',
  id: number,
  create: OutboxRow | undefined,
): boolean {
  return store.remoteTickets.remoteId(table, id) === null && !(create && isOut(create));
}

/**
 * Makes way for the deletion of a customer or a department; answers whether the remote never heard of it. Else a change
 * that can still leave does so first: kept on the remote, it has what it was given here. What waits for a person is
 * decided with the deletion.
 */
function clearLane(deps: ServiceDeps, table: 'customers' | 'departments', id: number, lane: string): boolean {
  const rows = deps.store.outbox.byLane(lane);
  const create = rows.find(({ kind }) => kind === 'create_customer' || kind === 'create_department');
  const isUnheard = isUnheardOf(deps, table, id, create);
  for (const row of rows) {
    if (!isOut(row) && (isUnheard || row.state !== 'queued')) deps.store.outbox.remove(row.id);
  }
  return isUnheard;
}

function customerDeletion(deps: ServiceDeps, customerId: CustomerId, confirmed: Values): DirectoryRow[] {
  const lane = customerLane(customerId);
  if (clearLane(deps, 'customers', customerId, lane)) return [];
  const seen = deps.store.remoteContents.ofCustomer(customerId);
  return [{ kind: 'delete_customer', lane, customerId, payload: { seen, ...confirmed }, before: {} }];
}

function departmentDeletion(deps: ServiceDeps, id: DepartmentId, confirmed: Values): DirectoryRow[] {
  if (clearLane(deps, 'departments', id, departmentLane(id))) {
    forgetMovesTo(deps, id);
    return [];
  }
  const seen = deps.store.remoteContents.ofDepartment(id);
  return [departmentRow('delete_department', id, { seen, ...confirmed })];
}

/** A department that is never made: nothing can be moved there, what was goes straight to where it went next. */
function forgetMovesTo({ store }: ServiceDeps, id: DepartmentId): void {
  for (const move of store.outbox.ofKind('set_department')) {
    if (move.payload.value !== id || isOut(move) || move.ticketId === null) continue;
    const next = store.outbox
      .byTicket(move.ticketId)
      .find((row) => row.id > move.id && row.kind === 'set_department' && row.before.value === id);
    store.outbox.remove(move.id);
    if (!next) continue;
    if (next.payload.value === move.before.value) store.outbox.remove(next.id);
    else store.outbox.requeue(next.id, { ...next, before: move.before });
  }
  for (const create of store.outbox.ofKind('create_ticket')) {
    if (create.payload.departmentId !== id || isOut(create) || create.ticketId === null) continue;
    const next = store.outbox
      .byTicket(create.ticketId)
      .find((row) => row.kind === 'set_department' && row.before.value === id);
    if (!next) continue;
    store.outbox.setPayload(create.id, { ...create.payload, departmentId: next.payload.value });
    store.outbox.remove(next.id);
  }
}

/** What a person had before them when they decided to delete a ticket. */
export function ticketAsSeen({ store }: ServiceDeps, id: TicketId): Values {
  const ticket = store.tickets.byId(id);
  const { messages } = store.remoteContents.ofTicket(id);
  return { messages, status: ticket?.status, departmentId: ticket?.departmentId };
}

function ticketDeletion(deps: ServiceDeps, ticketId: TicketId, how: Values): DirectoryRow[] {
  const rows = deps.store.outbox.byTicket(ticketId);
  const create = rows.find(({ kind }) => kind === 'create_ticket');
  const earlier = rows.find(({ kind }) => kind === 'delete_ticket');
  // One that was refused is asked for anew.
  if (earlier?.state === 'rejected') deps.store.outbox.remove(earlier.id);
  else if (earlier) {
    deps.store.outbox.setPayload(earlier.id, { ...earlier.payload, ...how });
    return [];
  }
  if (isUnheardOf(deps, 'tickets', ticketId, create)) return [];
  const payload = { seen: ticketAsSeen(deps, ticketId), ...how };
  return [{ kind: 'delete_ticket', lane: `ticket ${ticketId}`, ticketId, payload, before: {} }];
}

function attachmentDeletion(
  { store }: ServiceDeps,
  { ticketId, messageId, payload }: OperationToLog,
  confirmed: Values,
): DirectoryRow[] {
  const { attachmentId, name } = payload as { attachmentId: AttachmentId; name: string };
  const own = messageId === undefined ? undefined : store.outbox.byMessage(messageId);
  // A message that has not left leaves without it; of one that is there, the file may not be known by its number yet.
  const isThere =
    store.remoteTickets.remoteId('attachments', attachmentId) !== null ||
    (messageId !== undefined && store.remoteTickets.remoteId('messages', messageId) !== null);
  if (ticketId === undefined || !(isThere || (own && isOut(own)))) return [];
  const lane = attachmentLane(attachmentId);
  return [
    { kind: 'delete_attachment', lane, ticketId, attachmentId, payload: { name, ...confirmed }, before: {} },
  ];
}

/** Somebody wants it back: it is not deleted there. What has left stays. */
export function withdrawDeletion(
  { store }: ServiceDeps,
  of:
    | { ticketId: TicketId }
    | { customerId: CustomerId }
    | { departmentId: DepartmentId }
    | { attachmentId: AttachmentId },
): void {
  const [kind, lane] =
    'ticketId' in of
      ? (['delete_ticket', `ticket ${of.ticketId}`] as const)
      : 'customerId' in of
        ? (['delete_customer', customerLane(of.customerId)] as const)
        : 'departmentId' in of
          ? (['delete_department', departmentLane(of.departmentId)] as const)
          : (['delete_attachment', attachmentLane(of.attachmentId)] as const);
  for (const row of store.outbox.byLane(lane)) {
    if (row.kind === kind && !isOut(row)) store.outbox.remove(row.id);
  }
}
