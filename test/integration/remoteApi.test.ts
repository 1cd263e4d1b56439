import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ticketRows } from '../../electron/core/services/ticketReader.ts';
import { createSearcher } from '../../electron/core/store/search/searcher.ts';
import { searchInput } from '../../shared/contract/queues.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { addUser } from '../fakes/helpdeskz/state.ts';
import { eachMirror } from '../support/mirror.ts';
import { openRemoteApi, type RemoteApi, type Told } from '../support/remoteApi.ts';

const PROVISIONAL = 1_000_000_000;

let api: RemoteApi;
const { desk, mirror } = eachMirror();
beforeEach(async () => {
  api = await openRemoteApi(desk.deps);
});
afterEach(async () => {
  await api.close();
});

/** What a script for HelpDeskZ does: a user, a ticket of theirs, an answer with a file. */
async function work() {
  const { user_id = 0 } = await api.post('users/create', { fullname: 'Bob', email: 'bob@mail.example' });
  const ticket = { opener: 'user', user_id, department_id: 1, subject: 'By script', body: '<p>First</p>' };
  const { ticket_id = 0 } = await api.post('tickets/create', ticket);
  const answer = { ticket_id, message: '<p>Second</p>', replier: 'staff', staff_id: 1 };
  const file = { name: 'dot.gif', content: 'GIF89a\x01\0\x01\0\0\0\0;' };
  expect(await api.post('messages/create', answer, file)).toMatchObject({ success: 1 });
  return { user_id, ticket_id };
}

/** Everything the script can read of its ticket, by the ids it was given. */
async function look({ user_id, ticket_id }: { user_id: number; ticket_id: number }) {
  const { ticket } = await api.read(`tickets/show/${ticket_id}`);
  const { user_data } = await api.read(`users/show/${user_id}`);
  const { tickets } = await api.read(`tickets?user_id=${user_id}`);
  const { messages = [] } = await api.read(`messages/show/${ticket_id}`);
  const second = messages.find(({ message }) => message?.includes('Second'));
  const { files } = await api.read(`attachments?msg_id=${second?.id}`);
  return { ticket, user_data, tickets, messages, files };
}

it('people find a ticket by the server’s number, and by the one it had before', async () => {
  const { ticket_id } = await work();
  await mirror.sync();
  const [row] = ticketRows(desk.deps, desk.ada, [ticket_id as TicketId]);
  expect(row).toMatchObject({ id: ticket_id, number: 4 });
  const { search, suggest } = createSearcher(desk.deps.store.db);
  for (const number of [4, ticket_id]) {
    const input = searchInput.parse({ text: `#${number}` });
    expect(search('all', input).ids[0]).toBe(ticket_id);
    expect(suggest('all', { text: `#${number}`, limit: 5 })).toContain(ticket_id);
  }
});

