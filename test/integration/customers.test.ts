import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importMail } from '../../electron/core/services/mailIntake.ts';
import { createTicketAsStaff } from '../../electron/core/services/staffActions.ts';
import { trashTickets } from '../../electron/core/services/ticketChanges.ts';
import { createTicket } from '../../electron/core/services/ticketWriter.ts';
import type { ImportItem } from '../../shared/contract/system.ts';
import { createTicketInput } from '../../shared/contract/tickets.ts';
import type { CustomerId, TicketId } from '../../shared/model/ids.ts';
import { type AppServer, startAppServer } from '../support/appServer.ts';
import { wrongCounts } from '../support/keptCounts.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

let desk: TestDesk;
let server: AppServer;
beforeEach(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
  await server.signIn();
});
afterEach(async () => {
  expect(wrongCounts(desk.deps.store.db)).toEqual([]);
  await server.close();
  desk.close();
});

const get = (path: string, input: unknown) => server.call(`customers.${path}`, input, { method: 'GET' });
const post = (path: string, input: unknown) => server.call(`customers.${path}`, input);
const ann = () => ({ customerId: desk.customer });
const add = async (name: string, email: string): Promise<CustomerId> =>
  ((await post('create', { name, email })) as { customerId: CustomerId }).customerId;
const names = (answer: unknown) =>
  (answer as { customers: { name: string }[] }).customers.map(({ name }) => name);

function newTicket(customerId: CustomerId, subject = 'Printer'): TicketId {
  const made = createTicket(
    desk.deps,
    { kind: 'system', name: 'test' },
    {
      customerId,
      departmentId: desk.departments[0],
      subject,
      bodyHtml: '<p>It jams</p>',
      author: { kind: 'customer' },
      source: 'api',
    },
  );
  if (!made.ok) throw new Error(made.error.code);
  return made.value.ticketId;
}

async function mailFrom(from: string, id: string, heads = ''): Promise<ImportItem> {
  const raw = Buffer.from(
    `From: ${from}\r\nSubject: Words ${id}\r\nDate: Tue, 4 Mar 2025 10:00:00 +0000\r\nMessage-ID: <${id}@c.test>\r\n${heads}\r\nwords of ${id}\r\n`,
  );
  const item = await importMail(desk.deps, { raw, source: id });
  if (!item.ok) throw new Error(item.error.code);
  return item.value;
}
const customerOf = (ticketId: number | null) =>
  desk.deps.store.tickets.byId(ticketId as TicketId)?.customerId;

describe('rights', () => {
  it('let agents find customers, and administrators do the rest', async () => {
    await server.signIn('sam');
    expect(names(await get('search', { text: 'ann', limit: 5 }))).toEqual(['Ann Lee']);
    expect(await get('get', ann())).toMatchObject({ customer: { name: 'Ann Lee' } });
    const merge = { ...ann(), mergedId: 2, name: 'Ann Lee', email: 'ann@acme.example' };
    for (const call of [
      get('page', {}),
      get('contents', ann()),
      get('keptMails', ann()),
      post('create', { name: 'Bo', email: 'bo@acme.example' }),
      post('update', { ...ann(), name: 'A', emails: ['a@acme.example'] }),
      post('setBlocked', { ...ann(), isBlocked: true }),
      post('releaseMail', ann()),
      post('merge', merge),
      post('delete', { ...ann(), mode: 'erase' }),
    ])
      expect(await call).toBe('forbidden');
  });
});

describe('the list', () => {
  it('goes page by page by name, whatever the case, and knows how many there are', async () => {
    for (const [at, name] of ['bo', 'Bo', 'Carl', 'zoë', 'Aaron'].entries())
      await add(name, `customer${at}@acme.example`);
    const first = (await get('page', { limit: 4 })) as { customers: { id: number; name: string }[] };
    expect(first).toMatchObject({ hasMore: true, total: 6 });
    expect(names(first)).toEqual(['Aaron', 'Ann Lee', 'bo', 'Bo']);
    const { id, name } = first.customers.at(-1) ?? { id: 0, name: '' };
    const second = await get('page', { limit: 4, after: { id, name } });
    expect(names(second)).toEqual(['Carl', 'zoë']);
    expect(second).toMatchObject({ hasMore: false });
    await post('setBlocked', { ...ann(), isBlocked: true });
    expect(await get('page', { filter: 'blocked' })).toMatchObject({
      total: 1,
      customers: [{ name: 'Ann Lee', isBlocked: true }],
    });
  });
});

