import { describe, expect, it } from 'vitest';
import { type Fields, fieldParts, MESSAGE, TICKET } from '../support/caller.ts';
import { eachFilledDesk } from '../support/eachDesk.ts';
import { SMALL_PNG } from '../support/png.ts';

// behaviour.md 2.4, 2.5, 2.6 and 3.4, beyond the recorded exchanges and the tests beside this folder.
const { desk, caller } = eachFilledDesk();

type Row = Readonly<Record<string, string>>;
const ticket = async (id = 1): Promise<Row> => (await caller.get(`/api/tickets/show/${id}`)).ticket as Row;
const tickets = async (query = ''): Promise<Row[]> =>
  (await caller.get(`/api/tickets${query}`)).tickets as Row[];
const messages = async (query = ''): Promise<Row[]> =>
  (await caller.get(`/api/messages/show/1${query}`)).messages as Row[];
const STAFF = { ...MESSAGE, replier: 'staff', staff_id: '2' };

describe('a ticket', () => {
  it('begins open, whoever opens it, with no reply, and whatever else is sent', async () => {
    const more = { status: '5', priority_id: '6', date: '1', replies: '9', last_update: '1' };
    for (const opener of [{ opener: 'user' }, { opener: 'staff', staff_id: '2' }]) {
      const { ticket_id } = await caller.post('/api/tickets/create', { ...TICKET, ...opener, ...more });
      const row = await ticket(Number(ticket_id));
      expect(row).toMatchObject({ status: '1', replies: '0', user_id: '1', department_id: '1' });
      expect(row.date).toBe(row.last_update);
      expect(Number(row.date)).toBeGreaterThan(1_000_000_000);
    }
  });

  it('has its first message from who opened it', async () => {
    await caller.post('/api/tickets/create', { ...TICKET, opener: 'staff', staff_id: '2' });
    const by = async (id: number) => (await caller.get(`/api/messages/show/${id}`)).messages;
    expect(await by(1)).toMatchObject([{ customer: '1', staff_id: '0' }]);
    expect(await by(2)).toMatchObject([{ customer: '0', staff_id: '2' }]);
  });

  it('keeps its subject as it was written', async () => {
    await caller.post('/api/tickets/create', { ...TICKET, subject: `  <b>S</b> & "q" 's' 😀 ` });
    expect((await ticket(2)).subject).toBe(`<b>S</b> & "q" 's' 😀`);
  });

  it('takes status and department, each alone and both at once, and nothing else', async () => {
    const update = (fields: Fields) => caller.post('/api/tickets/update/1', fields);
    const updated = { success: 1, message: 'Ticket was updated.' };
    expect(await update({ status: '2' })).toEqual(updated);
    expect(await update({ department_id: '3' })).toEqual(updated);
    expect(await ticket()).toMatchObject({ status: '2', department_id: '3', department_name: 'Sales' });
    expect(await update({ status: '5', department_id: '1' })).toEqual(updated);
    const before = await ticket();
    for (const nothing of [
      {},
      { status: '' },
      { status: '0' },
      { department_id: '0' },
      { subject: 'x', user_id: '9', body: 'x' },
    ]) {
      expect(await update(nothing)).toEqual(updated);
    }
    expect(await ticket()).toEqual(before);
    expect(before).toMatchObject({ status: '5', department_id: '1', subject: 'Hello', user_id: '1' });
  });

  it('changes nothing when one of two fields is wrong', async () => {
    const answer = await caller.post('/api/tickets/update/1', { status: '4', department_id: '99' });
    expect(answer).toEqual({ error: 1, message: 'Department ID not found.' });
    expect(await ticket()).toMatchObject({ status: '1', department_id: '1' });
  });

  it('needs an active staff member where staff open it', async () => {
    for (const staff_id of ['3', '99', '0x1', '1.0', '-1']) {
      const answer = await caller.post('/api/tickets/create', { ...TICKET, opener: 'staff', staff_id });
      expect(answer.message).toMatch(/^(?:Invalid Staff ID|Staff ID not found)\.$/);
    }
    expect(await caller.post('/api/tickets/create', { ...TICKET, staff_id: '99' })).toMatchObject({
      success: 1,
    });
  });
});

