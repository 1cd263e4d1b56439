import type { CustomerId, DepartmentId } from '../../../../shared/model/ids.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import type { SyncContext } from '../context.ts';
import type { RemoteCustomer, RemoteDepartment } from '../remote.ts';

/** A change that waits for a person, or was refused, does not hide what the remote has. */
const isShown = ({ state }: OutboxRow): boolean =>
  state === 'queued' || state === 'sending' || state === 'uncertain';

const pending = ({ store }: ServiceDeps, lane: string, kind: OutboxRow['kind']): OutboxRow | undefined =>
  store.outbox.byLane(lane).findLast((row) => row.kind === kind);

/** What the screen shows of a customer: what the remote has, with our change on top. Undefined: deleted here. */
export function shownCustomer(
  deps: ServiceDeps,
  id: CustomerId,
  row: RemoteCustomer,
): { name: string; email: string } | undefined {
  const lane = `customer ${id}`;
  if (pending(deps, lane, 'delete_customer')) return undefined;
  const change = pending(deps, lane, 'update_customer');
  const email = change && isShown(change) ? String(change.payload.value) : row.email;
  return { name: row.name, email };
}

/** The same for a department. */
export function shownDepartment(
  deps: ServiceDeps,
  id: DepartmentId,
  row: RemoteDepartment,
): { name: string; isPrivate: boolean } | undefined {
  const lane = `department ${id}`;
  if (pending(deps, lane, 'delete_department')) return undefined;
  const change = pending(deps, lane, 'update_department');
  const { name, isPrivate } = row;
  if (!change || !isShown(change)) return { name, isPrivate };
  const { payload, before } = change as unknown as DepartmentChange;
  return {
    name: payload.name === before.name ? name : payload.name,
    isPrivate: payload.isPrivate === before.isPrivate ? isPrivate : payload.isPrivate,
  };
}

/** An `update_department` of the outbox. */
export interface DepartmentChange {
  readonly payload: { readonly name: string; readonly isPrivate: boolean; readonly asItIs?: boolean };
  readonly before: { readonly name: string; readonly isPrivate: boolean };
}

/**
 * The local department of a row of the remote's list. One that is new may be ours, made by an attempt whose answer was
 * lost: it has the name we sent (names are all there is to know it by). Runs in the caller's transaction.
 */
export function departmentFor(sync: SyncContext, row: RemoteDepartment): DepartmentId {
  const { store } = sync.deps;
  const known = store.remoteTickets.localId('departments', row.id) as DepartmentId | undefined;
  const isNamed = known !== undefined && store.departments.byId(known)?.name === row.name;
  const own = isNamed ? undefined : openCreate(sync, row);
  if (own === undefined) return known ?? (row.id as DepartmentId);
  linkDepartment(sync, own, row.id);
  return own;
}

function openCreate({ deps }: SyncContext, { name, isPrivate }: RemoteDepartment): DepartmentId | undefined {
  const create = deps.store.outbox
    .ofKind('create_department')
    .find(
      (row) =>
        row.attempts > 0 &&
        row.departmentId !== null &&
        deps.store.remoteTickets.remoteId('departments', row.departmentId) === null &&
        row.payload.name === name &&
        row.payload.isPrivate === isPrivate,
    );
  return create?.departmentId ?? undefined;
}

/** Our department has a number there now. A ticket may have brought in that number before: the two become one. */
export function linkDepartment({ deps }: SyncContext, id: DepartmentId, remoteId: number): void {
  const { store, clock } = deps;
  const now = clock.now();
  const stand = store.remoteTickets.localId('departments', remoteId) as DepartmentId | undefined;
  if (stand !== undefined && stand !== id) {
    for (const ticketId of store.remoteContents.allOfDepartment(stand)) {
      store.tickets.set(ticketId, 'departmentId', id, now);
      store.search.enqueue([ticketId]);
      store.changes.record('ticket', ticketId, 'changed', now);
    }
    store.departments.setDeleted(stand, now);
    store.changes.record('department', stand, 'deleted', now);
  }
  store.remoteTickets.link('departments', id, remoteId);
  store.changes.record('department', id, 'changed', now);
}
