import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { registerHelpdeskz } from '../../electron/core/api/helpdeskz/plugin.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { storedFiles } from './support/apiDesk.ts';
import { createCaller, fieldParts, MESSAGE, TICKET } from './support/caller.ts';
import { send } from './support/client.ts';
import { eachFilledDesk } from './support/eachDesk.ts';
import { pngOf, SMALL_PNG } from './support/png.ts';

const { desk, caller } = eachFilledDesk();

const ticketStatus = async (id = 1): Promise<unknown> =>
  ((await caller.get(`/api/tickets/show/${id}`)).ticket as { status: string }).status;
const png = (filename: string, content: Buffer = SMALL_PNG) => ({ name: 'attachment[]', filename, content });
const files = async (query = ''): Promise<{ id: string; name: string; msg_id: string }[]> =>
  (await caller.get(`/api/attachments${query}`)).files as { id: string; name: string; msg_id: string }[];

describe('status machine (behaviour.md 3.4)', () => {
  const staff = { ...MESSAGE, replier: 'staff', staff_id: '2' };

  it.each([
    ['1', MESSAGE, '1'],
    ['2', MESSAGE, '3'],
    ['3', MESSAGE, '3'],
    ['4', MESSAGE, '4'],
    ['5', MESSAGE, '3'],
    ['5', { ...MESSAGE, close: '1' }, '3'],
    ['1', staff, '2'],
    ['2', staff, '2'],
    ['3', staff, '2'],
    ['4', staff, '4'],
    ['5', staff, '5'],
    ['1', { ...staff, close: '1' }, '5'],
    ['4', { ...staff, close: '1' }, '5'],
    ['1', { ...staff, close: 'true' }, '2'],
  ])('%s after %j is %s', async (before, fields, after) => {
    await caller.post('/api/tickets/update/1', { status: before });
    await caller.post('/api/messages/create', fields);
    expect(await ticketStatus()).toBe(after);
  });

  it('moves last_update on a message only (fact 4)', async () => {
    const lastUpdate = async () =>
      ((await caller.get('/api/tickets/show/1')).ticket as { last_update: string; replies: string })
        .last_update;
    const first = await lastUpdate();
    desk.clock.advance(5000);
    await caller.post('/api/tickets/update/1', { status: '4', department_id: '2' });
    expect(await lastUpdate()).toBe(first);
    await caller.post('/api/messages/create', MESSAGE);
    expect(Number(await lastUpdate())).toBeGreaterThanOrEqual(Number(first) + 5);
  });
});

describe('what is accepted', () => {
  it('takes JSON bodies with numbers and booleans', async () => {
    const body = Buffer.from(
      JSON.stringify({ ...MESSAGE, ticket_id: 1, replier: 'staff', staff_id: 2, close: true }),
    );
    const headers = { Token: desk.token(), 'Content-Type': 'application/json' };
    const answer = await send(desk.port, { method: 'POST', path: '/api/messages/create', headers, body });
    expect(JSON.parse(answer.body)).toMatchObject({ success: 1 });
    expect(await ticketStatus()).toBe('5');
  });

  it('cuts a long subject at 255 without breaking a character, and keeps "0"', async () => {
    await caller.post('/api/tickets/create', { ...TICKET, subject: `${'x'.repeat(254)}😀 and more` });
    await caller.post('/api/tickets/create', { ...TICKET, subject: '0' });
    const { tickets } = (await caller.get('/api/tickets')) as { tickets: { subject: string }[] };
    expect(tickets.map(({ subject }) => subject)).toEqual(['0', 'x'.repeat(254), 'Hello']);
  });

  it('keeps a body of 100 000 characters whole, where the reference cuts at 65 535 bytes', async () => {
    const message = 'ä'.repeat(100_000);
    await caller.post('/api/messages/create', { ...MESSAGE, message });
    const { messages } = (await caller.get('/api/messages/show/1')) as { messages: { message: string }[] };
    expect(messages[0]?.message).toBe(message);
  });

  it('sorts messages by the desk’s reply order and pages them', async () => {
    for (const number of [1, 2, 3]) {
      desk.clock.advance(1000);
      await caller.post('/api/messages/create', { ...MESSAGE, message: `m${number}` });
    }
    const texts = async (query = '') =>
      (
        (await caller.get(`/api/messages/show/1${query}`)) as { messages: { message: string }[] }
      ).messages.map(({ message }) => message);
    expect(await texts()).toEqual(['m3', 'm2', 'm1', 'A message']);
    desk.deps.store.settings.set({ replyOrder: 'asc', repliesPage: 3 });
    expect(await texts()).toEqual(['A message', 'm1', 'm2']);
    expect(await texts('?page=2')).toEqual(['m3']);
    expect(await texts('?page=3')).toEqual([]);
  });

  it('combines ticket filters and ignores what is no number', async () => {
    await caller.post('/api/tickets/create', { ...TICKET, department_id: '2' });
    const total = async (query: string) => (await caller.get(`/api/tickets${query}`)).total_tickets;
    expect(await total('?department_id=2&status=1&user_id=1')).toBe(1);
    expect(await total('?department_id=2&status_id=2')).toBe(0);
    expect(await total('?department_id=abc&user_id=')).toBe(2);
    expect(await total('?user_id=1.5')).toBe(0);
  });

  it('lists as many tickets on a page as the settings say', async () => {
    await caller.post('/api/tickets/create', { ...TICKET });
    desk.deps.store.settings.set({ ticketsPage: 1 });
    const page = async (number: number) => {
      const { pages, tickets } = await caller.get(`/api/tickets?page=${number}`);
      return [pages, (tickets as { id: string }[]).map(({ id }) => id)];
    };
    expect([await page(1), await page(2), await page(3)]).toEqual([
      [2, ['2']],
      [2, ['1']],
      [2, []],
    ]);
  });
});

