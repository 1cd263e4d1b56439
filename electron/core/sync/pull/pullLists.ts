import { setImmediate } from 'node:timers/promises';
import type { CustomerId, StaffId, TicketId } from '../../../../shared/model/ids.ts';
import type { CustomerRow } from '../../store/repositories/customers.ts';
import { DONE, type SyncContext, write, writeRead } from '../context.ts';
import { departmentFor, shownCustomer, shownDepartment } from '../outbox/directoryBase.ts';
import {
  isPermissionMissing,
  type RemoteCustomer,
  type RemoteDepartment,
  type RemoteResult,
} from '../remote.ts';
import { pagesAhead } from './pagesAhead.ts';

/** Departments and staff: whole lists, small (behaviour.md 3.7, 8). */
export async function pullDesk(sync: SyncContext): Promise<RemoteResult<void>> {
  const departments = await sync.remote.listDepartments();
  if (!departments.ok && !isPermissionMissing(departments.error)) return departments;
  const staff = await sync.remote.listStaff();
  if (!staff.ok && !isPermissionMissing(staff.error)) return staff;
  write(sync, () => {
    const { remoteDirectory } = sync.deps.store;
    const now = sync.deps.clock.now();
    let changes = departments.ok ? applyDepartments(sync, departments.value) : 0;
    for (const row of staff.ok ? staff.value : []) changes += remoteDirectory.upsertStaff({ ...row, now });
    keepOwnName(sync);
    if (changes > 0) sync.deps.events.publish({ type: 'desk_changed', what: 'departments' });
  });
  return DONE;
}

/** Renamed there, renamed here: the name that signs in is the one of the account. */
function keepOwnName({ deps: { store } }: SyncContext): void {
  const desk = store.remoteDesk.get();
  const own = desk && store.staff.byId(desk.staffId);
  if (own && own.username !== desk.username) store.remoteDesk.set('username', own.username);
}

function applyDepartments(sync: SyncContext, rows: readonly RemoteDepartment[]): number {
  const { deps } = sync;
  const { remoteDirectory } = deps.store;
  const now = deps.clock.now();
  let changes = remoteDirectory.removeDepartmentsExcept(
    rows.map(({ id }) => id),
    now,
  );
  for (const [index, row] of rows.entries()) {
    const id = departmentFor(sync, row);
    const shown = shownDepartment(deps, id, row);
    if (shown) changes += remoteDirectory.upsertDepartment({ ...shown, id, position: index + 1, now });
  }
  return changes;
}

/** Every customer, newest first; `onlyNew` stops at the first page that brings nothing (3.7, 8). */
export async function pullCustomers(
  sync: SyncContext,
  options: { onlyNew: boolean },
): Promise<RemoteResult<void>> {
  const ahead = pagesAhead((page) => sync.remote.listCustomers(page));
  const seen: number[] = [];
  let total = 0;
  try {
    for (let page = 1, pages = 1; page <= pages; page++) {
      const answer = await ahead.take(page);
      if (!answer.ok) return answer;
      pages = answer.value.pages;
      total = answer.value.total;
      if (!options.onlyNew) ahead.announce(page + 1, pages);
      const { customers } = answer.value;
      seen.push(...customers.map(({ id }) => id));
      const added = writeRead(sync, () => customers.filter((row) => applyCustomer(sync, row)).length);
      if (added === 0 && options.onlyNew) break;
      // Pages that came together are stored one after the other: whoever waits gets a turn between them.
      if (added > 0) await setImmediate();
    }
  } finally {
    await ahead.end();
  }
  return options.onlyNew ? DONE : removeMissing(sync, total, seen);
}

/** Customers that are looked for in one run; the rest an hour later. */
const MISSING_REQUESTS = 100;

/**
 * Whom the whole list did not show: a page may have moved while it was read, so only the remote's «not found» is a
 * deletion. Somebody with something of ours still waiting for them stays until that is decided.
 */
