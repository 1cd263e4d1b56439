import type { CustomerId } from '../../../shared/model/ids.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import { emailKey } from '../store/repositories/customers.ts';
import type { ServiceDeps } from './context.ts';

/** Every address of a customer, the main one first. */
export function addressesOf(deps: ServiceDeps, { id, email }: Pick<CustomerRow, 'id' | 'email'>): string[] {
  return [email, ...deps.store.customerAddresses.ofCustomer(id)];
}

/** Letters' case does not count. */
export function isSameAddress(one: string, other: string): boolean {
  return emailKey(one) === emailKey(other);
}

/**
 * Gives a customer these addresses, the first as the main one, inside the caller's transaction. None of them may
 * be another customer's.
 */
export function setAddresses(
  deps: ServiceDeps,
  id: CustomerId,
  emails: readonly string[],
  now: number,
): void {
  const { customers, customerAddresses } = deps.store;
  const [main, ...others] = emails;
  if (main === undefined) throw new Error('a customer has an address');
  const known = customerAddresses.ofCustomer(id);
  // The order matters: an address is never, not even in between, in both places.
  for (const email of known) if (!others.includes(email)) customerAddresses.remove(id, email);
  customers.setEmail(id, main, now);
  for (const email of others) if (!known.includes(email)) customerAddresses.add(id, email, now);
}
