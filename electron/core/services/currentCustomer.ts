import type { CustomerId } from '../../../shared/model/ids.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import type { ServiceDeps } from './context.ts';

/** A customer who is not deleted. One who was merged into another is: see `currentCustomer`. */
export function liveCustomer(deps: ServiceDeps, id: CustomerId): CustomerRow | undefined {
  const found = deps.store.customers.byId(id);
  return found?.deletedAt === null ? found : undefined;
}

/** The customer with this id, or who took their place in a merge: programs remember ids for years. */
export function currentCustomer(deps: ServiceDeps, id: CustomerId): CustomerRow | undefined {
  let found = deps.store.customers.byId(id);
  while (found && found.deletedAt !== null && found.mergedInto !== null)
    found = deps.store.customers.byId(found.mergedInto);
  return found?.deletedAt === null ? found : undefined;
}
