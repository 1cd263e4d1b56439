import { STATUS_NAMES, type TicketStatus } from '../../../../shared/model/ticket.ts';
import { plural } from '../../../../shared/util/plural.ts';
import { localId } from '../../services/shownIds.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import type { RemoteContents } from '../../store/repositories/remoteContents.ts';
import { type SyncContext, write } from '../context.ts';
import { applyTicket } from '../pull/pullTicket.ts';
import { isPermissionMissing, type RemoteFailure, type RemoteResult } from '../remote.ts';
import { afterDeletion } from './deleted.ts';
import { putAside, recordFailure } from './pushOutcome.ts';
import { bringTicket } from './resolve.ts';

type Seen = Readonly<Record<string, unknown>>;
/** What stands there now: it is gone, or this is what goes with it. */
type Found = 'gone' | { readonly seen: Seen; readonly differs: string | null };

/**
 * Deletes something on the remote for good, and there it can't be taken back. So it is looked at first: it leaves only
 * when a person (or the permission of the script that asked) has confirmed it and it is still what they had seen.
 * Otherwise it is held, with what is there now. Gone already counts as done: a repeated attempt is safe.
 */
export async function pushDeletion(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  const remoteId = idOf(sync, row);
  if (remoteId === null) return done(sync, row);
  const found = await look(sync, row, remoteId);
  if (!found.ok) return recordFailure(sync, row, found.error, true);
  if (found.value === 'gone') return done(sync, row);
  if (row.payload.asItIs !== true || found.value.differs !== null) return hold(sync, row, found.value);
  const deleted = await send(sync, row, remoteId);
  if (!deleted.ok && deleted.error.kind !== 'not_found') return recordFailure(sync, row, deleted.error, true);
  return done(sync, row);
}

async function done(sync: SyncContext, row: OutboxRow): Promise<null> {
  await afterDeletion(sync, row);
  return null;
}

function idOf({ deps }: SyncContext, row: OutboxRow): number | null {
  const { remoteId } = deps.store.remoteTickets;
  const { kind, ticketId, customerId, departmentId, attachmentId } = row;
  if (kind === 'delete_customer') return customerId && remoteId('customers', customerId);
  if (kind === 'delete_department') return departmentId && remoteId('departments', departmentId);
  if (kind === 'delete_attachment') return attachmentId && remoteId('attachments', attachmentId);
  return ticketId && remoteId('tickets', ticketId);
}

function send({ remote }: SyncContext, { kind }: OutboxRow, id: number): Promise<RemoteResult<void>> {
  switch (kind) {
    case 'delete_customer':
      return remote.deleteCustomer(id);
    case 'delete_department':
      return remote.deleteDepartment(id);
    case 'delete_attachment':
      return remote.deleteFile(id);
    default:
      return remote.deleteTicket(id);
  }
}

function look(sync: SyncContext, row: OutboxRow, id: number): Promise<RemoteResult<Found>> {
  switch (row.kind) {
    case 'delete_customer':
      return lookAtCustomer(sync, row, id);
    case 'delete_department':
      return lookAtDepartment(sync, row, id);
    case 'delete_attachment':
      return lookAtFile(sync, row, id);
    default:
      return lookAtTicket(sync, row, id);
  }
}

const found = (value: Found): RemoteResult<Found> => ({ ok: true, value });

async function lookAtTicket(sync: SyncContext, row: OutboxRow, id: number): Promise<RemoteResult<Found>> {
  const now = await sync.remote.showTicket(id);
  if (!now.ok) return now.error.kind === 'not_found' ? found('gone') : now;
  write(sync, () => applyTicket(sync, now.value));
  const { status, replies } = now.value;
  const departmentId = localId(sync.deps, 'departments', now.value.departmentId);
  const seen = { messages: replies + 1, status, departmentId };
  const before = row.payload.seen as Partial<typeof seen> | undefined;
  const grown = seen.messages - (before?.messages ?? 0);
  const differs =
    grown > 0
      ? `${plural(grown, 'message')} came since it was deleted here.`
      : before?.status !== status
        ? `Its status is ${STATUS_NAMES[status as TicketStatus]} there.`
        : before.departmentId !== departmentId
          ? 'It was moved to another department there.'
          : grown < 0
            ? 'Messages are missing there.'
            : null;
  return found({ seen, differs });
}

async function lookAtCustomer(sync: SyncContext, row: OutboxRow, id: number): Promise<RemoteResult<Found>> {
  const customer = await sync.remote.showCustomer(id);
  if (!customer.ok && customer.error.kind === 'not_found') return found('gone');
  // Without the permission to read customers their tickets still tell what would go.
  if (!customer.ok && !isPermissionMissing(customer.error)) return customer;
  return lookAtTickets(sync, row, { customerId: id });
}

async function lookAtDepartment(sync: SyncContext, row: OutboxRow, id: number): Promise<RemoteResult<Found>> {
  const departments = await sync.remote.listDepartments();
  if (departments.ok && !departments.value.some((one) => one.id === id)) return found('gone');
  if (!departments.ok && !isPermissionMissing(departments.error)) return departments;
  return lookAtTickets(sync, row, { departmentId: id });
}

/** Reads every ticket that would go along, and brings in what is new of them. */
async function lookAtTickets(
  sync: SyncContext,
  row: OutboxRow,
  of: { customerId: number } | { departmentId: number },
): Promise<RemoteResult<Found>> {
  const messages = new Map<number, number>();
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await sync.remote.listTickets({ page, ...of });
    if (!answer.ok) return answer;
    pages = answer.value.pages;
    for (const ticket of answer.value.tickets) {
      const brought = await bringTicket(sync, ticket);
      if (!brought.ok) return brought;
      messages.set(ticket.id, ticket.replies + 1);
    }
  }
  const sum = [...messages.values()].reduce((all, some) => all + some, 0);
  const seen = { tickets: messages.size, messages: sum };
  const before = row.payload.seen as RemoteContents | undefined;
  const isSame = before?.tickets === seen.tickets && before.messages === seen.messages;
  const what = `${plural(seen.tickets, 'ticket')} with ${plural(seen.messages, 'message')}`;
  return found({ seen, differs: isSame ? null : `There are ${what} there now.` });
}

async function lookAtFile(sync: SyncContext, row: OutboxRow, id: number): Promise<RemoteResult<Found>> {
  const { store } = sync.deps;
  const file = row.attachmentId === null ? undefined : store.attachments.byId(row.attachmentId);
  const messageId = file && store.remoteTickets.remoteId('messages', file.messageId);
  const files = messageId == null ? undefined : await sync.remote.listFiles(messageId);
  if (files && !files.ok && !isPermissionMissing(files.error)) return files;
  if (files?.ok && !files.value.some((one) => one.id === id)) return found('gone');
  // The bytes behind a number never change (behaviour.md 3.7, 7).
  return found({ seen: {}, differs: null });
}

const UNCHANGED = 'It is still there as it was.';

function hold(sync: SyncContext, row: OutboxRow, { seen, differs }: Exclude<Found, 'gone'>): null {
  const { store, events } = sync.deps;
  write(sync, () => {
    const { asItIs: _, ...payload } = row.payload;
    store.outbox.setPayload(row.id, { ...payload, seen });
    putAside(sync, row.id, 'held', differs ?? UNCHANGED);
  });
  events.publish({ type: 'desk_changed', what: 'sync' });
  return null;
}
