import type { CustomerPageInput } from '../../../shared/contract/customers.ts';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { Customer } from '../../../shared/contract/queues.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { CustomerId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { startOf } from '../html/cutText.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import type { ServiceDeps } from './context.ts';
import { liveCustomer } from './currentCustomer.ts';
import { addressesOf, isSameAddress, setAddresses } from './customerAddresses.ts';
import { emailProblem } from './customers.ts';
import { logOperation } from './operationLog.ts';
import { withCounts } from './ticketReader.ts';

/** A page of the list by name. */
export function customerListPage(
  deps: ServiceDeps,
  actor: StaffActor,
  { filter, after, limit }: CustomerPageInput,
): { customers: Customer[]; hasMore: boolean; total: number } {
  const { list } = deps.store.customers;
  const rows = list.page(filter, after, limit + 1);
  return {
    customers: rows.slice(0, limit).map((row) => withCounts(deps, actor, row)),
    hasMore: rows.length > limit,
    total: filter === 'all' ? list.countAll() : list.countBlocked(LIMITS.cappedCount + 1),
  };
}

/**
 * Changes name and addresses, the main one first. Answers customer_not_found, name_missing, and beside the address it
 * is about (`emails.N`) email_missing, email_invalid, email_twice, email_taken with the other customer's name.
 */
export function updateCustomer(
  deps: ServiceDeps,
  actor: StaffActor,
  input: { customerId: CustomerId; name: string; emails: readonly string[] },
): Result<void> {
  const name = startOf(input.name.trim(), LIMITS.customerNameLength);
  const { customerId: id, emails } = input;
  return deps.store.write(() => {
    const customer = liveCustomer(deps, id);
    if (!customer) return err(appErrorOf('customer_not_found'));
    const had = addressesOf(deps, customer);
    // The API of a remote helpdesk changes an address, never a name (behaviour.md 2.2).
    const isMirrored =
      deps.store.remoteDesk.get() && deps.store.remoteTickets.remoteId('customers', id) !== null;
    if (isMirrored && name !== customer.name) return err(appErrorOf('belongs_to_server', { field: 'name' }));
    const problem =
      name === '' ? appErrorOf('name_missing', { field: 'name' }) : addressProblem(deps, id, emails, had);
    if (problem) return err(problem);
    const now = deps.clock.now();
    deps.store.customers.setName(id, name, now);
    setAddresses(deps, id, emails, now);
    deps.store.search.enqueueCustomer(id);
    recordCustomer(deps, actor, id, {
      kind: 'update_customer',
      payload: { name, emails },
      before: { name: customer.name, emails: had },
    });
    return ok(undefined);
  });
}

/** An address the customer has already is not judged again: mail brings some that forms refuse. */
function addressProblem(
  deps: ServiceDeps,
  id: CustomerId,
  emails: readonly string[],
  had: readonly string[],
): AppError | undefined {
  for (const [at, email] of emails.entries()) {
    const field = `emails.${at}`;
    if (emails.slice(0, at).some((earlier) => isSameAddress(earlier, email)))
      return appErrorOf('email_twice', { field });
    const problem = had.includes(email) ? undefined : emailProblem(email);
    if (problem) return { ...problem, field };
    const holder = deps.store.customers.byEmail(email);
    if (holder && holder.id !== id) return takenBy(holder, field);
  }
  return undefined;
}

function takenBy({ id, name, email }: CustomerRow, field: string): AppError {
  const who = name || email;
  const message = `${who} already has this address. Merge the two if they are one person.`;
  return appErrorOf('email_taken', { field, message, details: { customerId: id, name: who } });
}

/** From now on their mail is kept aside, or no longer is. What was kept stays until somebody lets it in. */
export function setCustomerBlocked(
  deps: ServiceDeps,
  actor: StaffActor,
  id: CustomerId,
  isBlocked: boolean,
): Result<void> {
  return deps.store.write(() => {
    const customer = liveCustomer(deps, id);
    if (!customer) return err(appErrorOf('customer_not_found'));
    const wasBlocked = customer.blockedAt !== null;
    if (wasBlocked === isBlocked) return ok(undefined);
    const now = deps.clock.now();
    deps.store.customers.setBlocked(id, isBlocked ? now : null, now);
    recordCustomer(deps, actor, id, {
      kind: 'block_customer',
      payload: { isBlocked },
      before: { isBlocked: wasBlocked },
    });
    return ok(undefined);
  });
}

/** Logs a change of a customer, numbers it, and tells the windows once it is on disk. */
function recordCustomer(
  deps: ServiceDeps,
  actor: StaffActor,
  id: CustomerId,
  what: { kind: 'update_customer' | 'block_customer'; payload: object; before: object },
): void {
  logOperation(deps, actor, {
    groupId: deps.ids.group(),
    kind: what.kind,
    payload: { customerId: id, ...what.payload },
    before: what.before,
  });
  deps.store.changes.record('customer', id, 'changed', deps.clock.now());
  deps.events.publish({ type: 'desk_changed', what: 'customers' });
}
