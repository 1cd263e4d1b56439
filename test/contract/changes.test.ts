import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createToken,
  deleteToken,
  regenerateToken,
  updateToken,
} from '../../electron/core/services/apiTokens.ts';
import { purgeTickets } from '../../electron/core/services/purge.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { PERMISSIONS, type Permission } from '../../shared/contract/desk.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { openApiDesk, SYSTEM } from './support/apiDesk.ts';
import { createCaller, fieldParts, MESSAGE, TICKET } from './support/caller.ts';
import { eachFilledDesk } from './support/eachDesk.ts';
import { type EventReader, openEvents } from './support/eventReader.ts';
import { SMALL_PNG } from './support/png.ts';

const readers: EventReader[] = [];
const { desk, caller } = eachFilledDesk(() => openApiDesk({}, { keepAliveMs: 200 }));
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
});

const png = { name: 'attachment[]', filename: 'a.png', content: SMALL_PNG };
type Row = { number: string; resource: string; id: string; change: string; date: string };
type Feed = { changes: Row[]; next: number; more: number };
const feed = async (query = '', by = caller): Promise<Feed> =>
  (await by.get(`/api/changes${query}`)) as unknown as Feed;
const now = async (): Promise<number> => (await feed()).next;
const said = (rows: readonly Row[]) => rows.map(({ resource, id, change }) => `${resource} ${id} ${change}`);

async function changedBy(act: () => unknown): Promise<string[]> {
  const since = await now();
  await act();
  return said((await feed(`?since=${since}`)).changes).sort();
}

describe('GET /api/changes', () => {
  it('without since: the newest number and nothing else', async () => {
    expect(await feed()).toEqual({ success: 1, changes: [], next: await now(), more: 0 });
  });

  it.each<[string, () => unknown, string[]]>([
    [
      'a ticket with a file',
      () => caller.postParts('/api/tickets/create', [...fieldParts(TICKET), png]),
      ['attachments 1 created', 'messages 2 created', 'tickets 2 created'],
    ],
    [
      'a message',
      () => caller.post('/api/messages/create', MESSAGE),
      ['messages 2 created', 'tickets 1 changed'],
    ],
    ['a status', () => caller.post('/api/tickets/update/1', { status: '4' }), ['tickets 1 changed']],
    [
      'a customer',
      () => caller.post('/api/users/create', { fullname: 'A', email: 'a@b.example' }),
      ['users 2 created'],
    ],
    [
      'an address',
      () => caller.post('/api/users/update/1', { new_email: 'a@b.example' }),
      ['users 1 changed'],
    ],
    [
      'a department',
      () => caller.post('/api/departments/update/1', { name: 'X', private: '0' }),
      ['departments 1 changed'],
    ],
    [
      'a deleted ticket',
      () => caller.post('/api/tickets/delete/1'),
      ['messages 1 deleted', 'tickets 1 deleted'],
    ],
    [
      'a deleted customer',
      () => caller.post('/api/users/delete/1'),
      ['messages 1 deleted', 'tickets 1 deleted', 'users 1 deleted'],
    ],
    [
      'a deleted department',
      () => caller.post('/api/departments/delete/1'),
      ['departments 1 deleted', 'messages 1 deleted', 'tickets 1 deleted'],
    ],
    ['what nobody outside hears of', () => desk.token(), []],
  ])('tells of %s', async (_what, act, expected) => {
    expect(await changedBy(act)).toEqual(expected);
  });

  it('tells that what came out of the trash is there again, with what came along', async () => {
    await caller.post('/api/departments/delete/1');
    const back = () => restoreTickets(desk.deps, SYSTEM, [1 as TicketId]);
    expect(await changedBy(back)).toEqual([
      'departments 1 created',
      'messages 1 created',
      'tickets 1 created',
    ]);
  });

  it('tells of a purge, and keeps what was deleted', async () => {
    await caller.post('/api/tickets/delete/1');
    expect(await changedBy(() => purgeTickets(desk.deps, SYSTEM, [1 as TicketId]))).toEqual([
      'messages 1 deleted',
      'tickets 1 deleted',
    ]);
  });

  it('tells of a deleted file', async () => {
    await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), png]);
    const remove = () => caller.post('/api/attachments/delete/1');
    expect(await changedBy(remove)).toEqual(['attachments 1 deleted', 'tickets 1 changed']);
  });

  it('gives each thing once with its newest change, page by page, and all of them', async () => {
    for (let more = 0; more < 5; more++) await caller.post('/api/messages/create', MESSAGE);
    const seen: Row[] = [];
    let since = 0;
    for (let page = await feed('?since=0&limit=2'); ; page = await feed(`?since=${since}&limit=2`)) {
      expect(page.changes.length).toBeLessThanOrEqual(2);
      seen.push(...page.changes);
      since = page.next;
      if (page.more === 0) break;
    }
    expect(said(seen).filter((text) => text === 'tickets 1 changed')).toHaveLength(1);
    expect(new Set(said(seen)).size).toBe(seen.length);
    expect(seen.map((row) => Number(row.number))).toEqual(
      seen.map((row) => Number(row.number)).sort((a, b) => a - b),
    );
    expect(seen[0]).toEqual({
      number: expect.stringMatching(/^\d+$/),
      resource: 'users',
      id: '1',
      change: 'created',
      date: expect.stringMatching(/^\d{10}$/),
    });
  });

  it('tells a token only what it may read, and goes on all the same', async () => {
    const only = (permission: Permission) => createCaller(desk, desk.token({ permissions: [permission] }));
    await caller.post('/api/departments/update/1', { name: 'X', private: '0' });
    const all = await feed('?since=0');
    for (const [permission, resource] of [
      ['users.read', 'users'],
      ['departments.read', 'departments'],
      ['tickets.read', 'tickets'],
      ['messages.read', 'messages'],
    ] as const) {
      const found = await feed('?since=0', only(permission));
      expect(new Set(found.changes.map((row) => row.resource))).toEqual(new Set([resource]));
      expect(found.next).toBe(all.next);
    }
    const none = await only('tickets.create').raw.get('/api/changes?since=0');
    expect(none.status).toBe(400);
    expect(JSON.parse(none.body)).toMatchObject({ error: 1, message: /^Permission not allowed: / });
  });

  it.each([
    'since=-1',
    'since=abc',
    'since=1.5',
    'since=',
    'since=99999999999999999999',
    'since=0x10',
    'since=1%00',
    "since=1'--",
    'limit=0&since=0',
    'limit=1001&since=0',
    'limit=a&since=0',
  ])('refuses %s by name', async (query) => {
    const field = query.startsWith('limit') ? 'limit' : 'since';
    expect(await caller.get(`/api/changes?${query}`)).toMatchObject({
      error: 1,
      code: 'invalid_input',
      field,
    });
  });

  it('says when a number is not of this desk: it was restored from a backup', async () => {
    const answer = await caller.raw.get(`/api/changes?since=${(await now()) + 1}`);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 1, code: 'since_unknown', field: 'since' });
  });

  it('is nothing but a GET', async () => {
    for (const path of ['/api/changes', '/api/events', '/api/changes/1'])
      expect((await caller.raw.post(path)).contentType).toContain('text/html');
  });
});

