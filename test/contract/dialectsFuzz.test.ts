import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ApiDesk } from './support/apiDesk.ts';
import { exchange } from './support/client.ts';
import { ADDRESSES, ALL_ON, openDialectDesk, PASSWORD } from './support/dialects.ts';

let desk: ApiDesk;
beforeEach(async () => {
  // One failure closes an account: hashing every guess would take minutes.
  desk = await openDialectDesk({ ...ALL_ON, loginAttempts: 1 });
});
afterEach(() => desk.close());

const RUNS = Number(process.env.FUZZ_REQUESTS ?? 1200);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

it('answers whatever it is sent, without a fault and in a known form', async () => {
  console.log(`fuzz of the dialects: ${RUNS} requests, FUZZ_SEED=${seed}`);

  const text = fc.oneof(
    fc.constantFrom(
      '',
      'ada',
      'nobody',
      PASSWORD,
      'Admin.Login',
      'Admin.Update',
      'Captcha.Get',
      'XML',
      '1',
      '-1',
      'true',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  const name = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.constantFrom(
        'Command',
        'Username',
        'Password',
        'username',
        'password',
        'api_key',
        'token',
        'SessionID',
        'APIKey',
        'AdminID',
        'Name',
        'EmailAddress',
        'ResponseFormat',
        'Captcha',
        'CaptchaID',
        'TfaCode',
        'AdminApiKey',
        '__proto__',
        'constructor',
        'username[]',
      ),
    },
    { weight: 1, arbitrary: text },
  );
  const fields = fc.array(fc.tuple(name, text), { maxLength: 8 });
  const urlencoded = fields.map((pairs) =>
    new URLSearchParams(
      pairs.map(([key, value]): [string, string] => [key.toWellFormed(), value.toWellFormed()]),
    ).toString(),
  );
  const request = fc.record({
    address: fc.constantFrom(
      ...ADDRESSES,
      ['faveo', 'POST', '/api/v1/authenticate/'],
      ['octeth', 'GET', '/api.php'],
    ),
    query: fc.oneof(
      fc.constant(''),
      urlencoded,
      fc.string({ maxLength: 30 }).map((raw) => raw.replace(/[^!-~]|#/g, '%')),
    ),
    type: fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/json',
      'multipart/form-data; boundary=x',
      'text/plain',
      ';;;',
      'multipart/form-data',
    ),
    body: fc.oneof(
      urlencoded.map((sent) => Buffer.from(sent)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
      fields.map((pairs) => Buffer.from(JSON.stringify(Object.fromEntries(pairs)))),
      fields.map((pairs) =>
        Buffer.from(
          `${pairs
            .map(([key, value]) => `--x\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`)
            .join('')}--x--\r\n`,
        ),
      ),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    ),
    accept: fc.constantFrom('*/*', 'application/json', 'text/xml', ''),
    authorization: fc.constantFrom('', 'Bearer', 'Bearer x', 'Basic x', 'Bearer a.b.c'),
  });
  const property = fc.asyncProperty(
    request,
    async ({ address, query, type, body, accept, authorization }) => {
      const [, method, path] = address as (typeof ADDRESSES)[number];
      const headers = { Accept: accept, ...(authorization ? { Authorization: authorization } : {}) };
      const answer = await exchange(desk.port, {
        method,
        path: query === '' ? path : `${path}?${query}`,
        headers: method === 'GET' ? headers : { ...headers, 'Content-Type': type },
        ...(method === 'GET' ? {} : { body }),
      });
      expect([200, 400, 401, 413, 415]).toContain(answer.status);
      expect(desk.faults).toEqual([]);
      if (answer.contentType.startsWith('application/json')) JSON.parse(answer.body);
    },
  );
  await fc.assert(property, { numRuns: RUNS, seed, endOnFailure: true });
}, 240_000);
