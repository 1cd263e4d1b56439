import type { TicketId } from '../../../../shared/model/ids.ts';
import { eraseTicket } from '../../services/purge.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { announce, type SyncContext, write } from '../context.ts';
import { removeTicket } from '../pull/pullTicket.ts';
import { finish } from './pushOutcome.ts';

/** The remote has it no more: here it goes the same way, and what was asked to be erased here is erased. */
export async function afterDeletion(sync: SyncContext, row: OutboxRow): Promise<void> {
  const { deps } = sync;
  const tickets = deps.store.remoteContents.goingWith(row);
  const files = write(sync, () => {
    finish(sync, row);
    for (const id of tickets) removeTicket(sync, id);
    removeCustomer(sync, row);
    return row.payload.erase === true ? tickets.flatMap((id) => erase(sync, row, id)) : [];
  });
  // After the commit: a crash in between leaves an unused file, never a row without its file.
  for (const sha256 of files) await deps.files.removeUnused(sha256, deps.store.purge.isUsed);
  announce(sync, tickets);
  deps.events.publish({ type: 'desk_changed', what: 'sync' });
}

/** Somebody brought them back while the deletion was on its way. */
function removeCustomer({ deps }: SyncContext, { kind, customerId }: OutboxRow): void {
  const { customers, changes } = deps.store;
  if (kind !== 'delete_customer' || customerId === null || customers.byId(customerId)?.deletedAt !== null)
    return;
  customers.setDeleted(customerId, deps.clock.now(), deps.clock.now());
  changes.record('customer', customerId, 'deleted', deps.clock.now());
}

function erase({ deps }: SyncContext, row: OutboxRow, id: TicketId): string[] {
  const ticket = deps.store.tickets.byId(id);
  const actor = { kind: 'system', name: 'Sync' } as const;
  return ticket ? eraseTicket(deps, actor, row.groupId, ticket) : [];
}
