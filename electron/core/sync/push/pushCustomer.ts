import type { CustomerId } from '../../../../shared/model/ids.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { type SyncContext, write } from '../context.ts';
import { pullCustomers } from '../pull/pullLists.ts';
import type { RemoteFailure } from '../remote.ts';
import { finish, recordFailure } from './pushOutcome.ts';

/**
 * Makes a customer on the remote. One address is one customer: who has it there is the one, so repeating is safe, and
 * an attempt whose answer was lost is looked for among the newest customers first (their addresses are stored escaped,
 * `?email=` does not find all of them, behaviour.md 2.2).
 */
export async function pushCustomer(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  const { store } = sync.deps;
  const customer = row.customerId === null ? undefined : store.customers.byId(row.customerId);
  if (!customer) {
    write(sync, () => finish(sync, row));
    return null;
  }
  // Asked anew each time: the row goes over to whom they turn out to be.
  const isKnown = (): boolean => {
    const id = store.outbox.byId(row.id)?.customerId ?? customer.id;
    return store.remoteTickets.remoteId('customers', id) !== null;
  };
  // The address it was made with: whoever changes it meanwhile has that sent after this.
  const email = String(row.payload.email ?? customer.email);
  const lookUp = async () => {
    const newest = await pullCustomers(sync, { onlyNew: true });
    return newest.ok && !isKnown() ? findByAddress(sync, row, email) : newest;
  };
  if (row.attempts > 1) {
    const found = await lookUp();
    if (!found.ok) return recordFailure(sync, row, found.error, true);
  }
  if (!isKnown()) {
    const made = await sync.remote.createCustomer({
      ...{ name: customer.name, email },
      notify: row.payload.notify === true,
    });
    if (made.ok) write(sync, () => linkCustomer(sync, customer.id, made.value));
    else if (made.error.kind !== 'refused' || !(await lookUp()).ok || !isKnown()) {
      return recordFailure(sync, row, made.error, true);
    }
  }
  write(sync, () => finish(sync, row));
  return null;
}

/** Scripts that follow the changes hear of the number the server gave. */
function linkCustomer({ deps }: SyncContext, id: CustomerId, remoteId: number): void {
  deps.store.remoteTickets.link('customers', id, remoteId);
  deps.store.changes.record('customer', id, 'changed', deps.clock.now());
}

async function findByAddress(sync: SyncContext, row: OutboxRow, email: string) {
  const { store } = sync.deps;
  const found = await sync.remote.findCustomer(email);
  if (!found.ok) return found.error.kind === 'not_found' ? ({ ok: true, value: undefined } as const) : found;
  write(sync, () => {
    const isFree = store.remoteTickets.localId('customers', found.value.id) === undefined;
    if (isFree && row.customerId !== null) linkCustomer(sync, row.customerId, found.value.id);
  });
  return { ok: true, value: undefined } as const;
}
