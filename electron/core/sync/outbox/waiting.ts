import type { OutboxDecision, OutboxEdit } from '../../../../shared/contract/sync.ts';
import { decisionsFor, editFor, type Waiting } from '../../domain/outboxRules.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { isGoneTicket } from '../../services/goneTickets.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { holdsTickets } from './directoryDecision.ts';
import { newsFor } from './news.ts';

/** What a person can do about an operation, as things stand now. */
export function choicesFor(
  deps: ServiceDeps,
  row: OutboxRow,
): { readonly decisions: OutboxDecision[]; readonly edit: OutboxEdit | null } {
  const waiting = waitingOf(deps, row);
  return { decisions: decisionsFor(waiting), edit: editFor(waiting) };
}

function waitingOf(deps: ServiceDeps, row: OutboxRow): Waiting {
  const { kind, state, payload } = row;
  return {
    ...{ kind, state },
    closesUnread: kind === 'reply' && payload.close === true && isReview(deps, row),
    isGone: isGone(deps, row),
    isLost: isLost(row),
    isSaidToBeThere: payload.arrived === true,
    isNeeded: isNeeded(deps, row),
  };
}

/** A restored server does not have it, and a person decides whether it is made again there. */
export const isLost = ({ payload }: OutboxRow): boolean => payload.lost === true;

/** Held because its thread has grown: what came is to be read first. */
export function isReview(deps: ServiceDeps, row: OutboxRow): boolean {
  if (row.state !== 'held' || row.ticketId === null) return false;
  const { messages, unread } = newsFor(deps, row);
  return messages.length + unread > 0;
}

/** The server had this ticket, and has it no more. */
export const isGone = (deps: ServiceDeps, { state, ticketId }: OutboxRow): boolean =>
  state === 'conflict' && ticketId !== null && isGoneTicket(deps, ticketId);

/** A customer whose tickets wait for them; a department that tickets lie in; a ticket of unknown fate in which more was done. */
function isNeeded(deps: ServiceDeps, row: OutboxRow): boolean {
  const { store } = deps;
  if (row.kind === 'create_customer') {
    return row.customerId !== null && store.outbox.hasTicketsOf(row.customerId);
  }
  if (row.kind === 'create_department') return holdsTickets(deps, row);
  if (row.kind !== 'create_ticket' || row.state !== 'uncertain' || row.ticketId === null) return false;
  return store.outbox.byTicket(row.ticketId).some(({ groupId }) => groupId !== row.groupId);
}
