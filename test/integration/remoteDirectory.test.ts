import { describe, expect, it } from 'vitest';
import { updateCustomer } from '../../electron/core/services/customerAdmin.ts';
import { changeCustomerEmail, createCustomer } from '../../electron/core/services/customers.ts';
import { removeDepartment } from '../../electron/core/services/departmentAdmin.ts';
import {
  createDepartment,
  departmentMeant,
  updateDepartment,
} from '../../electron/core/services/departments.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import { createTicketAsStaff } from '../../electron/core/services/staffActions.ts';
import { trashTickets, updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { createTicketInput } from '../../shared/contract/tickets.ts';
import type { CustomerId, DepartmentId } from '../../shared/model/ids.ts';
import type { Result } from '../../shared/util/result.ts';
import { addDepartment, removeTicket } from '../fakes/helpdeskz/state.ts';
import { loseAnswerOf } from '../support/lostAnswer.ts';
import { eachMirror, FIRST, mirrorOf } from '../support/mirror.ts';

const ANN = 1 as CustomerId;
const SALES = 2 as DepartmentId;

const { desk, mirror } = eachMirror();

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const rows = () => listOutbox(desk.deps).map(({ kind, state }) => `${kind} ${state}`);
const decide = async (decision: 'send' | 'retry' | 'discard') => {
  const [first] = listOutbox(desk.deps);
  return decideOutbox(desk.deps, desk.ada, { id: first?.id ?? 0, decision });
};
/** What was put off is due. */
const syncNow = async () => value(await mirror.runner.runNow());
/** Lists are read once an hour; here, now. */
const pullLists = () => desk.deps.store.remoteDesk.set('listsAt', null);
const names = () => [...desk.server.state.departments.values()].map(({ name }) => name);
const ofNew = (name = 'Returns') => value(createDepartment(desk.deps, desk.ada, { name, isPrivate: true }));

describe('a department that somebody names', () => {
  const meant = (text: string) => departmentMeant(desk.deps, text);

  it('is known by the server’s number and by its name', async () => {
    addDepartment(desk.server.state, 'Else', false);
    const id = ofNew('Returns');
    await mirror.sync();
    for (const text of ['4', 'returns', ' Returns ']) expect(value(meant(text))).toBe(id);
    expect(meant('9')).toMatchObject({ error: { code: 'department_not_found', field: 'department' } });
  });

  it('is told by its number from another of the same name', () => {
    const id = ofNew('Sales');
    expect(meant('Sales')).toMatchObject({
      error: { message: `Several departments are called «Sales». There are: 2 Sales, ${id} Sales.` },
    });
    expect(value(meant('2'))).toBe(SALES);
  });
});

describe('a department that was made offline', () => {
  it('is made there first, then what stands on it goes', async () => {
    await desk.goOffline();
    const id = ofNew('Returns & co');
    const opened = createTicketInput.parse({
      ...{ customer: { id: ANN }, departmentId: id },
      ...{ subject: 'Broken', bodyHtml: '<p>It is broken</p>' },
    });
    const { ticketId } = value(createTicketAsStaff(desk.deps, desk.ada, opened));
    updateTicketNow(desk.deps, desk.ada, FIRST, { departmentId: id });
    await mirror.sync();
    expect(rows()).toEqual(['create_department queued', 'create_ticket queued', 'set_department queued']);
    expect(listOutbox(desk.deps)[1]?.reason).toBe('Waits for its department.');
    await desk.goOnline();
    await syncNow();
    expect(rows()).toEqual([]);
    expect(names().at(-1)).toBe('Returns &amp; co');
    expect(desk.server.state.departments.get(3)?.private).toBe('1');
    expect(desk.server.state.tickets.get(1)?.departmentId).toBe(3);
    expect(desk.server.state.tickets.get(4)?.departmentId).toBe(3);
    pullLists();
    await mirror.sync();
    const { departments, tickets } = desk.deps.store;
    expect(departments.all().map(({ name }) => name)).toEqual(['General', 'Sales', 'Returns & co']);
    expect(tickets.byId(ticketId)?.departmentId).toBe(id);
    expect(tickets.byId(FIRST)?.departmentId).toBe(id);
    // A colleague moves a ticket there: it is the same one.
    const second = desk.server.state.tickets.get(3);
    if (second) second.departmentId = 3;
    await mirror.sync();
    expect(tickets.byId(3 as typeof FIRST)?.departmentId).toBe(id);
  });

  it('is made once, whatever becomes of the answer', async () => {
    loseAnswerOf(desk, 'departments/create');
    const id = ofNew();
    await mirror.sync();
    expect(names()).toEqual(['General', 'Sales', 'Returns']);
    await syncNow();
    expect(names()).toEqual(['General', 'Sales', 'Returns']);
    expect(rows()).toEqual([]);
    expect(desk.deps.store.departments.all().map((one) => one.id)).toEqual([1, 2, id]);
  });

  it('is the one that a ticket brought in before its name was known', async () => {
    loseAnswerOf(desk, 'departments/create');
    const id = ofNew();
    // The server tells nobody its departments while a ticket moves there.
    mirror.allowOnly('Create departments.', 'Get list/details of tickets.', 'Get messages from a ticket.');
    await mirror.sync();
    const ticket = desk.server.state.tickets.get(1);
    if (ticket) ticket.departmentId = 3;
    await mirror.sync();
    expect(desk.deps.store.tickets.byId(FIRST)?.departmentId).toBe(3);
    for (const token of desk.server.state.tokens) token.permissions = 'all';
    await syncNow();
    expect(names()).toEqual(['General', 'Sales', 'Returns']);
    expect(desk.deps.store.tickets.byId(FIRST)?.departmentId).toBe(id);
    expect(desk.deps.store.departments.all().map((one) => one.name)).toEqual(['General', 'Sales', 'Returns']);
  });

  it('leaves nothing when it is deleted before it left; a ticket goes where it was moved to', async () => {
    await desk.goOffline();
    const id = ofNew();
    updateTicketNow(desk.deps, desk.ada, FIRST, { departmentId: id });
    const jobs = createJobs(desk.deps);
    value(await removeDepartment({ deps: desk.deps, jobs }, desk.ada, id, SALES));
    await jobs.close();
    expect(listOutbox(desk.deps)).toMatchObject([{ kind: 'set_department', detail: 'Sales' }]);
    await desk.goOnline();
    await syncNow();
    expect(rows()).toEqual([]);
    expect(names()).toEqual(['General', 'Sales']);
    expect(desk.server.state.tickets.get(1)?.departmentId).toBe(SALES);
  });

  it('can be taken back while it is empty', async () => {
    await desk.goOffline();
    const id = ofNew();
    updateTicketNow(desk.deps, desk.ada, FIRST, { departmentId: id });
    expect(listOutbox(desk.deps)[0]).toMatchObject({ kind: 'create_department', canDiscard: false });
    expect(await decide('discard')).toMatchObject({ error: { code: 'decision_late' } });
    updateTicketNow(desk.deps, desk.ada, FIRST, { departmentId: 1 as DepartmentId });
    expect(await decide('discard')).toMatchObject({ ok: true });
    expect(desk.deps.store.departments.byId(id)).toBeUndefined();
  });

  it('is not made a second time while the first attempt may still be carried out', async () => {
    await desk.goOffline();
    const id = ofNew();
    await desk.goOnline();
    const real = desk.deps.httpFetch;
    const late: (() => Promise<unknown>)[] = [];
    Object.assign(desk.deps, {
      httpFetch: (async (request, options) => {
        if (late.length > 0 || !request.url.endsWith('departments/create')) return real(request, options);
        late.push(() => real(request, options));
        return { ok: false, error: { kind: 'timeout', phase: 'sent', detail: 'lost' } };
      }) satisfies typeof real,
    });
    await mirror.sync();
    await syncNow();
    expect(rows()).toEqual(['create_department queued']);
    await late[0]?.();
    await syncNow();
    expect(rows()).toEqual([]);
    expect(names().filter((name) => name === 'Returns')).toHaveLength(1);
    expect(desk.deps.store.remoteTickets.remoteId('departments', id)).toBe(3);
  });
});

describe('a department that is changed', () => {
  const change = (name: string, isPrivate = false) =>
    updateDepartment(desk.deps, desk.ada, SALES, { name, isPrivate });
  const there = () => desk.server.state.departments.get(2);

  it('takes along what somebody else changed beside it', async () => {
    value(change('Sales EU'));
    const sales = there();
    if (sales) sales.private = '1';
    await mirror.sync();
    expect(there()).toMatchObject({ name: 'Sales EU', private: '1' });
    expect(desk.deps.store.departments.byId(SALES)).toMatchObject({ name: 'Sales EU', isPrivate: true });
    expect(rows()).toEqual([]);
  });

  it('stays changed on the screen while it waits, and two changes leave as one', async () => {
    await desk.goOffline();
    value(change('A'));
    value(change('B'));
    expect(rows()).toEqual(['update_department queued']);
    value(change('Sales'));
    expect(rows()).toEqual([]);
    value(change('C', true));
    await desk.goOnline();
    pullLists();
    // The list comes in before the change is through.
    mirror.allowOnly(
      'Get list/details of departments.',
      'Get list/details of tickets.',
      'Get messages from a ticket.',
    );
    await syncNow();
    expect(listOutbox(desk.deps)).toMatchObject([
      { state: 'rejected', reason: expect.stringContaining('Update departments.') },
    ]);
    expect(desk.deps.store.departments.byId(SALES)?.name).toBe('Sales');
    for (const token of desk.server.state.tokens) token.permissions = 'all';
    await decide('retry');
    expect(desk.deps.store.departments.byId(SALES)?.name).toBe('C');
    await syncNow();
    expect(there()).toMatchObject({ name: 'C', private: '1' });
  });

  it('asks when the same field was set to something else', async () => {
    value(change('Mine'));
    const sales = there();
    if (sales) sales.name = 'Theirs';
    await mirror.sync();
    expect(listOutbox(desk.deps)).toMatchObject([
      { kind: 'update_department', state: 'conflict', detail: 'Mine', theirs: 'Theirs' },
    ]);
    expect(desk.deps.store.departments.byId(SALES)?.name).toBe('Theirs');
    await decide('send');
    await mirror.sync();
    expect(there()?.name).toBe('Mine');
    expect(rows()).toEqual([]);
  });

  it('says when the server has deleted it', async () => {
    value(change('Mine'));
    desk.server.state.departments.delete(2);
    addDepartment(desk.server.state, 'Other', false);
    await mirror.sync();
    expect(listOutbox(desk.deps)).toMatchObject([
      { state: 'conflict', reason: 'The server has deleted this department.' },
    ]);
  });
});

describe('the address of a customer', () => {
  const ANN_NOW = 'ann@new.example';
  const change = (email: string) => changeCustomerEmail(desk.deps, desk.ada, ANN, email);
  const there = () => desk.server.state.users.get(1);
  const here = () => desk.deps.store.customers.byId(ANN)?.email;

  it('is changed there, once, whatever becomes of the answer', async () => {
    loseAnswerOf(desk, 'users/update/1');
    value(change(ANN_NOW));
    await mirror.sync();
    pullLists();
    await syncNow();
    expect(there()?.email).toBe(ANN_NOW);
    expect(here()).toBe(ANN_NOW);
    expect(rows()).toEqual([]);
  });

  it('is kept on the screen while it waits; changed back, nothing is sent', async () => {
    await desk.goOffline();
    value(change(ANN_NOW));
    value(change('ann@mail.example'));
    expect(rows()).toEqual([]);
  });

  it('asks when somebody else changed it, and shows theirs meanwhile', async () => {
    value(change(ANN_NOW));
    const ann = there();
    if (ann) ann.email = 'ann@other.example';
    await mirror.sync();
    expect(listOutbox(desk.deps)).toMatchObject([
      { kind: 'update_customer', state: 'conflict', detail: ANN_NOW, theirs: 'ann@other.example' },
    ]);
    expect(here()).toBe('ann@other.example');
    await decide('discard');
    await mirror.sync();
    expect(there()?.email).toBe('ann@other.example');
    expect(rows()).toEqual([]);
  });

  it('is refused by name when the token may not, and shows what the server has', async () => {
    mirror.allowOnly(
      ...['Get list/details of tickets.', 'Get messages from a ticket.', 'Get list/details of users.'],
    );
    value(change(ANN_NOW));
    await mirror.sync();
    expect(listOutbox(desk.deps)).toMatchObject([
      { state: 'rejected', reason: 'Permission not allowed: Update users.' },
    ]);
    expect(here()).toBe('ann@mail.example');
  });

  it('of one who has not left goes with them; the name is the server’s', async () => {
    await desk.goOffline();
    const id = value(createCustomer(desk.deps, desk.ada, { name: 'Bob', email: 'bob@old.example' }));
    const edit = { customerId: id, name: 'Robert', emails: ['bob@mail.example', 'bob@home.example'] };
    value(updateCustomer(desk.deps, desk.ada, edit));
    expect(rows()).toEqual(['create_customer queued']);
    await desk.goOnline();
    await syncNow();
    expect(there()?.fullname).toBe('Ann O&#039;Lee');
    expect(desk.server.state.users.get(2)).toMatchObject({ fullname: 'Robert', email: 'bob@mail.example' });
    const renamed = updateCustomer(desk.deps, desk.ada, { ...edit, name: 'Bobby' });
    expect(renamed).toMatchObject({ error: { code: 'belongs_to_server', field: 'name' } });
    // A further address stays on this desk.
    value(updateCustomer(desk.deps, desk.ada, { ...edit, emails: ['bob@mail.example'] }));
    expect(rows()).toEqual([]);
  });

  it('changed while nobody knows whether they were made: one customer, with the new address', async () => {
    loseAnswerOf(desk, 'users/create');
    const id = value(createCustomer(desk.deps, desk.ada, { name: 'Bob', email: 'bob@old.example' }));
    await mirror.sync();
    value(changeCustomerEmail(desk.deps, desk.ada, id, 'bob@mail.example'));
    await syncNow();
    expect([...desk.server.state.users.values()].map(({ email }) => email)).toEqual([
      'ann@mail.example',
      'bob@mail.example',
    ]);
    expect(rows()).toEqual([]);
  });
});

it('what was on its way when the desk was killed is simply done again', async () => {
  const { outbox } = desk.deps.store;
  ofNew();
  value(changeCustomerEmail(desk.deps, desk.ada, ANN, 'ann@new.example'));
  for (const { id } of outbox.all()) outbox.begin(id, Date.now());
  await mirrorOf(desk).sync();
  expect(rows()).toEqual([]);
  expect(names()).toEqual(['General', 'Sales', 'Returns']);
});

describe('what the server has deleted', () => {
  const gone = () => desk.deps.store.customers.byId(ANN)?.deletedAt;

  it('a customer goes here too, once it says so itself', async () => {
    desk.server.state.users.delete(1);
    for (const id of [...desk.server.state.tickets.keys()]) removeTicket(desk.server.state, id);
    pullLists();
    await mirror.sync();
    expect(gone()).not.toBeNull();
  });

  it('a customer whom something waits for stays until that is decided', async () => {
    await desk.goOffline();
    value(changeCustomerEmail(desk.deps, desk.ada, ANN, 'new@mail.example'));
    desk.server.state.users.delete(1);
    await desk.goOnline();
    pullLists();
    await syncNow();
    expect(rows()).toEqual(['update_customer conflict']);
    expect(gone()).toBeNull();
    await decide('discard');
    await mirror.sync();
    expect(gone()).not.toBeNull();
  });

  it('a ticket that waits for its deletion may lie in a department nobody knows here', async () => {
    value(await trashTickets(desk.deps, desk.ada, [FIRST], undefined, { onServer: true }));
    const { id } = addDepartment(desk.server.state, 'Unheard of', false);
    const ticket = desk.server.state.tickets.get(1);
    if (ticket) ticket.departmentId = id;
    await mirror.sync();
    expect(listOutbox(desk.deps)).toMatchObject([{ kind: 'delete_ticket', state: 'held' }]);
    expect(desk.deps.store.tickets.byId(FIRST)).toMatchObject({ departmentId: id });
  });
});

it('a customer made offline whose address the server gave to another of ours is that one', async () => {
  const bob = value(createCustomer(desk.deps, desk.ada, { name: 'Bob', email: 'bob@mail.example' }));
  await mirror.sync();
  await desk.goOffline();
  const rob = value(createCustomer(desk.deps, desk.ada, { name: 'Rob', email: 'rob@mail.example' }));
  const opened = createTicketInput.parse({
    ...{ customer: { id: rob }, departmentId: SALES },
    ...{ subject: 'Mine', bodyHtml: '<p>Hello</p>' },
  });
  const { ticketId } = value(createTicketAsStaff(desk.deps, desk.ada, opened));
  await desk.goOnline();
  for (const user of desk.server.state.users.values())
    if (user.email === 'bob@mail.example') user.email = 'rob@mail.example';
  pullLists();
  await syncNow();
  await syncNow();
  const { store } = desk.deps;
  expect(store.customers.byEmail('rob@mail.example')).toMatchObject({ id: bob });
  expect(store.tickets.byId(ticketId)).toMatchObject({ customerId: bob });
  expect(rows()).toEqual([]);
});
