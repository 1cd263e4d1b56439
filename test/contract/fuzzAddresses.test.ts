import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_CALLS } from '../../electron/core/api/openapi/calls.ts';
import { type ApiDesk, openApiDesk } from './support/apiDesk.ts';
import { fillDesk } from './support/caller.ts';
import { send } from './support/client.ts';
import { isStream } from './support/fuzzRequests.ts';
import { oddText } from './support/fuzzValues.ts';

const RUNS = 1500;
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

let desk: ApiDesk;
let tokens: string[];
beforeAll(async () => {
  desk = await openApiDesk();
  await fillDesk(desk);
  tokens = [desk.token(), desk.token(), desk.token({ permissions: [] }), 'x'];
});
afterAll(() => desk.close());

const known = (...values: string[]) => fc.constantFrom(...values);
const CALLS = API_CALLS.filter((call) => !isStream(call));
const words = [...new Set(CALLS.flatMap(({ path }) => path.split('/').slice(2)))];
const segment = fc.oneof(
  { weight: 5, arbitrary: known(...words, 'new', 'edit', 'remove', '1', '2', '..', '.') },
  { weight: 1, arbitrary: oddText },
);
const address = fc
  .record({
    prefix: known('/api', '/api', '/api', '/index.php/api', '/Api', '//api', ''),
    segments: fc.array(segment, { minLength: 1, maxLength: 4 }),
    query: fc.option(fc.tuple(known('page', 'page[]', 'status', 'email', 'msg_id', '__proto__'), oddText)),
    isEncoded: fc.boolean(),
  })
  .map(({ prefix, segments, query, isEncoded }) => {
    // Raw text keeps to what a client can put on the wire at all.
    const part = (text: string) =>
      isEncoded ? encodeURIComponent(text.toWellFormed()) : text.replace(/[^!-~]|[?#]/g, '%');
    const search = query ? `?${query[0]}=${part(query[1])}` : '';
    return `${[prefix, ...segments.map(part)].join('/')}${search}`;
  });
const request = fc.record({
  method: known('GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  path: address,
  token: fc.nat(5),
});

it('answers every address over a real socket, however it is written', async () => {
  console.log(`fuzz: ${RUNS} addresses, FUZZ_SEED=${seed}`);
  const property = fc.asyncProperty(request, async ({ method, path, token }) => {
    const headers = { Token: tokens[token] ?? tokens[0] ?? '' };
    const { status } = await send(desk.port, { method, path, headers });
    // 501 is the reference's word for an action that is not there.
    expect(status === 501 || status < 500).toBe(true);
    expect(desk.faults).toEqual([]);
  });
  await fc.assert(property, { numRuns: RUNS, seed, endOnFailure: true });
}, 240_000);
