import { plural } from '../../../../shared/util/plural.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { isDeletion } from '../../services/outboxDirectory.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import type { RemoteContents } from '../../store/repositories/remoteContents.ts';
import type { DepartmentChange } from './directoryBase.ts';

/** What an operation on people, departments and deletions says in the outbox; undefined: it is of another kind. */
export function directoryText(
  deps: ServiceDeps,
  row: OutboxRow,
): { title: string; detail: string; theirs: string } | undefined {
  const { kind } = row;
  if (kind === 'update_customer') return customerText(deps, row);
  if (kind === 'create_department' || kind === 'update_department') return departmentText(deps, row);
  return isDeletion(kind) ? { title: nameOf(deps, row), detail: whatGoes(deps, row), theirs: '' } : undefined;
}

function customerText({ store }: ServiceDeps, row: OutboxRow) {
  const customer = row.customerId === null ? undefined : store.customers.byId(row.customerId);
  return {
    title: customer?.name ?? '',
    detail: String(row.payload.value),
    theirs: row.state === 'conflict' ? (customer?.email ?? '') : '',
  };
}

const departmentWords = ({ name, isPrivate }: DepartmentChange['payload']): string =>
  isPrivate ? `${name}, private` : name;

function departmentText({ store }: ServiceDeps, row: OutboxRow) {
  const { payload } = row as unknown as DepartmentChange;
  const shown = row.departmentId === null ? undefined : store.departments.byId(row.departmentId);
  return {
    title: row.kind === 'create_department' ? payload.name : (shown?.name ?? payload.name),
    detail: departmentWords(payload),
    theirs: row.state === 'conflict' && shown ? departmentWords(shown) : '',
  };
}

function nameOf({ store }: ServiceDeps, row: OutboxRow): string {
  const { kind, ticketId, customerId, departmentId, payload } = row;
  if (kind === 'delete_attachment') return String(payload.name ?? '');
  if (kind === 'delete_department')
    return departmentId === null ? '' : store.departments.nameOf(departmentId);
  if (kind === 'delete_customer' && customerId !== null) return store.customers.byId(customerId)?.name ?? '';
  return ticketId === null ? '' : (store.tickets.byId(ticketId)?.subject ?? '');
}

function whatGoes({ store }: ServiceDeps, { kind, ticketId, payload }: OutboxRow): string {
  const seen = payload.seen as Partial<RemoteContents> | undefined;
  if (kind === 'delete_attachment')
    return ticketId === null ? '' : `Of “${store.tickets.byId(ticketId)?.subject ?? ''}”`;
  const messages = plural(seen?.messages ?? 0, 'message');
  if (kind === 'delete_ticket') return `With ${messages}`;
  return seen?.tickets ? `With ${plural(seen.tickets, 'ticket')} and ${messages}` : 'Without tickets';
}
