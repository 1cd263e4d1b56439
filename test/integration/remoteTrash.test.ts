import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeCustomer } from '../../electron/core/services/customerRemoval.ts';
import { removeDepartment } from '../../electron/core/services/departmentAdmin.ts';
import { createJobs, type Jobs } from '../../electron/core/services/jobs.ts';
import { purgeTickets } from '../../electron/core/services/purge.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { trashTickets } from '../../electron/core/services/ticketChanges.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import type { CustomerId, DepartmentId, TicketId } from '../../shared/model/ids.ts';
import type { Result } from '../../shared/util/result.ts';
import { eachMirror, FIRST } from '../support/mirror.ts';

const GENERAL = 1 as DepartmentId;
const SECOND = 2 as TicketId;
const THIRD = 3 as TicketId;

let jobs: Jobs;
const { desk, mirror } = eachMirror();
beforeEach(() => {
  jobs = createJobs(desk.deps);
});
afterEach(() => jobs.close());

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const outbox = () => listOutbox(desk.deps);
const kinds = () => outbox().map(({ kind }) => kind);
const here = (id = FIRST) => desk.deps.store.tickets.byId(id);
const isInTrash = (id: TicketId): boolean => here(id)?.deletedAt != null;
const whatIsInTrash = () => [FIRST, SECOND, THIRD].filter(isInTrash);
const trash = async () => value(await trashTickets(desk.deps, desk.ada, [FIRST]));
const restore = async (id: TicketId) => value(await restoreTickets(desk.deps, desk.ada, [id]));
const keep = async () =>
  value(await decideOutbox(desk.deps, desk.ada, { id: outbox()[0]?.id ?? 0, decision: 'discard' }));
const dropCustomer = async () => {
  const what = { customerId: 1 as CustomerId, mode: 'trash' as const };
  return value(await removeCustomer({ deps: desk.deps, jobs }, desk.ada, what));
};
const dropDepartment = async () =>
  value(await removeDepartment({ deps: desk.deps, jobs }, desk.ada, GENERAL, null));
/** The customer writes while the deletion waits for a person: the ticket stays where it is, the outbox shows it. */
const hears = async () => {
  await mirror.sync();
  mirror.customerWrites('Are you there?');
  await mirror.sync();
  expect(isInTrash(FIRST)).toBe(true);
};

describe('what comes into a ticket of the trash while its department waits to be deleted', () => {
  it('brings it back when the department is kept', async () => {
    await trash();
    await dropDepartment();
    await hears();
    await keep();
    expect(here()).toMatchObject({ deletedAt: null, messageCount: 2 });
  });

  it('brings it back when somebody moves it out of the department as they write', async () => {
    await trash();
    await dropDepartment();
    await mirror.sync();
    mirror.customerWrites('Are you there?');
    Object.assign(desk.server.state.tickets.get(FIRST) ?? {}, { departmentId: 2 });
    await mirror.sync();
    expect(here()).toMatchObject({ deletedAt: null, departmentId: 2, messageCount: 2 });
  });

  it('it stays where it was when nobody wrote', async () => {
    await trash();
    await dropDepartment();
    await mirror.sync();
    await keep();
    expect(isInTrash(FIRST)).toBe(true);
  });
});

describe('a deletion that is withdrawn because another ticket of it is wanted back', () => {
  it.each([
    ['customer', dropCustomer],
    ['department', dropDepartment],
  ])('of a %s: what was written in comes back, the rest stays in the trash', async (_, drop) => {
    await drop();
    await hears();
    const { groupId } = await restore(SECOND);
    expect(kinds()).toEqual([]);
    expect(whatIsInTrash()).toEqual([THIRD]);
    expect(here()).toMatchObject({ deletedAt: null, messageCount: 2 });
    const [last] = desk.deps.store.operations.byTicket(FIRST);
    expect(last).toMatchObject({ kind: 'restore', payload: { byMessage: true } });
    await mirror.sync();
    expect(whatIsInTrash()).toEqual([THIRD]);
    // Undone, nothing is hidden that nobody has seen.
    value(await undoGroup(desk.deps, desk.ada, groupId));
    expect(whatIsInTrash()).toEqual([SECOND, THIRD]);
  });

  it('of a customer, undone: what was in the trash before comes back, too', async () => {
    await trash();
    const { groupId } = await dropCustomer();
    await hears();
    value(await undoGroup(desk.deps, desk.ada, groupId ?? ''));
    expect([kinds(), whatIsInTrash()]).toEqual([[], []]);
  });

  it('leaves what another deletion takes along to that one: the outbox shows it still', async () => {
    await trash();
    value(await purgeTickets(desk.deps, desk.ada, [FIRST], undefined, { onServer: true }));
    await dropCustomer();
    await hears();
    await restore(SECOND);
    expect(outbox()).toMatchObject([{ kind: 'delete_ticket', state: 'held' }]);
    expect(whatIsInTrash()).toEqual([FIRST, THIRD]);
  });
});
