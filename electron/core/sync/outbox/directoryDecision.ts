import type { CustomerId, DepartmentId } from '../../../../shared/model/ids.ts';
import { returnAttachment } from '../../services/attachmentRemoval.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { isDeletion, ticketAsSeen } from '../../services/outboxDirectory.ts';
import { restoreTicket, restoreWithNews } from '../../services/restoreTickets.ts';
import { returnCustomer } from '../../services/returnCustomer.ts';
import { returnDepartment } from '../../services/returnDepartment.ts';
import type { Act } from '../../services/ticketChanges.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import type { DepartmentChange } from './directoryBase.ts';
import { ofWhatIsNeverMade } from './outboxActs.ts';

/** What is decided here: people, departments, deletions. The rest is written in a ticket. */
export const isDirectoryRow = ({ kind }: OutboxRow): boolean =>
  isDeletion(kind) ||
  kind === 'update_customer' ||
  kind === 'create_department' ||
  kind === 'update_department';

/** A department that tickets lie in stays until they lie elsewhere. */
export function holdsTickets({ store }: ServiceDeps, { departmentId }: OutboxRow): boolean {
  return departmentId !== null && store.remoteContents.allOfDepartment(departmentId).length > 0;
}

/** A person confirms what they see now: that is what must still be there when it leaves. */
export function confirmed(deps: ServiceDeps, row: OutboxRow): OutboxRow['payload'] {
  const { remoteContents } = deps.store;
  if (row.kind === 'delete_ticket' && row.ticketId !== null)
    return { ...row.payload, seen: ticketAsSeen(deps, row.ticketId), asItIs: true };
  if (row.kind === 'delete_customer' && row.customerId !== null)
    return { ...row.payload, seen: { ...remoteContents.ofCustomer(row.customerId) }, asItIs: true };
  if (row.kind === 'delete_department' && row.departmentId !== null)
    return { ...row.payload, seen: { ...remoteContents.ofDepartment(row.departmentId) }, asItIs: true };
  return { ...row.payload, asItIs: true };
}

/** Shows a change again that a person wants sent over what the remote has. */
export function showMine(deps: ServiceDeps, row: OutboxRow): void {
  if (row.kind === 'update_customer' && row.customerId !== null)
    setAddress(deps, row.customerId, String(row.payload.value));
  if (row.kind === 'update_department' && row.departmentId !== null)
    setDepartment(deps, row.departmentId, (row as unknown as DepartmentChange).payload);
}

/** The remote's state stays: what was changed here is as before, what was deleted here is back. In a transaction. */
export function discardDirectory(deps: ServiceDeps, act: Act, row: OutboxRow): void {
  for (const { id } of ofWhatIsNeverMade(deps, row)) deps.store.outbox.remove(id);
  // What was deleted in one go comes back in one go; a ticket that was to be erased stays in the trash.
  if (isDeletion(row.kind) && row.payload.erase !== true) restoreGroup(deps, act, row.groupId);
  takeBack(deps, row);
  restoreWithNews(deps, act, row);
  // What the remote has is read again soon.
  if (!isDeletion(row.kind)) deps.store.remoteDesk.set('listsAt', null);
  deps.events.publish({
    type: 'desk_changed',
    what: row.departmentId === null ? 'customers' : 'departments',
  });
}

function restoreGroup(deps: ServiceDeps, act: Act, groupId: string): void {
  for (const { kind, ticketId } of deps.store.operations.byGroup(groupId)) {
    const ticket = kind === 'trash' && ticketId !== null ? deps.store.tickets.byId(ticketId) : undefined;
    if (ticket?.deletedAt != null) restoreTicket(deps, act, ticket);
  }
}

function takeBack(deps: ServiceDeps, row: OutboxRow): void {
  const { store, clock } = deps;
  const { kind, customerId, departmentId, attachmentId } = row;
  const now = clock.now();
  if (
    kind === 'delete_customer' &&
    customerId !== null &&
    store.customers.byId(customerId)?.deletedAt != null
  )
    returnCustomer(deps, customerId);
  if (kind === 'delete_department' && departmentId !== null && !store.departments.byId(departmentId))
    returnDepartment(deps, departmentId);
  if (kind === 'delete_attachment' && attachmentId !== null) returnAttachment(deps, attachmentId);
  if (kind === 'update_customer' && customerId !== null && row.state === 'queued')
    setAddress(deps, customerId, String(row.before.value));
  if (kind === 'update_department' && departmentId !== null && row.state === 'queued')
    setDepartment(deps, departmentId, (row as unknown as DepartmentChange).before);
  if (kind === 'create_department' && departmentId !== null) {
    store.departments.setDeleted(departmentId, now);
    store.changes.record('department', departmentId, 'deleted', now);
  }
}

function setAddress({ store, clock }: ServiceDeps, id: CustomerId, email: string): void {
  const customer = store.customers.byId(id);
  if (!customer || customer.deletedAt !== null) return;
  store.remoteDirectory.updateCustomer(id, { name: customer.name, email }, clock.now());
  store.search.enqueueCustomer(id);
  store.changes.record('customer', id, 'changed', clock.now());
}

function setDepartment(
  { store, clock }: ServiceDeps,
  id: DepartmentId,
  { name, isPrivate }: { name: string; isPrivate: boolean },
): void {
  store.departments.update(id, name, isPrivate);
  store.changes.record('department', id, 'changed', clock.now());
}
