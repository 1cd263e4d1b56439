import { MARKER_LENGTH } from '../../domain/marker.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { MessageRecord } from '../../store/repositories/messages.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { isSameText } from '../push/sameText.ts';
import { closeAgain } from '../push/settle.ts';

/** How far back one looks for a message that reads like ours. */
const NEWEST = 50;

/**
 * Messages on the server that read the same, by the same writer, and of which nobody knows whether they are this one;
 * newest first. What has a marker is another's.
 */
export function alikeFor({ store }: ServiceDeps, { ticketId, messageId }: OutboxRow): MessageRecord[] {
  const own = messageId === null ? undefined : store.messages.byId(messageId);
  if (!own || ticketId === null) return [];
  return store.messages
    .newestPulled(ticketId, NEWEST)
    .filter(
      (other) =>
        other.author === own.author &&
        other.staffId === own.staffId &&
        store.remoteMessages.markerOf(other.id) === null &&
        isSameText(own.bodyHtml, other.bodyHtml),
    );
}

/**
 * A person says that a message arrived. Where the server has one that reads the same, that one stays and ours goes;
 * else ours stays, and what the next readings of the thread show under its marker is recognised. Runs in the
 * caller's transaction.
 */
export function believeArrived(deps: ServiceDeps, row: OutboxRow, [copy]: readonly MessageRecord[]): void {
  const { store, clock, ids } = deps;
  const { id, ticketId, messageId } = row;
  if (!copy || ticketId === null || messageId === null) {
    store.outbox.requeue(id, { ...row, payload: { ...row.payload, arrived: true } });
    store.outbox.set(id, 'sent', 'You said that it arrived.');
    return;
  }
  const now = clock.now();
  // One copy is one message: the next of ours that reads the same has to find another.
  store.remoteMessages.setMarker(copy.id, ids.secret(MARKER_LENGTH));
  store.outbox.remove(id);
  if (row.payload.close === true) closeAgain(deps, row);
  store.messages.setDeleted(messageId, now);
  store.changes.record('message', messageId, 'deleted', now);
  store.tickets.refreshFromThread(ticketId, now);
  store.search.index(ticketId);
}
