import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteToken, listTokens } from '../../electron/core/services/apiTokens.ts';
import { removeOldRepeats } from '../../electron/core/services/repeats.ts';
import { openApiDesk, SYSTEM, storedFiles } from './support/apiDesk.ts';
import { type Caller, createCaller, fieldParts, MESSAGE, TICKET } from './support/caller.ts';
import { type Answer, multipart, send } from './support/client.ts';
import { eachFilledDesk } from './support/eachDesk.ts';
import { SMALL_PNG } from './support/png.ts';

const DAY = 24 * 3_600_000;

let token: string;
const { desk, caller } = eachFilledDesk();
beforeEach(async () => {
  token = desk.token();
});

const withKey = (key: string, by = token): Caller => createCaller(desk, by, { 'Idempotency-Key': key });
const rows = (table: string): unknown =>
  desk.deps.store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const shown = ({ status, headers, body }: Answer) => ({
  status,
  replayed: headers['idempotency-replayed'],
  body: JSON.parse(body) as unknown,
});
const png = { name: 'attachment[]', filename: 'a.png', content: SMALL_PNG };

const CREATES = [
  ['users', 'customers', { fullname: 'Ann', email: 'ann@example.com' }, { user_id: 2 }],
  ['departments', 'departments', { name: 'Bugs', private: '0' }, { department_id: 4 }],
  ['tickets', 'tickets', TICKET, { ticket_id: 2, message_id: 2, attachment_ids: [] }],
  ['messages', 'messages', MESSAGE, { message_id: 2, attachment_ids: [] }],
] as const;

describe('a create with an Idempotency-Key', () => {
  it.each(CREATES)('%s: the same answer, one effect, with the ids of what was made', async (...row) => {
    const [resource, table, fields, ids] = row;
    const first = shown(await withKey('one').raw.post(`/api/${resource}/create`, fields));
    const count = rows(table);
    const again = shown(await withKey('one').raw.post(`/api/${resource}/create`, fields));
    expect(first).toMatchObject({ status: 200, replayed: undefined, body: { success: 1, ...ids } });
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect(rows(table)).toBe(count);
  });

  it('takes the same request in another encoding, on the bare collection too', async () => {
    const first = shown(await withKey('one').raw.post('/api/tickets/create', TICKET));
    const parts = shown(await withKey('one').raw.postParts('/api/tickets', fieldParts(TICKET)));
    expect(parts).toEqual({ ...first, replayed: 'true' });
  });

  it.each([
    ['another field', '/api/tickets/create', { ...TICKET, subject: 'Other' }],
    ['another call', '/api/messages/create', MESSAGE],
    ['a call that would be refused', '/api/tickets/create', {}],
  ])('refuses the key of another request: %s', async (_what, path, fields) => {
    await withKey('one').post('/api/tickets/create', TICKET);
    const other = shown(await withKey('one').raw.post(path, fields));
    expect(other).toMatchObject({ status: 422, body: { error: 1, code: 'idempotency_key_reused' } });
    expect(rows('tickets')).toBe(2);
  });

  it('counts files: other bytes or another name are another request, and leave nothing behind', async () => {
    const parts = fieldParts(TICKET);
    const first = shown(await withKey('one').raw.postParts('/api/tickets/create', [...parts, png]));
    expect(first.body).toMatchObject({ attachment_ids: [1] });
    expect(shown(await withKey('one').raw.postParts('/api/tickets/create', [...parts, png]))).toEqual({
      ...first,
      replayed: 'true',
    });
    for (const other of [
      { ...png, content: Buffer.concat([SMALL_PNG, Buffer.from('x')]) },
      { ...png, filename: 'b.png' },
    ]) {
      const refused = await withKey('one').raw.postParts('/api/tickets/create', [...parts, other]);
      expect(refused.status).toBe(422);
    }
    expect(storedFiles(desk)).toHaveLength(1);
    expect(rows('attachments')).toBe(1);
  });

  it('belongs to its token', async () => {
    await withKey('one').post('/api/tickets/create', TICKET);
    const other = shown(await withKey('one', desk.token()).raw.post('/api/tickets/create', TICKET));
    expect(other).toMatchObject({ replayed: undefined, body: { ticket_id: 3 } });
  });

  it('does not remember what was refused', async () => {
    const refused = await withKey('one').post('/api/tickets/create', { ...TICKET, subject: '' });
    expect(refused).toEqual({ error: 1, message: 'Subject is missing.' });
    expect(await withKey('one').post('/api/tickets/create', TICKET)).toMatchObject({ ticket_id: 2 });
  });

  it('answers the same when the thing has been deleted since', async () => {
    const first = await withKey('one').post('/api/tickets/create', TICKET);
    await caller.post('/api/tickets/delete/2');
    await caller.post('/api/users/delete/1');
    expect(await withKey('one').post('/api/tickets/create', TICKET)).toEqual(first);
  });

  it('has one effect when ten come at once', async () => {
    const { body, contentType } = multipart([...fieldParts(TICKET), png]);
    const headers = { Token: token, 'Idempotency-Key': 'one', 'Content-Type': contentType };
    const request = { method: 'POST', path: '/api/tickets/create', headers, body };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(desk.port, request)));
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    expect(rows('tickets')).toBe(2);
    expect(rows('attachments')).toBe(1);
    expect(storedFiles(desk)).toHaveLength(1);
  });

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(201)],
    ['not ASCII', 'schl\u00fcssel'],
  ])('refuses a key that is %s, before anything happens', async (_what, key) => {
    const answer = shown(await withKey(key).raw.post('/api/tickets/create', TICKET));
    expect(answer).toMatchObject({ status: 400, body: { error: 1, code: 'idempotency_key_invalid' } });
    expect(rows('tickets')).toBe(1);
  });

  it('is kept for 30 days, then forgotten', async () => {
    const { deps } = desk;
    await withKey('one').post('/api/tickets/create', TICKET);
    desk.clock.advance(30 * DAY - 60_000);
    await removeOldRepeats(deps);
    expect(await withKey('one').post('/api/tickets/create', TICKET)).toMatchObject({ ticket_id: 2 });
    desk.clock.advance(60_001);
    expect(await withKey('one').post('/api/tickets/create', TICKET)).toMatchObject({ ticket_id: 3 });
    desk.clock.advance(31 * DAY);
    await removeOldRepeats(deps);
    expect(rows('api_repeats')).toBe(0);
  });

  it('goes with its token, and holds nothing that can be read', async () => {
    await withKey('ann@example.com').post('/api/users/create', { fullname: 'Ann', email: 'ann@example.com' });
    const stored = JSON.stringify(desk.deps.store.db.prepare('SELECT * FROM api_repeats').all());
    expect(stored).not.toMatch(/ann/i);
    const last = listTokens(desk.deps).at(-1);
    if (last) deleteToken(desk.deps, SYSTEM, last.id);
    expect(rows('api_repeats')).toBe(0);
  });
});