async function removeMissing(
  sync: SyncContext,
  total: number,
  seen: readonly number[],
): Promise<RemoteResult<void>> {
  const { store, clock, events } = sync.deps;
  const { remoteDirectory, remoteTickets, customers, customerAddresses, changes } = store;
  if (remoteDirectory.customerCount() <= total) return DONE;
  for (const id of remoteDirectory.customersExcept(seen, MISSING_REQUESTS)) {
    const remoteId = remoteTickets.remoteId('customers', id);
    const answer = remoteId === null ? undefined : await sync.remote.showCustomer(remoteId);
    if (!answer || answer.ok) continue;
    if (answer.error.kind !== 'not_found') return answer;
    write(sync, () => {
      const now = clock.now();
      customers.setDeleted(id, now, now);
      customerAddresses.takeAlong(id, now);
      changes.record('customer', id, 'deleted', now);
      sync.counts.pulled += 1;
    });
    events.publish({ type: 'desk_changed', what: 'customers' });
  }
  return DONE;
}

/** Brings one customer in; answers whether it was not known before. Runs in the caller's transaction. */
function applyCustomer(sync: SyncContext, row: RemoteCustomer): boolean {
  const { store, clock } = sync.deps;
  const now = clock.now();
  const known = store.remoteTickets.localId('customers', row.id) as CustomerId | undefined;
  // Made here while offline, and meanwhile there by someone else: the same person.
  const twin =
    store.customers.byEmail(row.email) ?? (known === undefined ? beingMade(sync, row.email) : undefined);
  const isNew = twin && twin.id !== known && store.remoteTickets.remoteId('customers', twin.id) === null;
  // Somebody of ours whom the server knows was given the address of one it does not: they are one person there.
  if (isNew && known !== undefined && known !== row.id) joinTwin(sync, twin.id, known);
  else if (isNew) {
    store.remoteTickets.link('customers', twin.id, row.id);
    if (known !== undefined) joinTwin(sync, known, twin.id);
    noteCustomer(sync, twin.id, 'changed');
    return known === undefined;
  }
  if (known !== undefined) {
    const shown = shownCustomer(sync.deps, known, row);
    if (shown && store.remoteDirectory.updateCustomer(known, shown, now))
      noteCustomer(sync, known, 'changed');
    return false;
  }
  store.remoteDirectory.insertCustomer({ ...row, now });
  noteCustomer(sync, row.id as CustomerId, 'created');
  return true;
}

/** One of ours was on its way with this address, which has been changed here since. */
function beingMade({ deps }: SyncContext, email: string): CustomerRow | undefined {
  const create = deps.store.outbox
    .ofKind('create_customer')
    .find(({ payload }) => String(payload.email).toLowerCase() === email.toLowerCase());
  return create?.customerId == null ? undefined : deps.store.customers.byId(create.customerId);
}

/** Two rows turn out to be one person. */
function joinTwin(sync: SyncContext, placeholder: CustomerId, twin: CustomerId): void {
  const { store, clock } = sync.deps;
  const now = clock.now();
  const { customers } = store;
  const ids = [
    ...customers.liveTicketIds(placeholder),
    ...customers.trashedTicketIds(placeholder),
  ] as TicketId[];
  for (const id of ids) {
    store.tickets.setCustomer(id, twin, now);
    store.changes.record('ticket', id, 'changed', now);
  }
  store.search.enqueue(ids);
  store.outbox.setCustomer(placeholder, twin);
  customers.setDeleted(placeholder, now, now, twin);
  store.customerAddresses.move(placeholder, twin);
  noteCustomer(sync, placeholder, 'changed');
}

function noteCustomer({ deps, counts }: SyncContext, id: CustomerId, change: 'created' | 'changed'): void {
  counts.pulled += 1;
  deps.store.search.enqueueCustomer(id);
  deps.store.changes.record('customer', id, change, deps.clock.now());
}

/** The local customer of a ticket row; one that was never listed is made with the name the row gives. */
export function customerOf(sync: SyncContext, remoteId: number, name: string): CustomerId {
  const { store, clock } = sync.deps;
  const known = store.remoteTickets.localId('customers', remoteId) as CustomerId | undefined;
  if (known !== undefined) return known;
  store.remoteDirectory.insertCustomer({ id: remoteId, name, email: '', now: clock.now() });
  noteCustomer(sync, remoteId as CustomerId, 'created');
  return remoteId as CustomerId;
}

/** The staff member a message names; one that is no longer listed keeps its number. */
export function staffOf(sync: SyncContext, remoteId: number): StaffId {
  const { store, clock } = sync.deps;
  if (!store.staff.byId(remoteId as StaffId)) {
    const username = `staff-${remoteId}`;
    store.remoteDirectory.upsertStaff({
      id: remoteId,
      username,
      name: `Staff ${remoteId}`,
      email: '',
      now: clock.now(),
    });
  }
  return remoteId as StaffId;
}
