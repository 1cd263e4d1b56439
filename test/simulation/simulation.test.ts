import { describe, expect, it } from 'vitest';
import { simulate } from './run.ts';

const RUNS = Number(process.env.SIMULATION_RUNS ?? 200);
const FIRST = Number(process.env.SIMULATION_SEED ?? 1);

describe('offline work and later sync', () => {
  it(`holds its promises in ${RUNS} runs from seed ${FIRST}`, { timeout: 600_000 }, async () => {
    for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
      const problems = await simulate(seed);
      expect(problems, `seed ${seed}`).toEqual([]);
    }
  });
});
