import { z } from 'zod';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { CustomerId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { startOf } from '../html/cutText.ts';
import type { CustomerPageRequest, ListedCustomerRow } from '../store/apiPages.ts';
import type { ApiPage } from '../store/apiTickets.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import type { ServiceDeps } from './context.ts';
import { liveCustomer } from './currentCustomer.ts';
import { addressesOf, isSameAddress, setAddresses } from './customerAddresses.ts';
import { keepPlaces } from './listPlaces.ts';
import { queueWelcome } from './mailOutbox.ts';
import { logOperation } from './operationLog.ts';

/** The HTML standard's rule, plus a dot in the domain: close to what the reference's validator takes. */
const emailSchema = z.email({ pattern: z.regexes.html5Email }).max(LIMITS.emailLength);

/** What is wrong with an address, if anything; a trimmed one is expected. */
export function emailProblem(email: string): AppError | undefined {
  if (email === '') return appErrorOf('email_missing', { field: 'email' });
  const hasDottedDomain = email.slice(email.lastIndexOf('@')).includes('.');
  return hasDottedDomain && emailSchema.safeParse(email).success
    ? undefined
    : appErrorOf('email_invalid', { field: 'email' });
}

/** Answers name_missing, email_missing, email_invalid, email_taken. An address counts once, whatever its case. */
export function createCustomer(
  deps: ServiceDeps,
  actor: Actor,
  /** `notify`: the customer is greeted by mail. */
  input: { name: string; email: string; notify?: boolean },
): Result<CustomerId> {
  const name = startOf(input.name.trim(), LIMITS.customerNameLength);
  if (name === '') return err(appErrorOf('name_missing', { field: 'name' }));
  const problem = emailProblem(input.email);
  if (problem) return err(problem);
  const { email } = input;
  const created = deps.store.write(() => {
    if (deps.store.customers.byEmail(email)) return err(appErrorOf('email_taken', { field: 'email' }));
    const now = deps.clock.now();
    const id = deps.store.customers.insert({ name, email, now });
    const groupId = deps.ids.group();
    logOperation(deps, actor, {
      groupId,
      kind: 'create_customer',
      payload: { customerId: id, name, email, ...(input.notify ? { notify: true } : {}) },
      before: {},
    });
    queueWelcome(deps, { id, name, email }, { groupId, notify: input.notify ?? false });
    deps.store.changes.record('customer', id, 'created', now);
    return ok(id);
  });
  if (created.ok) deps.events.publish({ type: 'desk_changed', what: 'customers' });
  return created;
}

/** By any of their addresses. */
export function customerByEmail(deps: ServiceDeps, email: string): CustomerRow | undefined {
  return deps.store.customers.byEmail(email);
}

/** A numbered page of customers, newest first (behaviour.md 2.2). */
export function customerPage(
  deps: ServiceDeps,
  actor: Actor,
  request: CustomerPageRequest,
): ApiPage<ListedCustomerRow> {
  if (request.order?.by !== 'updated') keepPlaces(deps, actor, { table: 'customers', ...request });
  return deps.store.apiPages.customers(request);
}

/**
 * Changes the main address. One of the customer's own others changes places with it; else the old one goes, as in
 * the reference. Answers customer_not_found, email_missing, email_invalid, email_taken.
 */
export function changeCustomerEmail(
  deps: ServiceDeps,
  actor: Actor,
  id: CustomerId,
  email: string,
): Result<void> {
  const changed = deps.store.write(() => {
    const customer = liveCustomer(deps, id);
    if (!customer) return err(appErrorOf('customer_not_found'));
    if (customer.email === email) return ok(undefined);
    const problem = emailProblem(email);
    if (problem) return err(problem);
    const holder = deps.store.customers.byEmail(email);
    if (holder && holder.id !== id) return err(appErrorOf('email_taken', { field: 'email' }));
    const now = deps.clock.now();
    const [main, ...others] = addressesOf(deps, customer);
    const isOwn = others.some((other) => isSameAddress(other, email));
    const kept = others.filter((other) => !isSameAddress(other, email));
    setAddresses(deps, id, [email, ...(isOwn && main !== undefined ? [main] : []), ...kept], now);
    deps.store.search.enqueueCustomer(id);
    logOperation(deps, actor, {
      groupId: deps.ids.group(),
      kind: 'update_customer',
      payload: { customerId: id, email },
      before: { email: customer.email },
    });
    deps.store.changes.record('customer', id, 'changed', now);
    return ok(undefined);
  });
  if (changed.ok) deps.events.publish({ type: 'desk_changed', what: 'customers' });
  return changed;
}
