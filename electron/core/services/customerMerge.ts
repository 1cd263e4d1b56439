import type { MergeCustomersInput } from '../../../shared/contract/customers.ts';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { CustomerId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import type { CustomerRow } from '../store/repositories/customers.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import { runBulk } from './bulk.ts';
import type { ServiceDeps } from './context.ts';
import { liveCustomer } from './currentCustomer.ts';
import { addressesOf, isSameAddress, setAddresses } from './customerAddresses.ts';
import { logOperation } from './operationLog.ts';
import type { Services } from './services.ts';
import { runSliced, type SlicedRun } from './sliced.ts';
import { finish, newAct } from './ticketChanges.ts';

type Act = ReturnType<typeof newAct>;

const ROUNDS = 5;
/** Fewer are indexed with the change itself, so that a search finds them at once; more wait for the background. */
const INDEXED_AT_ONCE = 50;

/**
 * Makes one customer of two: tickets (the trash's too) and addresses of `mergedId` go to `customerId`, as one group
 * that can be undone, in slices, as a job when there are many. The old id keeps resolving (`currentCustomer`).
 * Cancelled, both customers stay, with what went over so far; merging again goes on. Answers customer_not_found,
 * merge_same, invalid_input, cancelled.
 */
export function mergeCustomers(
  services: Pick<Services, 'deps' | 'jobs'>,
  actor: Actor,
  input: MergeCustomersInput,
): Promise<Result<{ groupId: string; tickets: number }>> {
  const { deps } = services;
  const problem = mergeProblem(deps, input);
  if (problem) return Promise.resolve(err(problem));
  const count = ticketIdsOf(deps, input.mergedId).length;
  return runBulk(services, actor, `Merging ${count} tickets`, count, (run) => merge(deps, actor, input, run));
}

function mergeProblem(deps: ServiceDeps, { customerId, mergedId, name, email }: MergeCustomersInput) {
  if (customerId === mergedId) return appErrorOf('merge_same', { field: 'mergedId' });
  const both = [customerId, mergedId].flatMap((id) => liveCustomer(deps, id) ?? []);
  if (both.length < 2) return appErrorOf('customer_not_found', { field: 'mergedId' });
  if (!both.some((customer) => customer.name === name)) return appErrorOf('invalid_input', { field: 'name' });
  const emails = both.flatMap((customer) => addressesOf(deps, customer));
  return emails.includes(email) ? undefined : appErrorOf('invalid_input', { field: 'email' });
}

const ticketIdsOf = ({ store }: ServiceDeps, id: CustomerId): TicketId[] =>
  [...store.customers.liveTicketIds(id), ...store.customers.trashedTicketIds(id)] as TicketId[];

async function merge(
  deps: ServiceDeps,
  actor: Actor,
  input: MergeCustomersInput,
  run: SlicedRun | undefined,
): Promise<Result<{ groupId: string; tickets: number }>> {
  const { customerId, mergedId } = input;
  const act = newAct(deps, actor);
  let isMerged = false;
  let result: Result<void> = ok(undefined);
  // Tickets that arrive meanwhile go the same way.
  for (let round = 0; round < ROUNDS && result.ok && !isMerged && !run?.signal?.aborted; round += 1) {
    const ids = ticketIdsOf(deps, mergedId);
    const give = (id: TicketId): Result<void> => {
      const ticket = deps.store.tickets.byId(id);
      if (!liveCustomer(deps, customerId)) return err(appErrorOf('customer_not_found'));
      if (ticket?.customerId === mergedId) giveTicket(deps, act, ticket, customerId, ids.length);
      return ok(undefined);
    };
    result = await runSliced(deps, ids, give, run);
    if (!result.ok || run?.signal?.aborted) break;
    result = deps.store.write(() => {
      if (ticketIdsOf(deps, mergedId).length > 0) return ok(undefined);
      isMerged = true;
      return joinCustomers(deps, act, input);
    });
  }
  const told = finish(deps, act);
  if (!result.ok) return result;
  if (!isMerged) return err(appErrorOf('cancelled'));
  return told.ok ? ok({ groupId: told.value.groupId, tickets: told.value.changedTickets }) : told;
}

/** Makes a ticket another customer's; `crowd` is how many go with it. */
function giveTicket(
  deps: ServiceDeps,
  act: Act,
  { id, customerId: before, departmentId, deletedAt }: TicketRecord,
  customerId: CustomerId,
  crowd: number,
): void {
  const { store } = deps;
  const now = deps.clock.now();
  store.tickets.setCustomer(id, customerId, now);
  if (deletedAt === null && crowd <= INDEXED_AT_ONCE) store.search.index(id);
  else if (deletedAt === null) store.search.enqueue([id]);
  logOperation(deps, act.actor, {
    groupId: act.groupId,
    kind: 'set_customer',
    ticketId: id,
    payload: { customerId },
    before: { customerId: before },
    ...(act.undoesGroupId === undefined ? {} : { undoesGroupId: act.undoesGroupId }),
  });
  if (deletedAt === null) store.changes.record('ticket', id, 'changed', now);
  act.changed.push(id);
  act.departments.push(departmentId);
}

/** What undo has to know: names and addresses of both as they were. */
interface Joined {
  readonly customerId: CustomerId;
  readonly mergedId: CustomerId;
  readonly name: string;
  readonly emails: readonly string[];
}
interface Before {
  readonly name: string;
  readonly emails: readonly string[];
  readonly mergedEmails: readonly string[];
}

/** The last step: the rows of the two customers. */
function joinCustomers(deps: ServiceDeps, act: Act, input: MergeCustomersInput): Result<void> {
  const problem = mergeProblem(deps, input);
  const { customerId, mergedId, name, email } = input;
  const [kept, merged] = [liveCustomer(deps, customerId), liveCustomer(deps, mergedId)];
  if (problem || !kept || !merged) return err(problem ?? appErrorOf('customer_not_found'));
  const { customers, customerAddresses, mailIds } = deps.store;
  const now = deps.clock.now();
  const before: Before = {
    name: kept.name,
    emails: addressesOf(deps, kept),
    mergedEmails: addressesOf(deps, merged),
  };
  const all = [...before.emails, ...before.mergedEmails];
  const emails = [email, ...all.filter((one) => !isSameAddress(one, email))];
  customers.setDeleted(mergedId, now, now, customerId);
  customerAddresses.move(mergedId, customerId);
  mailIds.moveKept(mergedId, customerId);
  customers.setName(customerId, name, now);
  setAddresses(deps, customerId, emails, now);
  deps.store.search.enqueueCustomer(customerId);
  const payload: Joined = { customerId, mergedId, name, emails };
  logOperation(deps, act.actor, { groupId: act.groupId, kind: 'merge_customers', payload, before });
  recordBoth(deps, { customerId, mergedId }, 'deleted');
  return ok(undefined);
}

function recordBoth(
  deps: ServiceDeps,
  { customerId, mergedId }: { customerId: CustomerId; mergedId: CustomerId },
  change: 'created' | 'deleted',
): void {
  const now = deps.clock.now();
  deps.store.changes.record('customer', mergedId, change, now);
  deps.store.changes.record('customer', customerId, 'changed', now);
  deps.events.publish({ type: 'desk_changed', what: 'customers' });
}

/**
 * Takes the joining of two customers back, inside the caller's transaction: both have the addresses they had, as far
 * as they are still there. cannot_undo when one of them is gone since, or the main address of the one that went.
 */
export function undoMerge(
  deps: ServiceDeps,
  operation: { readonly payload: unknown; readonly before: unknown },
): Result<void> {
  const { customerId, mergedId, name, emails } = operation.payload as Joined;
  const before = operation.before as Before;
  const { customers } = deps.store;
  const kept = liveCustomer(deps, customerId);
  const merged: CustomerRow | undefined = customers.byId(mergedId);
  // An undo that broke off: the two are apart already, and the tickets that are left follow.
  if (merged?.deletedAt === null) return ok(undefined);
  if (!kept || merged?.mergedInto !== customerId) return err(cannotUndo());
  const now = deps.clock.now();
  const have = addressesOf(deps, kept);
  const returned = before.mergedEmails.filter((email) => have.includes(email));
  const left = have.filter((email) => !returned.includes(email));
  const main = before.emails.find((email) => left.includes(email));
  const [first, ...others] = returned;
  // By value: a main address that somebody chose since stays.
  const stays = emails[0] === kept.email ? undefined : left.find((email) => email === kept.email);
  const keptMain = stays ?? main ?? left[0];
  if (first === undefined || keptMain === undefined) return err(cannotUndo());
  setAddresses(deps, customerId, [keptMain, ...left.filter((email) => email !== keptMain)], now);
  if (kept.name === name) customers.setName(customerId, before.name, now);
  customers.setEmail(mergedId, first, now);
  customers.setDeleted(mergedId, null, now);
  setAddresses(deps, mergedId, [first, ...others], now);
  deps.store.search.enqueueCustomer(customerId);
  recordBoth(deps, { customerId, mergedId }, 'created');
  return ok(undefined);
}

/** Gives a ticket back to the customer it was taken from; one that somebody else has since stays. */
export function undoSetCustomer(
  deps: ServiceDeps,
  act: Act,
  ticket: TicketRecord,
  operation: { readonly payload: unknown; readonly before: unknown },
  crowd: number,
): Result<void> {
  const after = operation.payload as { customerId?: CustomerId };
  const before = operation.before as { customerId?: CustomerId };
  if (before.customerId === undefined || ticket.customerId !== after.customerId) return ok(undefined);
  if (!liveCustomer(deps, before.customerId)) return err(cannotUndo());
  giveTicket(deps, act, ticket, before.customerId, crowd);
  return ok(undefined);
}

const cannotUndo = (): AppError => appErrorOf('cannot_undo');