describe('files (behaviour.md 3.1)', () => {
  it('takes the desk’s number of files and drops the rest', async () => {
    const four = [1, 2, 3, 4].map((number) => png(`f${number}.png`));
    expect(await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), ...four])).toMatchObject({
      success: 1,
    });
    expect((await files()).map(({ name }) => name)).toEqual(['f1.png', 'f2.png', 'f3.png']);
  });

  it('judges every file on its own, in any place, and stores none when one is refused', async () => {
    const bad = { name: 'attachment[]', filename: 'note.txt', content: Buffer.from('abc') };
    const empty = { name: 'attachment[]', filename: '', content: Buffer.alloc(0) };
    for (const parts of [
      [empty, bad],
      [png('a.png'), bad],
      [bad, png('a.png')],
      [png('1.png'), png('2.png'), png('3.png'), bad],
    ]) {
      const answer = await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), ...parts]);
      expect(answer).toEqual({ error: 1, message: 'File is not allowed.' });
    }
    expect(await files()).toEqual([]);
    expect(storedFiles(desk)).toEqual([]);
  });

  it('takes limits and types from the settings, for every file', async () => {
    const text = (filename: string, size: number) => png(filename, Buffer.alloc(size, 'a'));
    const empty = { name: 'attachment[]', filename: '', content: Buffer.alloc(0) };
    const answer = (...parts: ReturnType<typeof png>[]) =>
      caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), ...parts]);
    desk.deps.store.settings.set({
      attachmentTypes: ['txt'],
      attachmentMaxBytes: 1024 * 1024,
      attachmentsPerMessage: 2,
    });
    expect(await answer(png('a.png'))).toEqual({ error: 1, message: 'File is not allowed.' });
    const tooBig = { error: 1, message: 'File is too big. Maximum size is 1 MB.' };
    const [fits, big] = [text('fits.txt', 1024 * 1024), text('big.txt', 1024 * 1024 + 1)];
    expect(await answer(big)).toEqual(tooBig);
    expect(await answer(empty, big)).toEqual(tooBig);
    expect(await answer(fits, empty, big)).toEqual(tooBig);
    expect(storedFiles(desk)).toEqual([]);
    expect(await answer(fits, empty, text('two.txt', 3), text('three.txt', 3))).toMatchObject({ success: 1 });
    expect((await files()).map(({ name }) => name)).toEqual(['fits.txt', 'two.txt']);
    desk.deps.store.settings.set({ attachmentTypes: [] });
    expect(await answer(text('two.txt', 3))).toEqual({ error: 1, message: 'File is not allowed.' });
  });

  it('keeps a name without its folders and gives the same bytes back', async () => {
    const content = pngOf(200_001);
    await caller.postParts('/api/messages/create', [
      ...fieldParts(MESSAGE),
      png('../../etc/pässwd 漢字.png', content),
    ]);
    const [file] = await files();
    expect(file?.name).toBe('pässwd 漢字.png');
    const shown = await caller.get(`/api/attachments/show/${file?.id}`);
    expect(shown).toMatchObject({
      success: 1,
      name: 'pässwd 漢字.png',
      filetype: 'image/png',
      size: '200001',
    });
    expect(Buffer.from(String(shown.content), 'base64').equals(content)).toBe(true);
  });

  it('filters by message and by ticket, and shows inline files too', async () => {
    await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), png('one.png')]);
    await caller.postParts('/api/tickets/create', [...fieldParts(TICKET), png('two.png')]);
    expect((await files('?ticket_id=2')).map(({ name }) => name)).toEqual(['two.png']);
    expect((await files('?msg_id=2')).map(({ name }) => name)).toEqual(['one.png']);
    expect(await files('?msg_id=2&ticket_id=2')).toEqual([]);
    expect(await files('?ticket_id=99')).toEqual([]);
    expect((await files('?ticket_id=abc')).length).toBe(2);
  });

  it('lists more than one chunk of attachments as one valid answer', async () => {
    const insert = desk.deps.store.db.prepare(
      `INSERT INTO attachments (ticket_id, message_id, name, media_type, size_bytes, sha256, created_at) VALUES (1, 1, ?, 'image/png', 1, '', 0)`,
    );
    desk.deps.store.db.transaction(() => {
      for (let number = 0; number < 1200; number++) insert.run(`f${number}.png`);
    })();
    expect((await files()).map(({ name }) => name)).toEqual(
      Array.from({ length: 1200 }, (_, n) => `f${n}.png`),
    );
  });

  it('ignores files when attachments are off', async () => {
    desk.deps.store.settings.set({ attachmentsEnabled: false });
    const note = { name: 'attachment[]', filename: 'note.txt', content: Buffer.from('abc') };
    expect(await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), note])).toMatchObject({
      success: 1,
    });
    expect(await files()).toEqual([]);
  });
});