describe('name and addresses', () => {
  it('change together; mail from any of them is the customer’s', async () => {
    const emails = ['ann.lee@home.example', 'ann@acme.example', 'a@old.example'];
    expect(await post('update', { ...ann(), name: ' Ann Lee-Ito ', emails })).toBeUndefined();
    expect(await get('get', ann())).toMatchObject({
      customer: { name: 'Ann Lee-Ito', email: emails[0], otherEmails: emails.slice(1) },
    });
    const first = await mailFrom('Somebody <A@OLD.example>', 'one');
    expect(customerOf(first.ticketId)).toBe(desk.customer);
    // Who may name a ticket in a subject is its customer, by any address (F6).
    const reply = await importMail(desk.deps, {
      raw: Buffer.from(
        `From: ann.lee@home.example\r\nSubject: Re: [#${first.ticketId}]\r\nMessage-ID: <two@c.test>\r\n\r\nmore\r\n`,
      ),
      source: 'two',
    });
    expect(reply).toMatchObject({ ok: true, value: { outcome: 'reply', ticketId: first.ticketId } });
    desk.deps.store.search.drain(1000, desk.clock);
    for (const text of ['ann@acme.example', 'a@old', 'ann.lee'])
      expect(names(await get('search', { text, limit: 5 }))).toEqual(['Ann Lee-Ito']);
    const hits = await server.call('search.query', { text: 'home.example ito' }, { method: 'GET' });
    expect(hits).toMatchObject({ rows: [{ id: first.ticketId }] });
    await post('update', { ...ann(), name: 'Ann', emails: ['ann@acme.example'] });
    desk.deps.store.search.drain(1000, desk.clock);
    expect(await server.call('search.query', { text: 'home.example' }, { method: 'GET' })).toMatchObject({
      rows: [],
    });
    expect(customerOf((await mailFrom('a@old.example', 'three')).ticketId)).not.toBe(desk.customer);
  });

  it('changes places with the main one without ever being two customers’', async () => {
    await post('update', { ...ann(), name: 'Ann', emails: ['ann@acme.example', 'b@acme.example'] });
    await post('update', { ...ann(), name: 'Ann', emails: ['B@acme.example', 'ann@acme.example'] });
    expect(await get('get', ann())).toMatchObject({
      customer: { email: 'B@acme.example', otherEmails: ['ann@acme.example'] },
    });
  });

  it('are refused beside the field they are about', async () => {
    const bo = await add('Bo', 'bo@acme.example');
    await post('update', { customerId: bo, name: 'Bo', emails: ['bo@acme.example', 'bo@home.example'] });
    const update = async (values: object) => {
      const response = await fetch(`${server.url}/trpc/customers.update`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url, cookie: server.cookie() },
        body: JSON.stringify({ ...ann(), name: 'Ann', emails: ['ann@acme.example'], ...values }),
      });
      return ((await response.json()) as { error: { data: { appError: object } } }).error.data.appError;
    };
    const at = (...emails: string[]) => update({ emails });
    expect(await update({ name: ' ' })).toMatchObject({ code: 'name_missing', field: 'name' });
    expect(await at('ann@acme.example', '')).toMatchObject({ code: 'email_missing', field: 'emails.1' });
    expect(await at('ann')).toMatchObject({ code: 'email_invalid', field: 'emails.0' });
    expect(await at('a@b.example', 'A@B.example')).toMatchObject({ code: 'email_twice', field: 'emails.1' });
    expect(await at('ann@acme.example', 'bo@HOME.example')).toMatchObject({
      code: 'email_taken',
      field: 'emails.1',
      details: { customerId: bo, name: 'Bo' },
    });
    expect(await post('create', { name: 'Bob', email: 'bo@home.example' })).toBe('email_taken');
    // The tables say the same to a writer that forgets to look.
    const { db } = desk.deps.store;
    const insert = `INSERT INTO customers (name, email, email_key, created_at, updated_at)
      VALUES ('x', 'bo@home.example', 'bo@home.example', 0, 0)`;
    expect(() => db.exec(insert)).toThrow('a customer has this address');
  });
});

describe('a blocked customer', () => {
  it('has their mail kept aside, from every address, until somebody lets it in', async () => {
    await post('update', { ...ann(), name: 'Ann', emails: ['ann@acme.example', 'ann@home.example'] });
    const before = await mailFrom('ann@acme.example', 'before');
    await post('setBlocked', { ...ann(), isBlocked: true });
    const answer = await mailFrom('ann@home.example', 'answer', 'In-Reply-To: <before@c.test>\r\n');
    expect(answer).toMatchObject({ outcome: 'suspended', ticketId: null });
    expect(answer.reason).toBe('blocked: the sender is a customer who is blocked');
    expect((await mailFrom('ann@home.example', 'answer', 'In-Reply-To: <before@c.test>\r\n')).outcome).toBe(
      'duplicate',
    );
    expect((await mailFrom('ANN@acme.example', 'news')).outcome).toBe('suspended');
    expect((await mailFrom('bo@acme.example', 'other')).outcome).toBe('new_ticket');
    expect(await get('keptMails', ann())).toMatchObject({
      total: 2,
      mails: [{ subject: 'Words news', sender: 'ANN@acme.example' }, { subject: 'Words answer' }],
    });
    expect(await post('releaseMail', ann())).toBe('customer_blocked');
    await post('setBlocked', { ...ann(), isBlocked: false });
    expect(await post('releaseMail', ann())).toEqual({ released: 2, others: 0 });
    expect(await get('keptMails', ann())).toEqual({ total: 0, mails: [] });
    expect(desk.deps.store.tickets.byId(before.ticketId as TicketId)?.messageCount).toBe(2);
    expect((await get('get', ann())) as object).toMatchObject({ customer: { totalTickets: 2 } });
    expect((await mailFrom('ANN@acme.example', 'news')).outcome).toBe('duplicate');
  });

  it('still gets tickets that staff and programs open', async () => {
    await post('setBlocked', { ...ann(), isBlocked: true });
    newTicket(desk.customer);
    const input = createTicketInput.parse({
      customer: { id: desk.customer },
      departmentId: desk.departments[0],
      subject: 'Called',
      bodyHtml: '<p>Hello</p>',
    });
    expect(createTicketAsStaff(desk.deps, desk.admin, input)).toMatchObject({ ok: true });
    expect(await get('get', ann())).toMatchObject({ customer: { isBlocked: true, totalTickets: 2 } });
  });
});

