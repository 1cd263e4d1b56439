import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { ChangeDone } from '../../../shared/contract/tickets.ts';
import type { CustomerId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { reaches } from '../domain/rights.ts';
import type { TicketsGoing } from '../store/repositories/remoteContents.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';
import { returnCustomer } from './returnCustomer.ts';
import { returnDepartment } from './returnDepartment.ts';
import { runSliced, type SlicedRun } from './sliced.ts';
import { type Act, finishAfter, newAct, setTrashed } from './ticketChanges.ts';

/** Takes tickets out of the trash; ticket_not_found for a single one that is not there, or unseen. */
export async function restoreTickets(
  deps: ServiceDeps,
  actor: Actor,
  ticketIds: readonly TicketId[],
  run?: SlicedRun,
): Promise<Result<ChangeDone>> {
  const act = newAct(deps, actor);
  const restore = (id: TicketId): Result<void> => {
    const ticket = deps.store.tickets.byId(id);
    const canRestore = ticket && ticket.deletedAt !== null && reaches(actor, { kind: 'ticket', ...ticket });
    if (canRestore) restoreTicket(deps, act, ticket);
    return canRestore || ticketIds.length > 1 ? ok(undefined) : err(appErrorOf('ticket_not_found'));
  };
  const result = await runSliced(deps, ticketIds, restore, run);
  return finishAfter(deps, act, result);
}

/** Brings a ticket back, with its customer and department where those went with it. In a transaction. */
export function restoreTicket(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  /** Why, for the history, where no person did it. */
  why: object = {},
): void {
  const { departmentId } = ticket;
  const { returned, payload, before } = bringCustomerBack(deps, ticket);
  const isDepartmentGone = !deps.store.departments.byId(departmentId);
  if (isDepartmentGone) returnDepartment(deps, departmentId);
  setTrashed(deps, act, ticket, false, { payload: { ...payload, ...why }, before });
  if (returned !== null) restoreWithNews(deps, act, { kind: 'delete_customer', customerId: returned });
  if (isDepartmentGone) restoreWithNews(deps, act, { kind: 'delete_department', departmentId });
}

/**
 * A deletion on the remote is not to be any more. Of its tickets, what is in the trash stays there, unless somebody has
 * written in it: until now the outbox showed that, or does still where another deletion takes it along. A group of its
 * own: who undoes what led to it would hide again what they have not seen. In a transaction.
 */
export function restoreWithNews(deps: ServiceDeps, act: Act, deletion: TicketsGoing): void {
  const { remoteContents, remoteDesk, remoteTickets, operations, tickets } = deps.store;
  const { actor, changed, departments } = act;
  const own: Act = { actor, changed, departments, groupId: deps.ids.group() };
  for (const id of remoteDesk.get() ? remoteContents.goingWith(deletion) : []) {
    const ticket = tickets.byId(id);
    const base = remoteTickets.byTicket(id);
    if (ticket?.deletedAt == null || !base || remoteContents.isToBeDeleted(id)) continue;
    const trashed = operations
      .byTicket(id)
      .find(({ kind, payload }) => kind === 'trash' && 'messages' in (payload as object));
    const { messages } = (trashed?.payload ?? {}) as { messages?: number };
    if (messages !== undefined && base.replies + 1 > messages)
      restoreTicket(deps, own, ticket, { byMessage: true });
  }
}

/**
 * Who wrote again from the same address has a new account: the ticket goes there, or nobody could restore it. `returned`:
 * who was deleted and is back; null = nobody.
 */
function bringCustomerBack(
  deps: ServiceDeps,
  ticket: TicketRecord,
): { returned: CustomerId | null; payload: object; before: object } {
  const { customers, outbox, tickets } = deps.store;
  const customer = customers.byId(ticket.customerId);
  if (!customer || customer.deletedAt === null) return { returned: null, payload: {}, before: {} };
  const holder = customers.byEmail(customer.email);
  if (holder) {
    tickets.setCustomer(ticket.id, holder.id, deps.clock.now());
    outbox.setTicketCustomer(ticket.id, holder.id);
    return { returned: null, payload: { customerId: holder.id }, before: { customerId: customer.id } };
  }
  returnCustomer(deps, customer.id);
  return { returned: customer.id, payload: {}, before: {} };
}
