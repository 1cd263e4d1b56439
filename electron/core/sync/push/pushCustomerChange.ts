import type { CustomerId } from '../../../../shared/model/ids.ts';
import { mergeFields } from '../../domain/mergeFields.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { type SyncContext, write } from '../context.ts';
import { shownCustomer } from '../outbox/directoryBase.ts';
import type { RemoteCustomer, RemoteFailure } from '../remote.ts';
import { finish, recordFailure, setAside } from './pushOutcome.ts';

/** Changes the address of a customer, after a look at what stands there: the name is not the API's to change. */
export async function pushCustomerChange(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  const { store } = sync.deps;
  const id = row.customerId;
  const remoteId = id === null ? null : store.remoteTickets.remoteId('customers', id);
  if (id === null || remoteId === null) {
    write(sync, () => finish(sync, row));
    return null;
  }
  const seen = await sync.remote.showCustomer(remoteId);
  if (!seen.ok) return fail(sync, row, id, seen.error);
  const email = String(row.payload.value);
  const before = { email: String(row.before.value) };
  const merged = mergeFields({ before, mine: { email }, theirs: { email: seen.value.email } });
  if (merged.conflicts.length > 0 && row.payload.asItIs !== true) {
    setAside(sync, row, 'conflict', 'Someone else changed this address meanwhile.');
    return show(sync, id, seen.value);
  }
  if (seen.value.email === email) return done(sync, row, id, seen.value);
  const changed = await sync.remote.updateCustomer(remoteId, email);
  if (!changed.ok) return fail(sync, row, id, changed.error, seen.value);
  // «Email was changed.» is also said when nothing was.
  const after = await sync.remote.showCustomer(remoteId);
  if (!after.ok) return fail(sync, row, id, after.error, seen.value);
  if (after.value.email !== seen.value.email) return done(sync, row, id, after.value);
  setAside(sync, row, 'rejected', 'The server said it was changed, and has it as it was.');
  return show(sync, id, after.value);
}

function done(sync: SyncContext, row: OutboxRow, id: CustomerId, theirs: RemoteCustomer): null {
  write(sync, () => finish(sync, row));
  return show(sync, id, theirs);
}

function fail(
  sync: SyncContext,
  row: OutboxRow,
  id: CustomerId,
  failure: RemoteFailure,
  seen?: RemoteCustomer,
): RemoteFailure | null {
  const ended = recordFailure(sync, row, failure, true);
  const { store } = sync.deps;
  const own = store.customers.byId(id);
  if (store.outbox.byId(row.id)?.state === 'rejected' && own)
    show(sync, id, seen ?? { id, name: own.name, email: String(row.before.value) });
  return ended;
}

/** What the screen shows from now on. */
function show(sync: SyncContext, id: CustomerId, theirs: RemoteCustomer): null {
  const { deps } = sync;
  write(sync, () => {
    const shown = shownCustomer(deps, id, theirs);
    if (!shown || !deps.store.remoteDirectory.updateCustomer(id, shown, deps.clock.now())) return;
    deps.store.search.enqueueCustomer(id);
    deps.store.changes.record('customer', id, 'changed', deps.clock.now());
  });
  deps.events.publish({ type: 'desk_changed', what: 'customers' });
  return null;
}
