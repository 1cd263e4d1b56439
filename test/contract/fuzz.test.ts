import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { API_CALLS } from '../../electron/core/api/openapi/calls.ts';
import { type FuzzDesk, openFuzzDesk } from './support/fuzzDesk.ts';
import { type FuzzRequest, fuzzRequest } from './support/fuzzRequests.ts';

const RUNS = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Answers that hold everything get longer and longer: a fresh desk after so many. */
const DESK_REQUESTS = 2000;

let fuzz: FuzzDesk | undefined;
let sentHere = 0;
const answered = new Set<string>();
afterAll(() => fuzz?.close());

async function closeDesk(): Promise<void> {
  expect(fuzz?.unsound() ?? []).toEqual([]);
  await fuzz?.close();
  fuzz = undefined;
  sentHere = 0;
}

async function check(request: FuzzRequest): Promise<void> {
  if (sentHere === DESK_REQUESTS) await closeDesk();
  fuzz ??= await openFuzzDesk();
  sentHere += 1;
  expect(await fuzz.send(request)).toEqual([]);
  answered.add(request.call);
}

it(
  'answers whatever it is sent as its document says, and its data stays sound',
  async () => {
    console.log(`fuzz: ${RUNS} requests, seed ${seed}: npm run fuzz -- --requests ${RUNS} --seed ${seed}`);
    const startedAt = performance.now();
    await fc.assert(fc.asyncProperty(fuzzRequest, check), { numRuns: RUNS, seed, endOnFailure: true });
    await closeDesk();
    expect([...answered].sort()).toEqual(API_CALLS.map(({ id }) => id).sort());
    console.log(`fuzz: all answered, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  },
  Math.max(600_000, RUNS * 50),
);
