import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteAttachment } from '../../electron/core/services/attachmentRemoval.ts';
import { removeCustomer } from '../../electron/core/services/customerRemoval.ts';
import { changeCustomerEmail, createCustomer } from '../../electron/core/services/customers.ts';
import { removeDepartment } from '../../electron/core/services/departmentAdmin.ts';
import { addUpload } from '../../electron/core/services/drafts.ts';
import { createJobs, type Jobs } from '../../electron/core/services/jobs.ts';
import { purgeTickets } from '../../electron/core/services/purge.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { trashTickets } from '../../electron/core/services/ticketChanges.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import type { CustomerId, DepartmentId } from '../../shared/model/ids.ts';
import type { Result } from '../../shared/util/result.ts';
import { addTicketRow, removeTicket } from '../fakes/helpdeskz/state.ts';
import { loseAnswerOf } from '../support/lostAnswer.ts';
import { eachMirror, FIRST } from '../support/mirror.ts';
import { openRemoteApi, type RemoteApi } from '../support/remoteApi.ts';

const ANN = 1 as CustomerId;

let jobs: Jobs;
let api: RemoteApi;
const { desk, mirror } = eachMirror();
beforeEach(async () => {
  jobs = createJobs(desk.deps);
  api = await openRemoteApi(desk.deps);
});
afterEach(async () => {
  await api.close();
  await jobs.close();
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const outbox = () => listOutbox(desk.deps);
const rows = () => outbox().map(({ kind, state }) => `${kind} ${state}`);
const decide = async (decision: 'send' | 'discard') =>
  value(await decideOutbox(desk.deps, desk.ada, { id: outbox()[0]?.id ?? 0, decision }));
const syncNow = async () => value(await mirror.runner.runNow());
const tickets = () => [...desk.server.state.tickets.keys()];
const here = () => desk.deps.store.tickets.byId(FIRST);
const trash = async () => value(await trashTickets(desk.deps, desk.ada, [FIRST]));
const purge = (onServer: boolean) => purgeTickets(desk.deps, desk.ada, [FIRST], undefined, { onServer });

describe('the trash of a mirror', () => {
  it('is this desk’s alone: the ticket stays on the server, and in the trash while nobody writes', async () => {
    await trash();
    expect(rows()).toEqual([]);
    const theirs = desk.server.state.tickets.get(1);
    if (theirs) theirs.status = 4;
    await mirror.sync();
    expect(here()).toMatchObject({ status: 4, deletedAt: expect.any(Number) });
    expect(tickets()).toContain(1);
  });

  it('gives a ticket back when somebody writes in it, and the history says so', async () => {
    await trash();
    mirror.customerWrites('Are you there?');
    await mirror.sync();
    expect(here()).toMatchObject({ deletedAt: null, messageCount: 2 });
    expect(desk.deps.store.operations.byTicket(FIRST)[0]).toMatchObject({
      ...{ kind: 'restore', actorKind: 'system', payload: { byMessage: true } },
    });
  });

  it('can’t be emptied of what the server has, unless it is deleted there as well', async () => {
    await trash();
    expect(await purge(false)).toMatchObject({ error: { code: 'belongs_to_server' } });
    expect(value(await purge(true))).toEqual({ purged: 0, queued: 1 });
    expect(rows()).toEqual(['delete_ticket queued']);
    await mirror.sync();
    expect(tickets()).toContain(1);
    expect(outbox()).toMatchObject([
      { state: 'held', reason: 'It is still there as it was.', title: 'Printer 1', detail: 'With 1 message' },
    ]);
    await decide('send');
    await mirror.sync();
    expect(rows()).toEqual([]);
    expect(tickets()).not.toContain(1);
    expect(here()).toBeUndefined();
    await mirror.sync();
    expect(here()).toBeUndefined();
  });

  it('is emptied at once of what the server has deleted', async () => {
    removeTicket(desk.server.state, 1);
    await mirror.sync();
    expect(here()?.deletedAt).not.toBeNull();
    expect(value(await purge(false))).toEqual({ purged: 1, queued: 0 });
  });
});

describe('deleting a ticket on the server', () => {
  const ask = async () => {
    await trash();
    value(await purge(true));
  };

  it('is asked again when the thread has grown since, also after it was confirmed', async () => {
    await ask();
    await mirror.sync();
    mirror.customerWrites('Wait');
    await decide('send');
    await mirror.sync();
    expect(outbox()).toMatchObject([{ state: 'held', reason: '1 message came since it was deleted here.' }]);
    expect(tickets()).toContain(1);
    expect(here()?.deletedAt).not.toBeNull();
    await decide('send');
    await mirror.sync();
    expect(tickets()).not.toContain(1);
  });

  it('kept, it stays in the trash unless somebody wrote; restored, nobody deletes it', async () => {
    await ask();
    await mirror.sync();
    await decide('discard');
    expect(rows()).toEqual([]);
    expect(here()?.deletedAt).not.toBeNull();
    value(await purge(true));
    mirror.customerWrites('Wait');
    await mirror.sync();
    await decide('discard');
    expect(here()).toMatchObject({ deletedAt: null, messageCount: 2 });
    await ask();
    value(await restoreTickets(desk.deps, desk.ada, [FIRST]));
    expect(rows()).toEqual([]);
    await mirror.sync();
    expect(tickets()).toContain(1);
  });

  it('is done once the server says that it is not there, whatever became of the answer', async () => {
    await ask();
    await mirror.sync();
    loseAnswerOf(desk, 'tickets/delete/1');
    await decide('send');
    await mirror.sync();
    expect(tickets()).not.toContain(1);
    await syncNow();
    expect(rows()).toEqual([]);
    expect(here()).toBeUndefined();
  });

  it('goes after the reply that was written before', async () => {
    await desk.goOffline();
    value(mirror.reply('<p>Good-bye</p>'));
    await ask();
    await desk.goOnline();
    await syncNow();
    expect(desk.server.state.mails.filter(({ template }) => template === 'staff_reply')).toHaveLength(1);
    expect(outbox()).toMatchObject([{ state: 'held', reason: 'It is still there as it was.' }]);
  });

  it('is refused by name when the token may not', async () => {
    mirror.allowOnly('Get list/details of tickets.', 'Get messages from a ticket.');
    await ask();
    await mirror.sync();
    await decide('send');
    await mirror.sync();
    expect(outbox()).toMatchObject([
      { state: 'rejected', reason: 'Permission not allowed: Delete tickets.' },
    ]);
    value(await purge(true));
    expect(rows()).toEqual(['delete_ticket queued']);
    await mirror.sync();
    await decide('discard');
    expect(here()?.deletedAt).not.toBeNull();
  });
});

describe('deleting a customer', () => {
  const remove = async (id = ANN) =>
    value(await removeCustomer({ deps: desk.deps, jobs }, desk.ada, { customerId: id, mode: 'trash' }));

  it('waits for a person, who sees what goes with them', async () => {
    await remove();
    await mirror.sync();
    expect(outbox()).toMatchObject([
      { kind: 'delete_customer', state: 'held', detail: 'With 3 tickets and 3 messages' },
    ]);
    desk.deps.store.remoteDesk.set('listsAt', null);
    await mirror.sync();
    expect(desk.deps.store.customers.byId(ANN)?.deletedAt).not.toBeNull();
    await decide('send');
    await mirror.sync();
    expect(desk.server.state.users.size).toBe(0);
    expect(tickets()).toEqual([]);
    expect(rows()).toEqual([]);
    await mirror.sync();
    expect(here()?.deletedAt).not.toBeNull();
  });

  it('kept, they and their tickets are back; undone while it waits, both annihilate', async () => {
    await remove();
    await mirror.sync();
    await decide('discard');
    expect(here()?.deletedAt).toBeNull();
    expect(desk.deps.store.customers.byId(ANN)?.deletedAt).toBeNull();
    const { groupId } = await remove();
    value(await undoGroup(desk.deps, desk.ada, groupId ?? ''));
    expect(rows()).toEqual([]);
    expect(here()?.deletedAt).toBeNull();
    await mirror.sync();
    expect(desk.server.state.users.size).toBe(1);
  });

  it('takes nothing with it that was changed before: kept, they have the address they were given', async () => {
    await desk.goOffline();
    value(changeCustomerEmail(desk.deps, desk.ada, ANN, 'new@mail.example'));
    await remove();
    expect(rows()).toEqual(['update_customer queued', 'delete_customer queued']);
    await desk.goOnline();
    await syncNow();
    expect(rows()).toEqual(['delete_customer held']);
    await decide('discard');
    desk.deps.store.remoteDesk.set('listsAt', null);
    await mirror.sync();
    expect(desk.server.state.users.get(1)?.email).toBe('new@mail.example');
    expect(desk.deps.store.customers.byId(ANN)).toMatchObject({ email: 'new@mail.example', deletedAt: null });
  });

  it('can’t be undone once the server has done it', async () => {
    const { groupId } = await remove();
    await mirror.sync();
    await decide('send');
    await mirror.sync();
    const undone = await undoGroup(desk.deps, desk.ada, groupId ?? '');
    expect(undone).toMatchObject({ error: { code: 'cannot_undo' } });
  });

  it('who was never there leaves nothing; brought back, they are made', async () => {
    await desk.goOffline();
    const bob = value(createCustomer(desk.deps, desk.ada, { name: 'Bob', email: 'bob@mail.example' }));
    const { groupId } = await remove(bob);
    expect(rows()).toEqual([]);
    value(await undoGroup(desk.deps, desk.ada, groupId ?? ''));
    expect(rows()).toEqual(['create_customer queued']);
    await desk.goOnline();
    await syncNow();
    expect(desk.server.state.users.get(2)?.email).toBe('bob@mail.example');
  });

  it('whom the server would not make: discarded, nothing waits for them any more', async () => {
    await desk.goOffline();
    const bob = value(createCustomer(desk.deps, desk.ada, { name: 'Bob', email: 'bob@mail.example' }));
    await mirror.sync();
    const making = outbox()[0]?.id ?? 0;
    // It may have left when they were deleted here.
    desk.deps.store.outbox.begin(making, 1);
    await remove(bob);
    desk.deps.store.outbox.set(making, 'rejected', 'No.');
    expect(rows()).toEqual(['create_customer rejected', 'delete_customer queued']);
    await decide('discard');
    expect(rows()).toEqual([]);
  });

  it('who was never there; a ticket brought back goes to whoever has the address by now, and is made', async () => {
    await desk.goOffline();
    const email = 'bob@mail.example';
    const bob = value(createCustomer(desk.deps, desk.ada, { name: 'Bob', email }));
    const opened = { departmentId: 1, subject: 'Called', bodyHtml: '<p>By phone</p>' };
    const input = createTicketInput.parse({ ...opened, customer: { id: bob } });
    const { ticketId } = value(createTicketAsStaff(desk.deps, desk.ada, input));
    await remove(bob);
    value(createCustomer(desk.deps, desk.ada, { name: 'Bob again', email }));
    value(await restoreTickets(desk.deps, desk.ada, [ticketId]));
    await desk.goOnline();
    await syncNow();
    expect(rows()).toEqual([]);
    expect(desk.server.state.tickets.get(4)).toMatchObject({ subject: 'Called', userId: 2 });
  });

  it('for good is the server’s: erased here, they would be back', async () => {
    const erased = removeCustomer({ deps: desk.deps, jobs }, desk.ada, { customerId: ANN, mode: 'erase' });
    expect(await erased).toMatchObject({ error: { code: 'belongs_to_server' } });
  });
});

describe('deleting a department', () => {
  const remove = async (moveTo: DepartmentId | null) =>
    value(await removeDepartment({ deps: desk.deps, jobs }, desk.ada, 1 as DepartmentId, moveTo));
  const departments = () => [...desk.server.state.departments.keys()];

  it('goes after its tickets have been moved, and takes nothing along', async () => {
    await remove(2 as DepartmentId);
    await mirror.sync();
    expect(outbox()).toMatchObject([
      { kind: 'delete_department', state: 'held', title: 'General', detail: 'Without tickets' },
    ]);
    expect([...desk.server.state.tickets.values()].map(({ departmentId }) => departmentId)).toEqual([
      2, 2, 2,
    ]);
    await decide('send');
    await mirror.sync();
    expect(departments()).toEqual([2]);
    expect(tickets()).toHaveLength(3);
    expect(here()?.deletedAt).toBeNull();
  });

  it('with its tickets: a new one in it is asked about, and is on the screen', async () => {
    await remove(null);
    await mirror.sync();
    const opened = { userId: 1, departmentId: 1, subject: 'New', date: 0, lastUpdate: 0 };
    const { id } = addTicketRow(desk.server.state, { ...opened, status: 1, replies: 0 });
    await decide('send');
    await mirror.sync();
    expect(outbox()).toMatchObject([
      { state: 'held', reason: 'There are 4 tickets with 4 messages there now.' },
    ]);
    expect(desk.deps.store.tickets.byId(id as typeof FIRST)?.deletedAt).toBeNull();
    expect(desk.deps.store.departments.byId(1 as DepartmentId)?.name).toBe('General');
    await decide('discard');
    await mirror.sync();
    expect(here()?.deletedAt).toBeNull();
    expect(departments()).toEqual([1, 2]);
  });
});

const withFile = async () => {
  const content = Readable.from([Buffer.from([0x89, 0x50, 0x4e, 0x47])]);
  const file = { name: 'a.png', mediaType: 'image/png', content };
  const upload = value(await addUpload(desk.deps, desk.ada, file));
  const words = { ticketId: FIRST, bodyHtml: '<p>See there</p>', uploadIds: [upload.id] };
  return value(replyAsStaff(desk.deps, desk.ada, replyInput.parse(words)));
};

describe('deleting a file of a reply whose fate is unknown', () => {
  const replyWithFile = async () => {
    const { messageId } = await withFile();
    const { outbox, attachments } = desk.deps.store;
    const id = outbox.byMessage(messageId)?.id ?? 0;
    outbox.begin(id, Date.now() - 3_600_000);
    outbox.set(id, 'uncertain', 'No answer.');
    const [attached] = attachments.byMessage(messageId);
    if (!attached) throw new Error('no file');
    value(deleteAttachment(desk.deps, desk.ada, attached.id));
    expect(rows()).toEqual(['reply uncertain', 'delete_attachment queued']);
    return { id, messageId };
  };

  it('is over when the message has left without it', async () => {
    const { messageId } = await replyWithFile();
    await mirror.sync();
    expect(mirror.thread()).toHaveLength(2);
    expect(desk.server.state.attachments.size).toBe(0);
    expect(rows()).toEqual(['delete_attachment queued']);
    desk.deps.store.remoteFiles.check(messageId, 0, 1);
    await mirror.sync();
    expect(rows()).toEqual([]);
  });

  it('of one that is there: it goes once its number is known', async () => {
    const { messageId } = await withFile();
    await mirror.sync();
    const { store } = desk.deps;
    const [file] = store.attachments.byMessage(messageId);
    store.db.prepare('UPDATE attachments SET remote_id = NULL').run();
    value(deleteAttachment(desk.deps, desk.ada, file?.id ?? (0 as never)));
    store.remoteFiles.check(messageId, 0, 1);
    await mirror.sync();
    expect(outbox()).toMatchObject([{ kind: 'delete_attachment', state: 'held' }]);
    await decide('send');
    await mirror.sync();
    expect(desk.server.state.attachments.size).toBe(0);
    expect(store.attachments.byMessage(messageId)).toEqual([]);
  });

  it('is over when the reply is taken back', async () => {
    const { id } = await replyWithFile();
    value(await decideOutbox(desk.deps, desk.ada, { id, decision: 'discard' }));
    expect(rows()).toEqual([]);
  });
});

describe('a script that deletes', () => {
  it('is answered as by the server, and what it saw is deleted there without asking', async () => {
    expect(await api.post('tickets/delete/1', {})).toEqual({ success: 1, message: 'Ticket was removed.' });
    expect(await api.read('tickets/show/1')).toMatchObject({ error: 1 });
    await mirror.sync();
    expect(tickets()).toEqual([2, 3]);
    expect(rows()).toEqual([]);
    expect(here()?.deletedAt).not.toBeNull();
  });

  it('is asked about when it could not know what came since', async () => {
    await desk.goOffline();
    await api.post('users/delete/1', {});
    mirror.customerWrites('Meanwhile');
    await desk.goOnline();
    await syncNow();
    expect(outbox()).toMatchObject([
      { kind: 'delete_customer', state: 'held', reason: 'There are 3 tickets with 4 messages there now.' },
    ]);
    expect(desk.server.state.users.size).toBe(1);
  });

  it('deletes departments, users, and a file', async () => {
    const file = {
      id: 7,
      messageId: 1,
      ticketId: 1,
      name: 'a.gif',
      filetype: 'image/gif',
      isFileGone: false,
    };
    desk.server.state.attachments.set(7, { ...file, content: Buffer.from('GIF89a') });
    desk.deps.store.remoteTickets.markThreadStale(FIRST);
    desk.deps.store.remoteFiles.check(1 as never, 0, 1);
    await mirror.sync();
    expect((await api.read('attachments')).files).toMatchObject([{ id: '7' }]);
    expect(await api.post('attachments/delete/7', {})).toMatchObject({ success: 1 });
    expect((await api.read('attachments')).files).toEqual([]);
    await mirror.sync();
    expect(desk.server.state.attachments.size).toBe(0);
    expect(await api.post('departments/delete/2', {})).toMatchObject({ success: 1 });
    expect(await api.post('users/delete/1', {})).toMatchObject({ success: 1 });
    await mirror.sync();
    expect(rows()).toEqual([]);
    expect([...desk.server.state.departments.keys()]).toEqual([1]);
    expect(desk.server.state.users.size).toBe(0);
    expect(tickets()).toEqual([]);
  });

  it('makes and deletes offline what the server never hears of', async () => {
    await desk.goOffline();
    const { department_id } = await api.post('departments/create', { name: 'Short', private: 0 });
    expect(
      await api.post(`departments/update/${department_id}`, { name: 'Shorter', private: 1 }),
    ).toMatchObject({
      success: 1,
    });
    expect((await api.read(`departments/show/${department_id}`)).department).toMatchObject({
      ...{ name: 'Shorter', private: '1', id: String(department_id) },
    });
    expect(await api.post(`departments/delete/${department_id}`, {})).toMatchObject({ success: 1 });
    expect(rows()).toEqual([]);
  });
});
