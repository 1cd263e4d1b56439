import type { CustomerId } from '../../../shared/model/ids.ts';
import type { ServiceDeps } from './context.ts';

/** Brings a deleted customer back with the addresses nobody else uses by now. */
export function returnCustomer({ store, clock, events }: ServiceDeps, id: CustomerId): void {
  const now = clock.now();
  store.customers.setDeleted(id, null, now);
  store.customerAddresses.bringBack(id);
  store.changes.record('customer', id, 'created', now);
  events.publish({ type: 'desk_changed', what: 'customers' });
}
