import { expect, it } from 'vitest';
import { createTicketAsStaff } from '../../electron/core/services/staffActions.ts';
import { updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { decideMany } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { createTicketInput, type TicketChange } from '../../shared/contract/tickets.ts';
import type { DepartmentId, TicketId } from '../../shared/model/ids.ts';
import { eachMirror, FIRST } from '../support/mirror.ts';

const { desk, mirror } = eachMirror();

const rows = () => desk.deps.store.outbox.all();
const shown = (id: TicketId = FIRST) => desk.deps.store.tickets.byId(id);
const set = (change: TicketChange, id: TicketId = FIRST) => updateTicketNow(desk.deps, desk.ada, id, change);
const department = (id: number) => id as DepartmentId;

/** Discards these, all that waits without them; answers the group that undo takes. */
async function discard(ids = rows().map(({ id }) => id)): Promise<string> {
  const done = await decideMany(desk.deps, desk.ada, { ids, decision: 'discard' });
  expect(done).toMatchObject({ done: ids.length, refused: null });
  return done.undoGroupId ?? '';
}
const undo = (groupId: string) => undoGroup(desk.deps, desk.ada, groupId);
const CANNOT = { ok: false, error: { code: 'cannot_undo' } };

it('a change that waits for its turn stands again as it did, once', async () => {
  set({ status: 4 });
  const before = rows();
  const groupId = await discard();
  expect([rows(), shown()?.status]).toEqual([[], 1]);
  expect(await undo(groupId)).toMatchObject({ ok: true, value: { changedTickets: 1 } });
  expect([rows(), shown()?.status]).toEqual([before, 4]);
  expect(await undo(groupId)).toMatchObject(CANNOT);
  await mirror.sync();
  expect([rows(), desk.server.state.tickets.get(1)?.status]).toEqual([[], 4]);
});

it('a conflict is one again, with what was seen on the server', async () => {
  set({ departmentId: department(2) });
  const ticket = desk.server.state.tickets.get(1);
  if (ticket) ticket.departmentId = 3;
  await mirror.sync();
  const before = rows();
  expect(before).toMatchObject([{ state: 'conflict', asideAt: expect.any(Number) }]);
  const groupId = await discard();
  expect(await undo(groupId)).toMatchObject({ ok: true });
  expect([rows(), shown()?.departmentId]).toEqual([before, 3]);
});

it('stands before what was done after it, and ahead of others where its ticket was put', async () => {
  set({ status: 4 }, 3 as TicketId);
  set({ status: 4 });
  mirror.reply('<p>On it</p>');
  const [, own, reply] = rows();
  if (!own || !reply) throw new Error('too little waits');
  await decideMany(desk.deps, desk.ada, { ids: [own.id], decision: 'first' });
  await undo(await discard([own.id]));
  expect(rows().map(({ id }) => id)).toEqual([own.id, reply.id, own.id - 1]);
});

it('what was built on it builds on the value before it, and on its own again', async () => {
  set({ status: 5 });
  set({ status: 4 });
  const before = rows();
  const groupId = await discard(before.slice(0, 1).map(({ id }) => id));
  expect(rows()).toMatchObject([{ before: { value: 1 }, payload: { value: 4 } }]);
  await undo(groupId);
  expect(rows()).toEqual(before);
  await undo(await discard());
  expect(rows()).toEqual(before);
  await discard(before.slice(0, 1).map(({ id }) => id));
  // Nobody else changed it: no conflict.
  expect(await mirror.sync()).toMatchObject({ pushed: 1, outbox: {} });
});

it('not over a value that was set since, here or there, and says so', async () => {
  const OVERTAKEN = { ok: false, error: { code: 'undo_overtaken' } };
  set({ status: 4 });
  const here = await discard();
  set({ status: 5 });
  const before = [rows(), shown()];
  expect(await undo(here)).toMatchObject(OVERTAKEN);
  expect([rows(), shown()]).toEqual(before);
  const there = await discard();
  const ticket = desk.server.state.tickets.get(1);
  if (ticket) ticket.status = 2;
  await mirror.sync();
  expect(await undo(there)).toMatchObject(OVERTAKEN);
  expect([rows(), shown()?.status]).toEqual([[], 2]);
});

it('not for a department that is gone', async () => {
  set({ departmentId: department(2) });
  const groupId = await discard();
  desk.deps.store.departments.setDeleted(department(2), 1);
  expect(await undo(groupId)).toMatchObject({ ok: false, error: { code: 'department_not_found' } });
  expect([rows(), shown()?.departmentId]).toEqual([[], 1]);
});

it('a ticket that the server does not know yet shows what it has without the change, and with it again', async () => {
  const called = {
    customer: { email: 'ann@mail.example', name: 'Ann' },
    departmentId: 1,
    subject: 'Called in',
  };
  const input = createTicketInput.parse({ ...called, status: 4, bodyHtml: '<p>By phone</p>' });
  const made = createTicketAsStaff(desk.deps, desk.ada, input);
  if (!made.ok) throw new Error(made.error.code);
  const { ticketId } = made.value;
  set({ departmentId: department(2) }, ticketId);
  const ids = rows().flatMap(({ id, kind }) => (kind.startsWith('set_') ? [id] : []));
  expect(ids).toHaveLength(2);
  const groupId = await discard(ids);
  expect(shown(ticketId)).toMatchObject({ status: 1, departmentId: 1 });
  await undo(groupId);
  expect(shown(ticketId)).toMatchObject({ status: 4, departmentId: 2 });
  await mirror.sync();
  expect([listOutbox(desk.deps), [...desk.server.state.tickets.values()].at(-1)]).toMatchObject([
    [],
    { status: 4, departmentId: 2 },
  ]);
});

it('is offered for all of what was discarded or not at all: a text is back in its composer', async () => {
  set({ status: 4 });
  mirror.reply('<p>On it</p>');
  expect(await discard()).toBe('');
});

it('those who see either department hear of what moves', async () => {
  set({ departmentId: department(2) });
  const heard: number[] = [];
  desk.deps.events.subscribe(({ event }) => {
    if (event.type === 'tickets_changed') heard.push(...event.departmentIds);
  });
  const groupId = await discard();
  expect([...new Set(heard)].sort()).toEqual([1, 2]);
  heard.length = 0;
  await undo(groupId);
  expect([...new Set(heard)].sort()).toEqual([1, 2]);
});
