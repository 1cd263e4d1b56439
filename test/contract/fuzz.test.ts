import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiDesk, openApiDesk } from './support/apiDesk.ts';
import { fillDesk } from './support/caller.ts';
import { multipart, send } from './support/client.ts';
import { SMALL_PNG } from './support/png.ts';

const RUNS = Number(process.env.FUZZ_REQUESTS ?? 2500);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

let desk: ApiDesk;
let tokens: string[];

beforeAll(async () => {
  desk = await openApiDesk({ loginAttempts: 100 });
  await fillDesk(desk);
  tokens = [desk.token(), desk.token(), desk.token({ permissions: [] }), 'x'];
  console.log(`fuzz: ${RUNS} requests, FUZZ_SEED=${seed}`);
});
afterAll(() => desk.close());

const known = (...values: string[]) => fc.constantFrom(...values);
const oddText = fc.oneof(
  known(
    '1',
    '0',
    '-1',
    '1.5',
    '1e999',
    '99999999999999999999',
    'abc',
    '',
    ' ',
    "' OR 1=1 --",
    '1;2',
    '😀',
    '\u0000',
    'null',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const segment = fc.oneof(
  {
    weight: 5,
    arbitrary: known('show', 'create', 'update', 'delete', 'auth', 'new', 'edit', 'remove', '1', '2'),
  },
  { weight: 1, arbitrary: oddText },
);
const path = fc
  .record({
    prefix: known('/api', '/api', '/api', '/index.php/api', '/Api', '//api'),
    resource: fc.oneof(
      { weight: 8, arbitrary: known('users', 'departments', 'tickets', 'messages', 'attachments', 'staff') },
      { weight: 1, arbitrary: oddText },
    ),
    rest: fc.array(segment, { maxLength: 3 }),
    query: fc.option(
      fc.array(
        fc.tuple(
          known(
            'page',
            'status',
            'status_id',
            'user_id',
            'department_id',
            'msg_id',
            'ticket_id',
            'email',
            'username',
            'page[]',
          ),
          oddText,
        ),
        { maxLength: 3 },
      ),
    ),
    isEncoded: fc.boolean(),
  })
  .map(({ prefix, resource, rest, query, isEncoded }) => {
    // Raw text keeps to what a client can put on the wire at all.
    const part = (text: string) =>
      isEncoded ? encodeURIComponent(text.toWellFormed()) : text.replace(/[^!-~]|[?#]/g, '%');
    const search = query?.map(([name, value]) => `${name}=${part(value)}`).join('&');
    return `${[prefix, ...[resource, ...rest].map(part)].join('/')}${search ? `?${search}` : ''}`;
  });

const field = fc.tuple(
  known(
    'fullname',
    'email',
    'new_email',
    'name',
    'private',
    'opener',
    'user_id',
    'staff_id',
    'department_id',
    'subject',
    'body',
    'status',
    'ticket_id',
    'message',
    'replier',
    'close',
    'username',
    'password',
    'ip_address',
    'two_factor',
    'attachment[]',
    '__proto__',
    'constructor',
    'fullname[]',
    'body[a][b]',
  ),
  fc.oneof(oddText, known('user', 'staff', '1', '2', 'a@example.com', '127.0.0.1', '<b>x</b>')),
);
const file = fc.record({
  name: known('attachment[]', 'attachment[0]', 'attachment', 'other', 'attachment[x]'),
  filename: known('a.png', '', '../a.png', 'a.php', 'x'.repeat(300), '😀.png', '..', 'con.txt'),
  content: fc.oneof(
    fc.constant(SMALL_PNG),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  ),
});
const cut = (body: Buffer, share: number) => body.subarray(0, Math.floor(body.length * share));

const body = fc.oneof(
  fc.constant(undefined),
  fc.array(field, { maxLength: 8 }).map((fields) => ({
    contentType: 'application/x-www-form-urlencoded',
    body: Buffer.from(
      new URLSearchParams(fields.map(([name, value]) => [name, value.toWellFormed()])).toString(),
    ),
  })),
  fc
    .oneof(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.array(field).map(Object.fromEntries),
      fc.jsonValue(),
    )
    .map((value: unknown) => ({
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify(value)),
    })),
  fc
    .record({
      fields: fc.array(field, { maxLength: 8 }),
      files: fc.array(file, { maxLength: 5 }),
      share: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    })
    .map(({ fields, files, share }) => {
      const whole = multipart([...fields.map(([name, value]) => ({ name, value })), ...files]);
      return { contentType: whole.contentType, body: cut(whole.body, share) };
    }),
  fc.record({
    contentType: known(
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded; charset=utf-16',
      ';;;',
      'multipart/form-data; boundary=x',
    ),
    body: fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
  }),
);
const request = fc.record({
  method: known('GET', 'POST', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  path,
  token: fc.nat(5),
  sent: body,
});

it('answers whatever it is sent, without a fault and in a known form', async () => {
  const property = fc.asyncProperty(request, async ({ method, path, token, sent }) => {
    const headers = {
      Token: tokens[token] ?? tokens[0] ?? '',
      ...(sent ? { 'Content-Type': sent.contentType } : {}),
    };
    const answer = await send(desk.port, { method, path, headers, ...(sent ? { body: sent.body } : {}) });
    // 501 is the reference's word for an action that is not there.
    expect([200, 303, 400, 413, 415, 501]).toContain(answer.status);
    expect(desk.faults).toEqual([]);
    if (answer.contentType.startsWith('application/json') && method !== 'HEAD') JSON.parse(answer.body);
  });
  await fc.assert(property, { numRuns: RUNS, seed, endOnFailure: true });
}, 240_000);
