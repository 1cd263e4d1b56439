import type { Customer } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import type { StaffActor } from '../domain/actor.ts';
import { scopeOf } from '../domain/rights.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import type { Services } from './services.ts';
import { ticketRows, withCounts } from './ticketReader.ts';

/**
 * Customers whose address or name starts with the text, then those of tickets that the as-you-type index finds
 * (second names, domains). Without text: the newest ones.
 */
export async function searchCustomers(
  services: Services,
  actor: StaffActor,
  text: string,
  limit: number,
): Promise<Customer[]> {
  const { deps, reader } = services;
  const { customers } = deps.store;
  const wanted = text.trim();
  if (wanted === '') return customers.newest(limit).map((row) => withCounts(deps, actor, row));
  const found = new Map<number, CustomerRow>();
  const add = (rows: readonly CustomerRow[]): void => {
    for (const row of rows) if (found.size < limit && row.deletedAt === null) found.set(row.id, row);
  };
  add(customers.byEmailPrefix(wanted, limit));
  add(customers.byNamePrefix(wanted, limit));
  if (found.size < limit && wanted.length >= 2) {
    const ids: TicketId[] = await reader.suggest(scopeOf(actor), { text: wanted, limit: 20 });
    for (const row of ticketRows(deps, actor, ids)) {
      const customer = customers.byId(row.customerId);
      if (customer) add([customer]);
    }
  }
  return [...found.values()].map((row) => withCounts(deps, actor, row));
}