describe('a script at the local API of a remote workspace', () => {
  it('works offline and online with the ids it was given, before and after the sync', async () => {
    // Ids here and there are not in step.
    addUser(desk.server.state, 'Else', 'else@mail.example');
    await desk.goOffline();
    const given = await work();
    expect(given.user_id).toBeGreaterThanOrEqual(PROVISIONAL);
    const before = await look(given);
    expect(before.ticket).toMatchObject({ id: String(given.ticket_id), user_id: String(given.user_id) });
    expect(before.tickets).toEqual([before.ticket]);
    expect(before.messages).toHaveLength(2);
    expect(before.files).toMatchObject([{ name: 'dot.gif' }]);

    await desk.goOnline();
    await mirror.sync();
    const { state } = desk.server;
    const theirs = [...state.tickets.values()].find(({ subject }) => subject === 'By script');
    const bob = [...state.users.values()].find(({ email }) => email === 'bob@mail.example');
    const after = await look(given);
    expect(after.ticket).toMatchObject({ id: String(theirs?.id), user_id: String(bob?.id) });
    expect(after.user_data).toMatchObject({ id: String(bob?.id) });
    expect(after.tickets).toEqual([after.ticket]);
    const stored = state.messages.get(theirs?.id ?? 0) ?? [];
    expect(after.messages.map(({ id }) => id).sort()).toEqual(stored.map(({ id }) => String(id)).sort());
    expect(after.files).toEqual((await api.read(`attachments?ticket_id=${given.ticket_id}`)).files);

    // By the server's ids it is the same, and writing goes on with either.
    expect(await look({ user_id: bob?.id ?? 0, ticket_id: theirs?.id ?? 0 })).toEqual(after);
    const more = { message: '<p>Third</p>', replier: 'user' };
    expect(await api.post('messages/create', { ...more, ticket_id: given.ticket_id })).toMatchObject({
      success: 1,
    });
    expect(await api.post(`tickets/update/${theirs?.id}`, { status: 4 })).toMatchObject({ success: 1 });
    await mirror.sync();
    expect(state.messages.get(theirs?.id ?? 0)).toHaveLength(3);
    expect(state.tickets.get(theirs?.id ?? 0)?.status).toBe(4);
  });

  it('has the file it sent under the server’s number once the server has it', async () => {
    const given = await work();
    await mirror.sync();
    const [file] = [...desk.server.state.attachments.values()];
    expect((await look(given)).files).toMatchObject([{ id: String(file?.id) }]);
  });

  it('hears of what it made under the id that the lists show now', async () => {
    let since = (await api.read('changes')).next ?? 0;
    const told = async (resource: string) =>
      (await api.read(`changes?since=${since}`)).changes?.filter((row) => row.resource === resource);
    const given = await work();
    expect(await told('tickets')).toMatchObject([{ id: String(given.ticket_id), change: 'changed' }]);
    since = (await api.read('changes')).next ?? 0;
    await mirror.sync();
    const { ticket, user_data } = await look(given);
    expect(await told('tickets')).toMatchObject([{ id: ticket?.id }]);
    expect(await told('users')).toMatchObject([{ id: user_data?.id }]);
  });

  it('asks again with an ETag and hears of the new number', async () => {
    const given = await work();
    const path = `tickets/show/${given.ticket_id}`;
    const etag = async (known?: string) => api.get(path, known ? { 'if-none-match': known } : {});
    const first = (await etag()).headers.etag;
    expect((await etag(first)).status).toBe(304);
    await mirror.sync();
    const second = await etag(first);
    expect(second.status).toBe(200);
    expect((await etag(second.headers.etag)).status).toBe(304);
    const byNumber = await api.get(`tickets/show/${(await look(given)).ticket?.id}`);
    expect(byNumber.headers.etag).toBe(second.headers.etag);
  });
});

describe('a script that reads the lists page by page', () => {
  const shown = (rows: Told['tickets'] = []) => rows.map(({ id }) => Number(id));
  const tickets = async (page = 1) => shown((await api.read(`tickets?page=${page}`)).tickets);
  const users = async () => shown((await api.read('users')).users);
  const open = async (subject: string, user_id: number) => {
    const ticket = { opener: 'user', user_id, department_id: 1, subject, body: '<p>Please</p>' };
    return (await api.post('tickets/create', ticket)).ticket_id ?? 0;
  };

  it('has the newest number of the server at the top, wherever the row was made', async () => {
    await desk.goOffline();
    const { ticket_id } = await work();
    expect((await tickets())[0]).toBe(ticket_id);
    await desk.goOnline();
    await mirror.sync();
    addUser(desk.server.state, 'Late', 'late@mail.example');
    mirror.customerOpens('Later', 'Came after it');
    desk.deps.store.remoteDesk.set('listsAt', null);
    await mirror.sync();
    expect(await tickets()).toEqual([5, 4, 3, 2, 1]);
    const all = await users();
    expect(all).toEqual([...all].sort((a, b) => b - a));
    expect(all[0]).toBe(Math.max(...desk.server.state.users.keys()));
  });

  it('meets every ticket once, also when one of them gets its number on the way', async () => {
    desk.deps.store.settings.set({ ticketsPage: 1 });
    await desk.goOffline();
    const { user_id = 0 } = await api.post('users/create', { fullname: 'Bob', email: 'bob@mail.example' });
    const waiting = await open('Has to wait for its customer', user_id);
    const going = await open('Leaves at once', 1);
    expect(await tickets(1)).toEqual([going]);
    await desk.goOnline();
    mirror.allowOnly('Get list/details of tickets.', 'Get messages from a ticket.', 'Create tickets.');
    await mirror.sync();
    expect(await tickets(2)).toEqual([waiting]);
    expect([await tickets(3), await tickets(4), await tickets(5)]).toEqual([[3], [2], [1]]);
    // The next walk has it in its place.
    expect(await tickets(1)).toEqual([waiting]);
    expect(await tickets(2)).toEqual([4]);
  });
});
