import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { CustomerId, DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import type { TicketStatus } from '../../../shared/model/ticket.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { type Actor, canSeeDepartment, type DepartmentScope } from '../domain/actor.ts';
import { scopeOf } from '../domain/rights.ts';
import type { ApiOrder } from '../store/apiOrder.ts';
import type { ApiTicketRow, ListedTicketRow } from '../store/apiTickets.ts';
import type { MessageRecord } from '../store/repositories/messages.ts';
import type { ServiceDeps } from './context.ts';
import { keepPlaces } from './listPlaces.ts';
import { visibleTicket } from './ticketWriter.ts';

export type { ApiOrder, ApiTicketRow, ListedTicketRow };
export type MessageEntry = Pick<MessageRecord, 'id' | 'createdAt' | 'author' | 'staffId' | 'bodyHtml'>;

export interface NumberedPage<Row> {
  readonly total: number;
  readonly pages: number;
  readonly rows: readonly Row[];
  /** There are more than `total`: the list reaches no further. */
  readonly isCut?: boolean | undefined;
}

/** A numbered page of live tickets that the actor may see, highest number first; its size is a setting (behaviour.md fact 8). */
export function ticketPage(
  deps: ServiceDeps,
  actor: Actor,
  request: {
    page: number;
    perPage?: number | undefined;
    order?: ApiOrder | undefined;
    status?: TicketStatus | undefined;
    customerId?: CustomerId | undefined;
    departmentId?: DepartmentId | undefined;
  },
): NumberedPage<ListedTicketRow> {
  const perPage = request.perPage ?? deps.store.settings.get().ticketsPage;
  if (request.order?.by !== 'updated') keepPlaces(deps, actor, { table: 'tickets', ...request });
  const { total, rows, isCut } = deps.store.apiPages.tickets({
    ...request,
    departmentId: seen(scopeOf(actor), request.departmentId),
    perPage,
  });
  return { total, pages: Math.ceil(total / perPage), rows, isCut };
}

/** What remains of a filter by department once one's own departments are all there is. */
function seen(scope: DepartmentScope, wanted: DepartmentId | undefined) {
  if (wanted === undefined) return scope === 'all' ? undefined : scope;
  return canSeeDepartment(scope, wanted) ? wanted : [];
}

/** A live ticket that the actor may see, with the names the API shows beside it. */
export function ticketEntry(deps: ServiceDeps, actor: Actor, id: TicketId): ApiTicketRow | undefined {
  const found = visibleTicket(deps, actor, id);
  if (!found.ok) return undefined;
  const ticket = found.value;
  const customer = deps.store.customers.byId(ticket.customerId);
  const department = deps.store.departments.byId(ticket.departmentId);
  // Without either the reference shows no ticket (behaviour.md 2.4).
  if (!customer || !department) return undefined;
  return { ...ticket, customerName: customer.name, departmentName: department.name };
}

/** A numbered page of a ticket's messages in the desk's reply order (behaviour.md 2.5). */
export function messagePage(
  deps: ServiceDeps,
  actor: Actor,
  id: TicketId,
  page: number,
  asked: { perPage?: number | undefined; order?: 'asc' | 'desc' | undefined } = {},
): Result<NumberedPage<MessageEntry>> {
  const ticket = ticketEntry(deps, actor, id);
  if (!ticket) return err(appErrorOf('ticket_not_found'));
  const { replyOrder, repliesPage } = deps.store.settings.get();
  const { perPage = repliesPage, order = replyOrder } = asked;
  const total = ticket.messageCount;
  const offset = (page - 1) * perPage;
  const rows = offset >= total ? [] : deps.store.messages.page(id, order, perPage, offset);
  return ok({ total, pages: Math.ceil(total / perPage), rows });
}
