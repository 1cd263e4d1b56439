import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiDesk, openApiDesk, storedFiles } from './support/apiDesk.ts';
import { type Caller, fieldParts, fillDesk, TICKET } from './support/caller.ts';
import { multipart, send } from './support/client.ts';
import { pngOf, SMALL_PNG } from './support/png.ts';

let desk: ApiDesk;
let caller: Caller;
let token: string;

beforeAll(async () => {
  desk = await openApiDesk({}, { bodyStallMs: 1500 });
  caller = await fillDesk(desk);
  token = desk.token();
});
afterAll(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

let before: unknown;
const state = () => [
  desk.deps.store.db.prepare('SELECT count(*), max(updated_at) FROM tickets').all(),
  desk.deps.store.db.prepare('SELECT count(*) FROM messages').all(),
  desk.deps.store.db.prepare('SELECT count(*) FROM customers').all(),
  storedFiles(desk),
];
beforeEach(() => {
  before = state();
});

const PICTURE = { name: 'attachment[]', filename: 'a.png', content: SMALL_PNG };
const post = (
  body: Buffer,
  contentType: string,
  path = '/api/tickets/create',
  more: Record<string, string> = {},
) =>
  send(desk.port, {
    method: 'POST',
    path,
    headers: { Token: token, 'Content-Type': contentType, ...more },
    body,
  });

const unreadable = { error: 1, message: 'The request could not be read.' };

describe('a body that can’t be read', () => {
  const whole = multipart([...fieldParts(TICKET), PICTURE]);

  it('is refused at every place where it may be cut off, and nothing is stored', async () => {
    const answers = new Set<string>();
    for (let end = 1; end < whole.body.length - 4; end += 7) {
      const answer = await post(whole.body.subarray(0, end), whole.contentType);
      answers.add(`${answer.status} ${answer.body}`);
    }
    expect([...answers]).toEqual([`400 ${JSON.stringify(unreadable)}`]);
    expect(state()).toEqual(before);
  });

  it.each([
    ['multipart without a boundary', 'multipart/form-data', whole.body],
    ['multipart with another boundary', 'multipart/form-data; boundary=other', whole.body],
    ['text as multipart', 'multipart/form-data; boundary=x', Buffer.from('hello')],
    ['broken JSON', 'application/json', Buffer.from('{"opener":')],
    ['a JSON list', 'application/json', Buffer.from('[1]')],
    ['JSON null', 'application/json', Buffer.from('null')],
    ['deep JSON', 'application/json', Buffer.from('['.repeat(200_000))],
  ])('%s: 400', async (_what, contentType, body) => {
    const answer = await post(body, contentType);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([400, unreadable]);
    expect(state()).toEqual(before);
  });

  it.each([
    ['application/xml', {}],
    ['text/plain', {}],
    ['application/json', { 'Content-Encoding': 'gzip' }],
  ])('%s %j: 415, and what to send', async (contentType, headers) => {
    const answer = await post(Buffer.from('{}'), contentType, '/api/tickets/update/1', headers);
    expect(answer.status).toBe(415);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 1, message: expect.stringMatching(/: send it /) });
  });

  it('a content type that is none: 415', async () => {
    const answer = await post(Buffer.from('x'), ';;;');
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([415, { error: 1 }]);
  });

  it('is dropped when the caller goes away half-way: no temporary file stays', async () => {
    const socket = connect(desk.port, '127.0.0.1');
    const head = `POST /api/tickets/create HTTP/1.1\r\nHost: x\r\nToken: ${token}\r\nContent-Type: ${whole.contentType}\r\nContent-Length: 900000\r\n\r\n`;
    socket.write(head);
    socket.write(whole.body.subarray(0, whole.body.length - 60));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.destroy();
    await gone;
    await expect.poll(() => state()).toEqual(before);
  });
});

describe('a body that stalls', () => {
  it('is given up with its connection, and nothing is stored', async () => {
    const { body, contentType } = multipart([...fieldParts(TICKET), PICTURE]);
    const socket = connect(desk.port, '127.0.0.1');
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.write(
      `POST /api/tickets/create HTTP/1.1\r\nHost: x\r\nToken: ${token}\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    socket.write(body.subarray(0, body.length - 60));
    await gone;
    await expect.poll(() => state()).toEqual(before);
  });
});

describe('a body that is too large', () => {
  const tooLarge = {
    error: 1,
    message: 'The request is too large. Send files of at most 2.5 MB and texts of at most 8 MB.',
  };

  it('100 MB in a file: refused, announced or not', async () => {
    const { body, contentType } = multipart([
      ...fieldParts(TICKET),
      { name: 'attachment[]', filename: 'big.png', content: pngOf(100 * 1024 * 1024) },
    ]);
    const announced = await post(body, contentType);
    expect([announced.status, JSON.parse(announced.body)]).toEqual([413, tooLarge]);
    const chunked = await sendChunked(body, contentType);
    expect(chunked).toContain('HTTP/1.1 413');
    expect(chunked).toContain(tooLarge.message);
    await expect.poll(() => state()).toEqual(before);
  });

  it('100 MB of text, as a form and as JSON: refused', async () => {
    const huge = Buffer.alloc(100 * 1024 * 1024, 'x');
    for (const contentType of ['application/x-www-form-urlencoded', 'application/json']) {
      const answer = await post(huge, contentType);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([413, tooLarge]);
    }
    expect(state()).toEqual(before);
  });

  it('a message of more than 8 MB: refused', async () => {
    const fields = { ...TICKET, body: 'x'.repeat(8 * 1024 * 1024 + 1) };
    const form = await caller.raw.post('/api/tickets/create', fields);
    const parts = await caller.raw.postParts('/api/tickets/create', fieldParts(fields));
    expect([form.status, parts.status]).toEqual([413, 413]);
    expect(state()).toEqual(before);
  });

  it('100 MB without a token: refused for the token, unread', async () => {
    const huge = Buffer.alloc(100 * 1024 * 1024, 'x');
    const answer = await send(desk.port, {
      method: 'POST',
      path: '/api/tickets/create',
      headers: { 'Content-Type': 'application/json' },
      body: huge,
    });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      { error: 1, message: 'Invalid authentication.' },
    ]);
  });
});

function sendChunked(body: Buffer, contentType: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(desk.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (answer.includes('}')) {
        socket.destroy();
        resolve(answer);
      }
    });
    socket.on('error', reject);
    socket.write(
      `POST /api/tickets/create HTTP/1.1\r\nHost: x\r\nToken: ${token}\r\nContent-Type: ${contentType}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    socket.write(`${body.length.toString(16)}\r\n`);
    socket.write(body);
    socket.write('\r\n0\r\n\r\n');
  });
}
