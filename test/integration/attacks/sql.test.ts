import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTicket } from '../../../electron/core/services/ticketWriter.ts';
import type { ApiDesk } from '../../contract/support/apiDesk.ts';
import { exchange } from '../../contract/support/client.ts';
import { ALL_ON, openDialectDesk, post } from '../../contract/support/dialects.ts';
import { type AppServer, startAppServer } from '../../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../../support/testDesk.ts';

/** Words that would change a statement which they became part of. */
const PAYLOADS = [
  `' OR '1'='1`,
  `1 OR 1=1`,
  `1); DROP TABLE tickets; --`,
  `'; DELETE FROM staff; --`,
  `" OR ""="`,
  `x' UNION SELECT password_hash FROM staff --`,
  `1 UNION SELECT 1,password_hash,3,4 FROM staff`,
  `%' OR subject LIKE '%`,
  `_%`,
  `\\' OR 1=1 --`,
  `id DESC; DROP TABLE staff`,
  `(SELECT password_hash FROM staff)`,
  // The words of FTS5.
  `" OR "`,
  `subject:"x" OR *`,
  `NEAR(a b)`,
  `a* NOT b`,
  `{subject} : x`,
  `^x`,
  `-x`,
  `\u0000' OR 1=1`,
];

const marker = 'needle';

describe('the API', () => {
  let desk: ApiDesk;
  let headers: { Token: string };
  beforeAll(async () => {
    desk = await openDialectDesk(ALL_ON);
    headers = { Token: desk.token() };
    const customerId = desk.deps.store.customers.insert({ name: marker, email: 'n@acme.example', now: 1 });
    const [departmentId] = desk.deps.store.departments.all().map(({ id }) => id);
    if (!departmentId) throw new Error('no department');
    const made = createTicket(
      desk.deps,
      { kind: 'system', name: 'test' },
      {
        customerId,
        departmentId,
        subject: marker,
        bodyHtml: marker,
        author: { kind: 'customer' },
        source: 'api',
      },
    );
    if (!made.ok) throw new Error(made.error.code);
  });
  afterAll(async () => {
    expect(desk.faults).toEqual([]);
    await desk.close();
  });
  const counts = () =>
    ['tickets', 'messages', 'customers', 'departments', 'staff', 'api_tokens'].map((table) =>
      desk.deps.store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
  const get = (path: string) => exchange(desk.port, { method: 'GET', path, headers });

  it('finds nothing and breaks nothing by a filter', async () => {
    const before = counts();
    for (const payload of PAYLOADS) {
      const value = encodeURIComponent(payload);
      for (const path of [
        'users?email=',
        'staff?username=',
        'staff?email=',
        'tickets?sort=',
        'changes?since=',
        'attachments/show/',
        'users/show/',
        'tickets/show/',
        'messages/',
      ]) {
        const { status, body } = await get(`/api/${path}${value}`);
        expect([path, payload, status < 500, body.includes('$argon2')]).toEqual([path, payload, true, false]);
        // Of an id only its number counts, as in the reference: `1 OR 1=1` is 1.
        if (/email=|username=|show/.test(path) && !/show.*1$/.test(path + Number.parseInt(payload, 10)))
          expect([path, payload, body.includes(marker)]).toEqual([path, payload, false]);
      }
    }
    expect(counts()).toEqual(before);
  });

  it('signs nobody in by a name', async () => {
    for (const payload of PAYLOADS) {
      for (const [path, form] of [
        ['/api/staff/auth', { username: payload, password: payload, ip_address: '192.0.2.1' }],
        ['/api.php', { Command: 'Admin.Login', Username: payload, Password: payload }],
        ['/api/auth/authenticate', { username: payload, password: payload }],
        ['/api/v1/authenticate', { username: payload, password: payload }],
      ] as const) {
        const { status, body } = await post(desk, path, { headers, form });
        expect(status).toBeLessThan(500);
        expect(body).not.toMatch(/"success":(1|true)|SessionID|"token":"\w|argon2/);
      }
    }
    expect(desk.deps.store.db.prepare('SELECT count(*) FROM staff_sessions').pluck().get()).toBe(0);
  });

  it('opens to no token of that kind', async () => {
    for (const payload of PAYLOADS.filter((text) => !text.includes('\u0000'))) {
      const Token = payload;
      const { status, body } = await exchange(desk.port, {
        method: 'GET',
        path: '/api/users',
        headers: { Token },
      });
      expect([payload, status, body.includes(marker)]).toEqual([payload, 400, false]);
    }
  });

  it('keeps the words as they are where they are somebody’s words', async () => {
    for (const [n, payload] of PAYLOADS.entries()) {
      const { body } = await post(desk, '/api/users/create', {
        headers,
        form: { fullname: payload, email: `p${n}@acme.example` },
      });
      expect(body).toContain('"success":1');
    }
    const kept = desk.deps.store.db
      .prepare("SELECT name FROM customers WHERE email LIKE 'p%@acme.example' ORDER BY id")
      .pluck()
      .all();
    expect(kept.map((name) => String(name).replaceAll('\u0000', ''))).toEqual(
      PAYLOADS.map((text) => text.replaceAll('\u0000', '').trim()),
    );
  });
});

describe('the window', () => {
  let desk: TestDesk;
  let server: AppServer;
  beforeAll(async () => {
    desk = openTestDesk();
    server = await startAppServer(desk);
    const [departmentId] = desk.departments;
    const made = createTicket(
      desk.deps,
      { kind: 'system', name: 'test' },
      {
        customerId: desk.customer,
        departmentId,
        subject: marker,
        bodyHtml: marker,
        author: { kind: 'customer' },
        source: 'api',
      },
    );
    if (!made.ok) throw new Error(made.error.code);
    await server.signIn();
  });
  afterAll(async () => {
    await server.close();
    desk.close();
  });
  const read = (path: string, input: unknown) => server.call(path, input, { method: 'GET' });

  it('searches for the words and never with them', async () => {
    expect(JSON.stringify(await read('search.query', { text: marker }))).toContain(marker);
    for (const text of PAYLOADS) {
      for (const call of ['search.query', 'search.suggest', 'customers.search']) {
        const found = JSON.stringify(await read(call, { text }));
        expect([call, text, found]).toEqual([
          call,
          text,
          expect.not.stringMatching(/needle|internal|argon2/),
        ]);
      }
    }
  });

  it('takes no statement for an id, an order or a state', async () => {
    for (const payload of PAYLOADS) {
      const inputs = {
        'tickets.get': { ticketId: payload },
        'queues.page': { queue: { kind: payload } },
        'queues.rows': { ticketIds: [payload] },
        'customers.get': { customerId: payload },
        'drafts.get': { ticketId: payload, kind: payload },
        'staff.sessions': { staffId: payload },
      };
      for (const [call, input] of Object.entries(inputs)) {
        expect([call, payload, await read(call, input)]).toEqual([call, payload, 'invalid_input']);
      }
      expect(await server.call('profile.endSession', { sessionId: payload })).toMatch(
        /^(not_found|invalid_input)$/,
      );
      expect(await server.call('security.release', { key: payload })).toBe('not_found');
      expect(await server.call('tickets.undo', { groupId: payload })).toMatch(
        /^(cannot_undo|invalid_input)$/,
      );
    }
    expect(await read('session.me', undefined)).toMatchObject({ viewer: { staff: { username: 'ada' } } });
  });
});