describe('a create with an Idempotency-Key whose process is killed', () => {
  const entry = join(import.meta.dirname, 'support', 'killedDesk.ts');

  /** Sends the request to a fresh process over the folder; undefined when that died without an answer. */
  async function sendTo(folder: string, place: string): Promise<Answer | undefined> {
    const child = spawn(process.execPath, [entry, folder, place], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const { body, contentType } = multipart([...fieldParts(TICKET), png]);
      const headers = { Token: token, 'Idempotency-Key': 'one', 'Content-Type': contentType };
      return await send(Number(line), { method: 'POST', path: '/api/tickets/create', headers, body });
    } catch {
      return undefined;
    } finally {
      child.kill('SIGKILL');
      await exit;
    }
  }

  it.each(['before the key is written', 'after the key is written', 'after the commit'])(
    '%s: sent again it has one effect',
    async (place) => {
      const folder = mkdtempSync(join(tmpdir(), 'staffdesk-killed-'));
      desk.deps.store.db.prepare('VACUUM INTO ?').run(join(folder, 'desk.db'));
      try {
        expect(await sendTo(folder, place)).toBeUndefined();
        const answer = await sendTo(folder, '');
        expect(answer && JSON.parse(answer.body)).toMatchObject({ ticket_id: 2, message_id: 2 });
        expect(answer?.headers['idempotency-replayed']).toBe(
          place === 'after the commit' ? 'true' : undefined,
        );
        const reopened = await openApiDesk({}, { folder });
        expect(await createCaller(reopened, token).get('/api/tickets')).toMatchObject({ total_tickets: 2 });
        await reopened.close();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    60_000,
  );
});

describe('ids of what was created', () => {
  const asked = () => createCaller(desk, token, { 'X-Staffdesk': '1' });

  it('are not sent to whoever does not ask', async () => {
    expect(Object.keys(await caller.post('/api/tickets/create', TICKET))).toEqual([
      'success',
      'ticket_id',
      'message',
    ]);
    expect(Object.keys(await caller.post('/api/messages/create', MESSAGE))).toEqual(['success', 'message']);
  });

  it('are all there with X-Staffdesk: 1', async () => {
    const made = await asked().postParts('/api/tickets/create', [...fieldParts(TICKET), png]);
    expect(made).toEqual({
      success: 1,
      ticket_id: 2,
      message: 'Ticket was created.',
      message_id: 2,
      attachment_ids: [1],
    });
    expect(await asked().postParts('/api/messages/create', [...fieldParts(MESSAGE), png, png])).toEqual({
      success: 1,
      message: 'Message was created and added to ticket.',
      message_id: 3,
      attachment_ids: [2, 3],
    });
  });
});
