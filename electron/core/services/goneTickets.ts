import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { TicketChange } from '../../../shared/contract/tickets.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';

type Deps = Pick<ServiceDeps, 'store'>;

/** Which of these the server of a remote workspace had, and has deleted; none on a desk of its own. */
export function goneTickets({ store }: Deps, ids: readonly TicketId[]): ReadonlySet<TicketId> {
  const isMirror = ids.length > 0 && store.remoteDesk.get() !== undefined;
  return new Set(isMirror ? store.remoteTickets.gone(ids) : []);
}

export const isGoneTicket = (deps: Deps, id: TicketId): boolean => goneTickets(deps, [id]).has(id);

/** ticket_gone_on_server where nothing can be told the server about a ticket any more; null where it can. */
export function goneRefusal(deps: Deps, id: TicketId): AppError | null {
  return isGoneTicket(deps, id) ? appErrorOf('ticket_gone_on_server') : null;
}

/** The same for a change of a ticket, where that is one of what the server holds. */
export function changeRefusal(deps: Deps, ticket: TicketRecord, change: TicketChange): AppError | null {
  const { status = ticket.status, departmentId = ticket.departmentId } = change;
  const isTold = status !== ticket.status || departmentId !== ticket.departmentId;
  return isTold ? goneRefusal(deps, ticket.id) : null;
}
