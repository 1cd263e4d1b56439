import type { OutboxRow } from '../store/repositories/outbox.ts';
import { type SyncContext, write } from './context.ts';
import { pushCustomer } from './pushCustomer.ts';
import { pushField } from './pushField.ts';
import { pushMessage, pushTicket } from './pushMessage.ts';
import type { RemoteFailure } from './remote.ts';

/** Lanes that are worked on at once; within a lane one after the other. */
const PARALLEL = 4;

/**
 * Sends what waits, in order per ticket, tickets in parallel. Answers the failure that ends the run: the remote can't
 * be reached or does not let us in; anything about a single operation stays with it.
 */
export async function push(sync: SyncContext): Promise<RemoteFailure | null> {
  let ended: RemoteFailure | null = null;
  // Nothing becomes sendable before one that is on its way is through.
  let isDry = false;
  const worker = async (): Promise<void> => {
    while (!ended && !isDry) {
      const row = take(sync);
      isDry = !row;
      if (!row) return;
      const failure = await pushOne(sync, row);
      isDry = false;
      if (failure) ended ??= failure;
    }
  };
  // Whatever ends one of them, the run is over only when nothing is on its way any more.
  const workers = await Promise.allSettled(Array.from({ length: PARALLEL }, worker));
  for (const one of workers) if (one.status === 'rejected') throw one.reason;
  return ended;
}

/** Marks one as being sent, in a transaction of its own: a kill from here on leaves it `uncertain`, never doubled. */
function take(sync: SyncContext): OutboxRow | undefined {
  const { store, clock } = sync.deps;
  return write(sync, () => {
    const now = clock.now();
    const row = store.outbox.nextToSend(now);
    if (row) store.outbox.begin(row.id, now);
    return row && store.outbox.byId(row.id);
  });
}

function pushOne(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  switch (row.kind) {
    case 'create_customer':
      return pushCustomer(sync, row);
    case 'create_ticket':
      return pushTicket(sync, row);
    case 'reply':
    case 'customer_reply':
      return pushMessage(sync, row);
    case 'set_status':
    case 'set_department':
      return pushField(sync, row);
  }
}
