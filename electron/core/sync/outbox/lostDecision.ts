import { ok, type Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { queueMaking } from '../../services/outbox.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { rebaseTicket } from './rebase.ts';

/** More than this nobody writes into a ticket. */
const MOST = 10_000;

/**
 * A person wants made again what a restored server lost. Another desk may have done so: it is looked for first, by its
 * marker, and goes when a whole look does not show it.
 */
export function makeAgain(deps: ServiceDeps, row: OutboxRow): Result<void> {
  const { store } = deps;
  return store.write(() => {
    const ticket = row.ticketId === null ? undefined : store.tickets.byId(row.ticketId);
    if (ticket && row.kind === 'create_ticket') {
      queueMaking(deps, { customerId: ticket.customerId });
      queueMaking(deps, { departmentId: ticket.departmentId });
    }
    store.outbox.requeue(row.id, { ...row, payload: { ...row.payload, asItIs: true } });
    if (row.messageId !== null) {
      // As long ago as can be: nothing of it is on its way any more.
      store.outbox.begin(row.id, 0);
      store.outbox.set(row.id, 'uncertain', 'Somebody may have made it again: it is looked for first.');
    }
    if (row.ticketId !== null) rebaseTicket(deps, row.ticketId);
    return ok(undefined);
  });
}

/** It stays on this desk only; a ticket with all that is written in it. */
export function keepHere({ store, clock }: ServiceDeps, row: OutboxRow): Result<void> {
  return store.write(() => {
    const { ticketId } = row;
    if (row.kind === 'create_ticket' && ticketId !== null) {
      for (const { id } of store.outbox.byTicket(ticketId)) store.outbox.remove(id);
      for (const { id } of store.messages.page(ticketId, 'asc', MOST, 0))
        store.remoteLost.mark(id, 'restored', clock.now());
    } else store.outbox.remove(row.id);
    return ok(undefined);
  });
}