describe('the list of tickets', () => {
  it('has the desk’s number to a page, no row twice, none left out', async () => {
    for (let n = 0; n < 16; n++) await caller.post('/api/tickets/create', TICKET);
    expect(await tickets()).toHaveLength(15);
    expect(await caller.get('/api/tickets?page=3')).toMatchObject({
      total_tickets: 17,
      pages: 2,
      tickets: [],
    });
    desk.deps.store.settings.set({ ticketsPage: 5 });
    const pages = await Promise.all([1, 2, 3, 4].map((page) => tickets(`?page=${page}`)));
    const ids = pages.flat().map(({ id }) => Number(id));
    expect(ids).toEqual(Array.from({ length: 17 }, (_, n) => 17 - n));
    for (const page of ['0', '-1', '1.5', '-0.5']) {
      expect(await caller.get(`/api/tickets?page=${page}`)).toEqual({ error: 1, message: 'Page not found.' });
    }
    expect(await tickets('?page=abc')).toEqual(pages[0]);
  });

  it('counts with its filters', async () => {
    for (const department_id of ['2', '2', '3'])
      await caller.post('/api/tickets/create', { ...TICKET, department_id });
    await caller.post('/api/tickets/update/2', { status: '5' });
    const found = async (query: string) => [
      (await caller.get(`/api/tickets${query}`)).total_tickets,
      (await tickets(query)).map(({ id }) => id).join(),
    ];
    expect(await found('?department_id=2')).toEqual([2, '3,2']);
    expect(await found('?department_id=2&status=5')).toEqual([1, '2']);
    expect(await found('?status=1')).toEqual([3, '4,3,1']);
    expect(await found('?user_id=2')).toEqual([0, '']);
    expect(await found('?user_id=abc&department_id=&sort=id&order=asc')).toEqual([4, '4,3,2,1']);
    for (const status of ['0', '6', '-1', '1.5'])
      expect(await caller.get(`/api/tickets?status=${status}`)).toEqual({
        error: 1,
        message: 'Invalid Status ID.',
      });
  });

  it('never gives a number away again', async () => {
    await caller.post('/api/tickets/delete/1');
    expect(await caller.post('/api/tickets/create', TICKET)).toMatchObject({ ticket_id: 2 });
  });
});

describe('status, replies and times', () => {
  it.each(['1', '2', '3', '4', '5'])('close=1 of staff closes from %s', async (status) => {
    await caller.post('/api/tickets/update/1', { status });
    await caller.post('/api/messages/create', { ...STAFF, close: '1' });
    expect(await ticket()).toMatchObject({ status: '5' });
  });

  it.each(['0', '01', '2', 'yes', ' 1', ''])('close=%j closes nothing', async (close) => {
    await caller.post('/api/messages/create', { ...STAFF, close });
    expect(await ticket()).toMatchObject({ status: '2' });
  });

  it('every message counts as a reply and moves last_update, a file or a deletion does not', async () => {
    const before = await ticket();
    desk.clock.advance(10_000);
    const file = { name: 'attachment[]', filename: 'a.png', content: SMALL_PNG };
    await caller.postParts('/api/messages/create', [...fieldParts(STAFF), file]);
    const replied = await ticket();
    expect(replied).toMatchObject({ replies: '1', date: before.date });
    expect(Number(replied.last_update)).toBeGreaterThanOrEqual(Number(before.last_update) + 10);
    desk.clock.advance(10_000);
    await caller.post('/api/attachments/delete/1');
    expect(await ticket()).toEqual(replied);
  });
});

describe('messages', () => {
  it('are a ticket’s: the id in the address is the ticket’s, and every message counts', async () => {
    for (let n = 0; n < 3; n++) await caller.post('/api/messages/create', STAFF);
    expect(await caller.get('/api/messages/show/1')).toMatchObject({ total_replies: 4, pages: 1 });
    expect(await caller.get('/api/messages/show/2')).toEqual({ error: 1, message: 'Ticket not found.' });
    expect(await ticket()).toMatchObject({ replies: '3' });
  });

  it('have no page that is refused', async () => {
    const first = await messages();
    for (const page of ['0', '-3', 'abc', '1.9', '']) expect(await messages(`?page=${page}`)).toEqual(first);
    for (const page of ['2', '99999999999999999999']) expect(await messages(`?page=${page}`)).toEqual([]);
  });

  it('can be neither changed nor deleted', async () => {
    for (const action of ['update', 'delete']) {
      const { status } = await caller.raw.post(`/api/messages/${action}/1`, { message: 'other' });
      expect(status).toBe(501);
    }
    expect(await messages()).toHaveLength(1);
  });

  it('answer without the id of what was made', async () => {
    const created = { success: 1, message: 'Message was created and added to ticket.' };
    expect(await caller.post('/api/messages/create', STAFF)).toEqual(created);
  });
});

describe('attachments', () => {
  it('are all in one list, filtered by number only, whole in one line of base64', async () => {
    const content = Buffer.concat([SMALL_PNG, Buffer.alloc(1000, 7)]);
    for (const name of ['a.png', 'b.png']) {
      const file = { name: 'attachment[]', filename: name, content };
      await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), file]);
    }
    const names = async (query: string) =>
      ((await caller.get(`/api/attachments${query}`)).files as Row[]).map(({ name }) => name).join();
    expect(await names('')).toBe('a.png,b.png');
    expect(await names('?page=2')).toBe('a.png,b.png');
    expect(await names('?msg_id=2')).toBe('a.png');
    expect(await names('?msg_id=x')).toBe('a.png,b.png');
    expect(await names('?msg_id=99')).toBe('');
    const shown = await caller.get('/api/attachments/show/1');
    expect(shown).toEqual({
      success: 1,
      name: 'a.png',
      filetype: 'image/png',
      size: String(content.length),
      content: content.toString('base64'),
    });
    await caller.post('/api/attachments/delete/1');
    expect(await names('')).toBe('b.png');
    expect(await messages()).toHaveLength(3);
  });
});