describe('deleting', () => {
  async function withFiles(): Promise<{ sha256: string; live: TicketId; trashed: TicketId }> {
    const live = newTicket(desk.customer, 'Secret printer');
    const trashed = newTicket(desk.customer, 'Secret scanner');
    await trashTickets(desk.deps, desk.admin, [trashed]);
    const { sha256, sizeBytes } = await desk.deps.files.put(Buffer.from('a picture'));
    const messageId = desk.deps.store.db
      .prepare<[number], number>('SELECT id FROM messages WHERE ticket_id = ?')
      .pluck()
      .get(live);
    desk.deps.store.db
      .prepare(
        `INSERT INTO attachments (ticket_id, message_id, name, media_type, size_bytes, sha256, created_at)
         VALUES (?, ?, 'a.png', 'image/png', ?, ?, 0)`,
      )
      .run(live, messageId, sizeBytes, sha256);
    desk.deps.files.release([sha256]);
    return { sha256, live, trashed };
  }

  it('says before what goes', async () => {
    await withFiles();
    expect(await get('contents', ann())).toEqual({
      tickets: 2,
      trashedTickets: 1,
      messages: 2,
      attachments: 1,
      attachmentBytes: 9,
    });
  });

  it('into the trash frees the addresses and can be undone', async () => {
    await post('update', { ...ann(), name: 'Ann', emails: ['ann@acme.example', 'ann@home.example'] });
    const { live } = await withFiles();
    const done = (await post('delete', { ...ann(), mode: 'trash' })) as { groupId: string; tickets: number };
    expect(done.tickets).toBe(1);
    expect(await get('search', { text: 'ann', limit: 5 })).toEqual({ customers: [] });
    const bo = await add('Bo', 'ann@home.example');
    expect(bo).toBeGreaterThan(0);
    expect(await server.call('tickets.undo', { groupId: done.groupId })).toMatchObject({ changedTickets: 1 });
    // The address that somebody else has by now stays theirs.
    expect(await get('get', ann())).toMatchObject({
      customer: { email: 'ann@acme.example', otherEmails: [], totalTickets: 1 },
    });
    expect(desk.deps.store.tickets.byId(live)?.deletedAt).toBeNull();
  });

  it('for good leaves nothing: no row, no file, no word in the log or the index', async () => {
    const { sha256 } = await withFiles();
    await post('update', {
      ...ann(),
      name: 'Ann Secret',
      emails: ['ann@acme.example', 'secret@home.example'],
    });
    const other = await add('Secret Twin', 'secret@twin.example');
    await post('merge', { ...ann(), mergedId: other, name: 'Ann Secret', email: 'ann@acme.example' });
    await post('setBlocked', { ...ann(), isBlocked: true });
    await mailFrom('Secret <secret@home.example>', 'kept');
    const kept = newTicket(await add('Bo', 'bo@acme.example'));
    expect(await post('delete', { ...ann(), mode: 'erase' })).toEqual({ groupId: null, tickets: 2 });
    const { db } = desk.deps.store;
    for (const sql of [
      "SELECT count(*) FROM operations WHERE payload || before LIKE '%secret%' OR payload || before LIKE '%ann@%'",
      "SELECT count(*) FROM customers WHERE name || email || email_key LIKE '%secret%' OR email LIKE 'ann@%'",
      'SELECT count(*) FROM customer_addresses',
      'SELECT count(*) FROM suspended_messages',
      `SELECT count(*) FROM tickets WHERE id <> ${kept}`,
      `SELECT count(*) FROM messages WHERE ticket_id <> ${kept}`,
      "SELECT count(*) FROM ticket_search WHERE ticket_search MATCH 'secret'",
    ])
      expect([sql, db.prepare(sql).pluck().get()]).toEqual([sql, 0]);
    expect(await desk.deps.files.has(sha256)).toBe(false);
    expect(await post('delete', { ...ann(), mode: 'erase' })).toBe('customer_not_found');
    expect(customerOf(kept)).toBeDefined();
  });
});
