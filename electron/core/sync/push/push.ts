import { setImmediate } from 'node:timers/promises';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { type SyncContext, write } from '../context.ts';
import type { RemoteFailure } from '../remote.ts';
import { pushCustomer } from './pushCustomer.ts';
import { pushCustomerChange } from './pushCustomerChange.ts';
import { pushDeletion } from './pushDeletion.ts';
import { pushDepartment, pushDepartmentChange } from './pushDepartment.ts';
import { pushField } from './pushField.ts';
import { markerOf, pushMessage, pushTicket } from './pushMessage.ts';

/** Lanes that are worked on at once; within a lane one after the other. */
export const PUSH_PARALLEL = 4;

/**
 * Sends what waits, in order per ticket, tickets in parallel: as soon as one is through, whatever it made way for takes
 * its place. Answers the failure that ends the run: the remote can't be reached or does not let us in; anything about
 * a single operation stays with it.
 */
export async function push(sync: SyncContext): Promise<RemoteFailure | null> {
  const running = new Set<Promise<void>>();
  let ended: RemoteFailure | null = null;
  const start = (row: OutboxRow): void => {
    const one = pushOne(sync, row).then((failure) => {
      ended ??= failure;
      running.delete(one);
    });
    running.add(one);
  };
  try {
    for (;;) {
      for (const row of ended ? [] : take(sync, PUSH_PARALLEL - running.size)) start(row);
      if (running.size === 0) return ended;
      await Promise.race(running);
      // Answers that came together make way together: each taking waits for the disk.
      if (running.size > 0) await setImmediate();
    }
  } finally {
    // Where one broke, the others still end before anything else begins.
    await Promise.allSettled(running);
  }
}

/**
 * Marks some as being sent, in a transaction of its own: a kill from here on leaves them `uncertain`, never doubled. A
 * message gets its marker in the same one: each waits for the disk.
 */
function take(sync: SyncContext, count: number): OutboxRow[] {
  const { store, clock } = sync.deps;
  return write(sync, () => {
    const now = clock.now();
    const taken: OutboxRow[] = [];
    while (taken.length < count) {
      const row = store.outbox.nextToSend(now);
      if (!row) break;
      store.outbox.begin(row.id, now);
      if (row.messageId !== null) markerOf(sync, row.messageId);
      taken.push({ ...row, state: 'sending', attempts: row.attempts + 1, sentAt: now });
    }
    return taken;
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
    case 'update_customer':
      return pushCustomerChange(sync, row);
    case 'create_department':
      return pushDepartment(sync, row);
    case 'update_department':
      return pushDepartmentChange(sync, row);
    case 'delete_ticket':
    case 'delete_customer':
    case 'delete_department':
    case 'delete_attachment':
      return pushDeletion(sync, row);
  }
}