describe('GET /api/events', () => {
  const make = (permissions: readonly Permission[] = PERMISSIONS) => {
    const made = createToken(desk.deps, SYSTEM, {
      name: 'listener',
      permissions: [...permissions],
      ipList: [],
    });
    if (!made.ok) throw new Error(made.error.message);
    return made.value;
  };
  const listen = async (...[token, options]: [string, Parameters<typeof openEvents>[2]?]) => {
    const reader = await openEvents(desk, token, options);
    readers.push(reader);
    return reader;
  };
  const heard = (reader: EventReader) => said(reader.events.map(({ data }) => data as unknown as Row)).sort();

  it('says hello with the newest number, then every change as it is committed', async () => {
    const start = await now();
    const reader = await listen(make().token);
    expect(reader.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    await expect.poll(() => reader.text()).toContain(`event: hello\nid: `);
    await caller.post('/api/messages/create', MESSAGE);
    await expect.poll(() => heard(reader)).toEqual(['messages 2 created', 'tickets 1 changed']);
    const all = await feed(`?since=${start}`);
    expect(reader.events.map(({ id, data }) => [id, data])).toEqual(
      all.changes.map((row) => [row.number, row]),
    );
  });

  it('goes on after Last-Event-ID, also with many behind', async () => {
    const start = await now();
    for (let more = 0; more < 250; more++) await caller.post('/api/messages/create', MESSAGE);
    const reader = await listen(make(['messages.read']).token, {
      headers: { 'Last-Event-ID': String(start) },
    });
    await expect.poll(() => reader.events.length, { timeout: 10_000 }).toBe(250);
    const middle = reader.events[100]?.id ?? '';
    const second = await listen(make(['messages.read']).token, { query: `?since=${middle}` });
    await expect.poll(() => second.events.length, { timeout: 10_000 }).toBe(149);
  }, 30_000);

  it('keeps the line alive, and tells how far it came when nothing was for this caller', async () => {
    const reader = await listen(make(['departments.read']).token);
    await caller.post('/api/messages/create', MESSAGE);
    const newest = await now();
    await expect.poll(() => reader.text()).toContain(`: keep-alive\nid: ${newest}\n\n`);
    expect(reader.events).toEqual([]);
  });

  it('ends when the token is switched off, deleted, replaced, or may do something else', async () => {
    const acts = [
      ({ tokenId }: ReturnType<typeof make>) => updateToken(desk.deps, SYSTEM, { tokenId, isActive: false }),
      ({ tokenId }: ReturnType<typeof make>) => deleteToken(desk.deps, SYSTEM, tokenId),
      ({ tokenId }: ReturnType<typeof make>) =>
        regenerateToken(desk.deps, SYSTEM, { tokenId, overlapHours: 0 }),
      ({ tokenId }: ReturnType<typeof make>) =>
        updateToken(desk.deps, SYSTEM, { tokenId, ipList: ['10.0.0.1'] }),
      ({ tokenId }: ReturnType<typeof make>) =>
        updateToken(desk.deps, SYSTEM, { tokenId, permissions: ['departments.read'] }),
    ];
    for (const act of acts) {
      const made = make();
      const reader = await listen(made.token);
      act(made);
      await caller.post('/api/messages/create', MESSAGE);
      await reader.closed;
      expect(reader.events).toEqual([]);
    }
  });

  it('ends when the token expires', async () => {
    const expiresOn = new Date(desk.clock.now() + 24 * 3_600_000).toISOString().slice(0, 10);
    const made = createToken(desk.deps, SYSTEM, {
      name: 'x',
      permissions: [...PERMISSIONS],
      ipList: [],
      expiresOn,
    });
    const reader = await listen(made.ok ? made.value.token : '');
    desk.clock.advance(48 * 3_600_000);
    await reader.closed;
  });

  it('is refused by status: no right to read, nonsense, too many', async () => {
    const { token } = make();
    const refused = async (by: string, options: Parameters<typeof openEvents>[2] = {}) => {
      const reader = await listen(by, options);
      await reader.closed;
      return [reader.response.statusCode, (JSON.parse(reader.text()) as { code?: string }).code];
    };
    expect(await refused(desk.token({ permissions: ['tickets.create'] }))).toEqual([400, undefined]);
    expect(await refused('nobody')).toEqual([400, undefined]);
    expect(await refused(token, { headers: { 'Last-Event-ID': '-1' } })).toEqual([400, 'invalid_input']);
    expect(await refused(token, { headers: { 'Last-Event-ID': '9'.repeat(500) } })).toEqual([
      400,
      'invalid_input',
    ]);
    expect(await refused(token, { query: '?since=99999999' })).toEqual([400, 'since_unknown']);
    const open = await Promise.all([1, 2, 3, 4, 5].map(() => listen(token)));
    expect(await refused(token)).toEqual([429, 'too_many_streams']);
    expect((await listen(make().token)).response.statusCode).toBe(200);
    open[0]?.close();
    await expect.poll(async () => (await listen(token)).response.statusCode).toBe(200);
  });

  it('cuts off who does not read, and holds little for them meanwhile', async () => {
    const { deps } = desk;
    const big = deps.store.db.prepare(
      "INSERT INTO changes (entity, entity_id, change, changed_at) VALUES ('ticket', ?, 'changed', 0)",
    );
    deps.store.db.transaction(() => {
      for (let id = 1000; id < 150_000; id++) big.run(id);
    })();
    const { token } = make();
    await Promise.all([1, 2, 3, 4].map(() => listen(token)));
    const socket = connect(desk.port, '127.0.0.1');
    socket.pause();
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.write(`GET /api/events?since=0 HTTP/1.1\r\nHost: x\r\nToken: ${token}\r\n\r\n`);
    const next = async () => (await listen(token)).response.statusCode;
    await expect.poll(next).toBe(429);
    await expect.poll(next, { timeout: 10_000 }).toBe(200);
    socket.resume();
    await closed;
  }, 30_000);
});