describe('delete', () => {
  it('of a customer frees the address, hides everything of theirs, and staff can bring it back', async () => {
    await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), png('one.png')]);
    expect(await caller.post('/api/users/delete/1')).toMatchObject({ message: 'User account was removed.' });
    for (const path of ['users/show/1', 'tickets/show/1', 'messages/show/1', 'attachments/show/1']) {
      expect(await caller.get(`/api/${path}`)).toMatchObject({ error: 1 });
    }
    expect(await files()).toEqual([]);
    expect(await files('?ticket_id=1')).toEqual([]);
    expect(await caller.get('/api/tickets')).toMatchObject({ total_tickets: 0, tickets: [] });
    expect(await caller.post('/api/attachments/delete/1')).toMatchObject({
      message: 'Attachment not found.',
    });
    const again = await caller.post('/api/users/create', {
      fullname: 'John Again',
      email: 'john@example.com',
    });
    expect(again).toMatchObject({ success: 1, user_id: 2 });
    await caller.post('/api/users/delete/2');
    const restored = await restoreTickets(desk.deps, { kind: 'system', name: 'test' }, [1 as TicketId]);
    expect(restored.ok).toBe(true);
    expect(await caller.get('/api/tickets')).toMatchObject({ total_tickets: 1 });
    expect(await caller.get('/api/users/show/1')).toMatchObject({ success: 1 });
  });

  it('of a department takes its tickets along, department 1 included', async () => {
    await caller.post('/api/departments/delete/1');
    expect(await caller.get('/api/tickets')).toMatchObject({ total_tickets: 0 });
    expect(await caller.get('/api/departments/show/1')).toMatchObject({ error: 1 });
    expect(await caller.post('/api/tickets/create', TICKET)).toMatchObject({
      message: 'Department ID not found.',
    });
  });
});

describe('tokens', () => {
  it('remember their last use a little later, without a write per read', async () => {
    const before = desk.deps.store.db.prepare('SELECT total_changes()').pluck().get();
    const used = createCaller(desk, desk.token());
    for (let call = 0; call < 20; call++) await used.get('/api/departments');
    const after = desk.deps.store.db.prepare('SELECT total_changes()').pluck().get();
    expect(Number(after) - Number(before)).toBe(1);
  });

  it('stop at once when they are switched off', async () => {
    const token = desk.token();
    const used = createCaller(desk, token);
    expect(await used.get('/api/departments')).toMatchObject({ success: 1 });
    desk.deps.store.db.prepare('UPDATE api_tokens SET is_active = 0').run();
    expect(await used.get('/api/departments')).toEqual({ error: 1, message: 'Invalid authentication.' });
  });

  it('are nowhere in the database as they are', () => {
    const token = desk.token();
    const rows = desk.deps.store.db.prepare('SELECT * FROM api_tokens').all();
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('without a socket', () => {
  it('works through Fastify’s inject as well', async () => {
    const app = Fastify();
    const port = {
      services: () => ({ deps: desk.deps }),
      status: () => ({ state: 'ready' as const, error: null }),
    };
    await registerHelpdeskz(app, { desk: port, log: desk.deps.log, surface: 'tcp' });
    const headers = { token: desk.token() };
    const payload = { name: 'Support', private: '0' };
    const created = await app.inject({ method: 'POST', url: '/api/departments', headers, payload });
    expect(created.json()).toMatchObject({ success: 1, department_id: 4 });
    const listed = await app.inject({ method: 'GET', url: '/api/departments/', headers });
    expect(listed.json().departments).toHaveLength(4);
    await app.close();
  });

  it('says why a desk that is not open does not answer', async () => {
    const app = Fastify();
    const port = { services: () => null, status: () => ({ state: 'needs_setup' as const, error: null }) };
    await registerHelpdeskz(app, { desk: port, log: desk.deps.log, surface: 'tcp' });
    const answer = await app.inject({ method: 'GET', url: '/api/tickets' });
    expect([answer.statusCode, answer.json().error]).toEqual([503, 1]);
    expect(answer.json().message).toContain('not set up');
    await app.close();
  });
});
