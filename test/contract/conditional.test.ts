import { beforeEach, describe, expect, it } from 'vitest';
import { type Caller, createCaller, fieldParts, MESSAGE } from './support/caller.ts';
import { eachFilledDesk } from './support/eachDesk.ts';
import { SMALL_PNG } from './support/png.ts';

let token: string;
const { desk, caller } = eachFilledDesk();
beforeEach(async () => {
  token = desk.token();
  await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), png]);
});

const png = { name: 'attachment[]', filename: 'a.png', content: SMALL_PNG };
const asking = (headers: Record<string, string>): Caller => createCaller(desk, token, headers);
const tagOf = async (path: string): Promise<string> => String((await caller.raw.get(path)).headers.etag);

const READS = [
  'users',
  'users?email=john@example.com',
  'users/show/1',
  'departments',
  'departments/show/1',
  'tickets',
  'tickets?status=3',
  'tickets/show/1',
  'messages/show/1',
  'attachments',
  'attachments?msg_id=2',
  'attachments/show/1',
  'attachments/download/1',
  'staff',
  'staff/show/1',
  'changes?since=0',
].map((path) => `/api/${path}`);

describe('ETag and If-None-Match', () => {
  it.each(READS)('%s: 304 while nothing changed, weakly or in a list, and never the body', async (path) => {
    const tag = await tagOf(path);
    expect(tag).toMatch(/^(W\/)?"[\w-]+"$/);
    for (const known of [tag, `W/${tag.replace(/^W\//, '')}`, `"other", ${tag}`, '*']) {
      const answer = await asking({ 'If-None-Match': known }).raw.get(path);
      expect([answer.status, answer.body, answer.headers.etag]).toEqual([304, '', tag]);
    }
    for (const other of ['"other"', '', ',,,', tag.slice(0, -2), `"${'x'.repeat(5000)}"`]) {
      expect((await asking({ 'If-None-Match': other }).raw.get(path)).status).toBe(200);
    }
  });

  it.each<[string, () => Promise<unknown>, string[]]>([
    [
      'a message',
      () => caller.post('/api/messages/create', MESSAGE),
      ['tickets', 'tickets/show/1', 'messages/show/1'],
    ],
    ['a status', () => caller.post('/api/tickets/update/1', { status: '4' }), ['tickets', 'tickets/show/1']],
    [
      'an address',
      () => caller.post('/api/users/update/1', { new_email: 'a@b.example' }),
      ['users', 'users/show/1'],
    ],
    [
      'a name that other rows show',
      () => caller.post('/api/departments/update/1', { name: 'X', private: '0' }),
      ['departments', 'departments/show/1', 'tickets', 'tickets/show/1'],
    ],
    [
      'a deleted file',
      () => caller.post('/api/attachments/delete/1'),
      ['attachments', 'attachments?msg_id=2'],
    ],
  ])('changes with %s', async (_what, act, paths) => {
    const before = await Promise.all(paths.map((path) => tagOf(`/api/${path}`)));
    await act();
    for (const [index, path] of paths.entries()) {
      const answer = await asking({ 'If-None-Match': before[index] ?? '' }).raw.get(`/api/${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });

  it('is on no refusal, and tells nothing to who may not read', async () => {
    const tag = await tagOf('/api/tickets/show/1');
    expect(await tagOf('/api/tickets/show/9')).toBe('undefined');
    const stranger = createCaller(desk, desk.token({ permissions: [] }), { 'If-None-Match': tag });
    expect((await stranger.raw.get('/api/tickets/show/1')).status).toBe(400);
    expect((await createCaller(desk, 'x', { 'If-None-Match': '*' }).raw.get('/api/tickets')).status).toBe(
      400,
    );
  });
});

const CHANGES = [
  ['tickets/update/1', 'tickets/show/1', { status: '4' }],
  ['users/update/1', 'users/show/1', { new_email: 'a@b.example' }],
  ['departments/update/1', 'departments/show/1', { name: 'X', private: '0' }],
  ['tickets/delete/1', 'tickets/show/1', {}],
  ['users/delete/1', 'users/show/1', {}],
  ['departments/delete/1', 'departments/show/1', {}],
] as const;

describe('If-Match', () => {
  it.each(CHANGES)('%s goes through when nobody changed it meanwhile', async (path, show, fields) => {
    const tag = await tagOf(`/api/${show}`);
    expect(await asking({ 'If-Match': `"other", ${tag}` }).post(`/api/${path}`, fields)).toMatchObject({
      success: 1,
    });
  });

  it.each(CHANGES)('%s is 412 with the tag of what it is now', async (path, show, fields) => {
    const tag = await tagOf(`/api/${show}`);
    for (const wrong of ['"other"', `W/${tag}`, '', 'x'.repeat(5000)]) {
      const answer = await asking({ 'If-Match': wrong }).raw.post(`/api/${path}`, fields);
      expect([answer.status, answer.headers.etag]).toEqual([412, tag]);
      expect(JSON.parse(answer.body)).toMatchObject({ error: 1, code: 'precondition_failed' });
    }
    expect(await tagOf(`/api/${show}`)).toBe(tag);
  });

  it('lets one of two at once win', async () => {
    const tag = await tagOf('/api/tickets/show/1');
    const answers = await Promise.all(
      ['2', '4', '5'].map((status) =>
        asking({ 'If-Match': tag }).raw.post('/api/tickets/update/1', { status }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412, 412]);
  });

  it('* is anything that is there', async () => {
    expect(await asking({ 'If-Match': '*' }).post('/api/tickets/update/1', { status: '4' })).toMatchObject({
      success: 1,
    });
    expect(await asking({ 'If-Match': '*' }).post('/api/tickets/update/9', { status: '4' })).toEqual({
      error: 1,
      message: 'Ticket not found.',
    });
  });
});

describe('GET /api/attachments/download/N', () => {
  const path = '/api/attachments/download/1';
  const size = SMALL_PNG.length;

  it('is the file, as a download of unknown bytes', async () => {
    const name = 'a "b"\r\nSet-Cookie: x\u00e9.png';
    desk.deps.store.db.prepare('UPDATE attachments SET name = ?').run(name);
    const { status, headers, bytes } = await caller.raw.get(path);
    expect(status).toBe(200);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-disposition': expect.stringMatching(/^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''/),
    });
    expect(bytes.equals(SMALL_PNG)).toBe(true);
  });

  it.each([
    ['bytes=0-3', 0, 3],
    ['bytes=4-', 4, size - 1],
    ['bytes=-5', size - 5, size - 1],
    ['bytes=0-99999', 0, size - 1],
  ])('%s', async (range, start, end) => {
    const { status, headers, bytes } = await asking({ Range: range }).raw.get(path);
    expect([status, headers['content-range']]).toEqual([206, `bytes ${start}-${end}/${size}`]);
    expect(bytes).toEqual(SMALL_PNG.subarray(start, end + 1));
  });

  it('a range outside of it: 416; nonsense and several: the whole file', async () => {
    const outside = await asking({ Range: `bytes=${size}-` }).raw.get(path);
    expect([outside.status, outside.headers['content-range']]).toEqual([416, `bytes */${size}`]);
    expect(JSON.parse(outside.body)).toMatchObject({ error: 1, code: 'invalid_input', field: 'Range' });
    for (const range of ['bytes=5-2', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=a-b', 'bytes=-'])
      expect((await asking({ Range: range }).raw.get(path)).status).toBe(200);
  });

  it('If-Range: a part of the same file, or all of another', async () => {
    const tag = await tagOf(path);
    expect((await asking({ Range: 'bytes=0-1', 'If-Range': tag }).raw.get(path)).status).toBe(206);
    expect((await asking({ Range: 'bytes=0-1', 'If-Range': '"other"' }).raw.get(path)).status).toBe(200);
  });

  it('has HTTP’s own status when there is nothing, and needs its permission', async () => {
    for (const id of ['9', 'abc', '1e99', '../1', '%00'])
      expect((await caller.raw.get(`/api/attachments/download/${id}`)).status, id).toBe(404);
    const row = desk.deps.store.db.prepare('SELECT sha256 FROM attachments').pluck().get();
    await desk.deps.files.remove(String(row));
    const gone = await caller.raw.get(path);
    expect([gone.status, JSON.parse(gone.body)]).toMatchObject([410, { error: 1 }]);
    const reader = createCaller(desk, desk.token({ permissions: ['attachments.read'] }));
    expect((await reader.raw.get(path)).status).toBe(400);
  });
});
