import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { CustomerId, DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { runBulk } from './bulk.ts';
import type { ServiceDeps } from './context.ts';
import { liveCustomer } from './currentCustomer.ts';
import { logOperation } from './operationLog.ts';
import { eraseTicket } from './purge.ts';
import { restoreWithNews } from './restoreTickets.ts';
import { returnCustomer } from './returnCustomer.ts';
import type { Services } from './services.ts';
import { runSliced, type SlicedRun } from './sliced.ts';
import { type Act, trashAllWith } from './ticketChanges.ts';
import { publishTickets } from './ticketEvents.ts';

const ROUNDS = 5;
const KEPT_AT_MOST = 1_000_000;

export interface CustomerGone {
  /** What undo takes; null when nothing can be brought back. */
  readonly groupId: string | null;
  readonly tickets: number;
}

/**
 * Deletes a customer with all their tickets: gone for the API at once, the addresses are free again. The tickets
 * lie in the trash, from where staff can bring them back with their customer. Answers customer_not_found, cancelled
 * (the customer stays, with the tickets that are left).
 */
export async function deleteCustomer(
  deps: ServiceDeps,
  actor: Actor,
  id: CustomerId,
  run?: SlicedRun,
): Promise<Result<CustomerGone>> {
  if (!liveCustomer(deps, id)) return err(appErrorOf('customer_not_found'));
  const liveIds = () => deps.store.customers.liveTicketIds(id) as TicketId[];
  const deleted = await trashAllWith(
    deps,
    actor,
    liveIds,
    ({ groupId, trashed }) => {
      if (!liveCustomer(deps, id)) return err(appErrorOf('customer_not_found'));
      removeRow(deps, id);
      logOperation(deps, actor, {
        groupId,
        kind: 'delete_customer',
        payload: { customerId: id, tickets: trashed },
        before: {},
      });
      return ok(undefined);
    },
    run,
  );
  return deleted.ok ? ok({ groupId: deleted.value.groupId, tickets: deleted.value.trashed }) : deleted;
}

/** Undoes the last step of a deletion, inside the caller's transaction; the tickets follow. */
export function undoDeleteCustomer(deps: ServiceDeps, act: Act, payload: unknown): void {
  const { customerId } = payload as { customerId: CustomerId };
  const customer = deps.store.customers.byId(customerId);
  const isGone = customer?.deletedAt != null && customer.mergedInto === null && customer.email !== '';
  // Whoever has the address by now keeps it, and gets the tickets (bringCustomerBack).
  if (!isGone || deps.store.customers.byEmail(customer.email)) return;
  returnCustomer(deps, customerId);
  restoreWithNews(deps, act, { kind: 'delete_customer', customerId });
}

function removeRow({ store, clock, events }: ServiceDeps, id: CustomerId): void {
  const now = clock.now();
  store.customers.setDeleted(id, now, now);
  store.customerAddresses.takeAlong(id, now);
  store.changes.record('customer', id, 'deleted', now);
  events.publish({ type: 'desk_changed', what: 'customers' });
}

/** Deletes a customer into the trash, or erases them; as a job when they have many tickets. */
export function removeCustomer(
  services: Pick<Services, 'deps' | 'jobs'>,
  actor: Actor,
  { customerId: id, mode }: { customerId: CustomerId; mode: 'trash' | 'erase' },
): Promise<Result<CustomerGone>> {
  const { deps } = services;
  // Erased here only, all of it would be back at the next sync; the log of what was deleted there is needed until then.
  if (mode === 'erase' && deps.store.remoteDesk.get())
    return Promise.resolve(err(appErrorOf('belongs_to_server')));
  const count = ticketIdsOf(deps, id).length;
  const label = `${mode === 'erase' ? 'Erasing' : 'Trashing'} ${count} tickets`;
  const remove = mode === 'erase' ? eraseCustomer : deleteCustomer;
  return runBulk(services, actor, label, count, (run) => remove(deps, actor, id, run));
}

const ticketIdsOf = ({ store }: ServiceDeps, id: CustomerId): TicketId[] =>
  [...store.customers.liveTicketIds(id), ...store.customers.trashedTicketIds(id)] as TicketId[];

/**
 * Erases a customer for good: tickets, those in the trash too, messages, files, kept mail, names and addresses, also
 * in the log. Cancelled, the customer stays with the tickets that are left.
 */
async function eraseCustomer(
  deps: ServiceDeps,
  actor: Actor,
  id: CustomerId,
  run?: SlicedRun,
): Promise<Result<CustomerGone>> {
  if (!liveCustomer(deps, id)) return err(appErrorOf('customer_not_found'));
  const groupId = deps.ids.group();
  const files = new Set<string>();
  const departments = new Set<DepartmentId>();
  const gone = new Set<TicketId>();
  const erase = (ticketId: TicketId): Result<void> => {
    const ticket = deps.store.tickets.byId(ticketId);
    if (ticket?.customerId !== id) return ok(undefined);
    for (const sha256 of eraseTicket(deps, actor, groupId, ticket)) files.add(sha256);
    departments.add(ticket.departmentId);
    gone.add(ticketId);
    return ok(undefined);
  };
  let isErased = false;
  let result: Result<void> = ok(undefined);
  for (let round = 0; round < ROUNDS && result.ok && !isErased && !run?.signal?.aborted; round += 1) {
    result = await runSliced(deps, ticketIdsOf(deps, id), erase, run);
    if (!result.ok || run?.signal?.aborted) break;
    result = deps.store.write(() => {
      if (ticketIdsOf(deps, id).length > 0) return ok(undefined);
      isErased = true;
      for (const sha256 of eraseRows(deps, actor, id, groupId, gone.size)) files.add(sha256);
      return ok(undefined);
    });
  }
  // After the commit: a crash in between leaves an unused file, never a row without its file.
  for (const sha256 of files) await deps.files.removeUnused(sha256, deps.store.purge.isUsed);
  publishTickets(deps, [...gone], [...departments]);
  if (!result.ok) return result;
  return isErased ? ok({ groupId: null, tickets: gone.size }) : err(appErrorOf('cancelled'));
}

/** The customer's own rows and of everyone merged into them. Answers the files nothing may refer to any more. */
function eraseRows(
  deps: ServiceDeps,
  actor: Actor,
  id: CustomerId,
  groupId: string,
  tickets: number,
): string[] {
  const { customers, customerAddresses, mailIds, operations } = deps.store;
  removeRow(deps, id);
  const everyone = [id];
  for (const one of everyone) everyone.push(...customers.mergedInto(one));
  const files = everyone.flatMap((one) =>
    mailIds.keptOf(one, KEPT_AT_MOST).map(({ rawSha256 }) => rawSha256),
  );
  for (const sha256 of files) mailIds.unsuspend(sha256);
  for (const one of everyone) {
    customerAddresses.erase(one);
    customers.erase(one, deps.clock.now());
    operations.scrubCustomer(one);
  }
  const payload = { customerId: id, tickets, isErased: true };
  logOperation(deps, actor, { groupId, kind: 'delete_customer', payload, before: {} });
  return files;
}
