import type { CustomerId } from '../../../shared/model/ids.ts';
import type { ServiceDeps } from './context.ts';
import { queueMaking } from './outbox.ts';
import { withdrawDeletion } from './outboxDirectory.ts';

/**
 * Brings a deleted customer back with the addresses nobody else uses by now. In a remote workspace they are not deleted
 * there, or made there after all.
 */
export function returnCustomer(deps: ServiceDeps, id: CustomerId): void {
  const { store, clock, events } = deps;
  const now = clock.now();
  store.customers.setDeleted(id, null, now);
  store.customerAddresses.bringBack(id);
  store.changes.record('customer', id, 'created', now);
  withdrawDeletion(deps, { customerId: id });
  queueMaking(deps, { customerId: id });
  events.publish({ type: 'desk_changed', what: 'customers' });
}
