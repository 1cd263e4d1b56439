import { expect, it } from 'vitest';
import { simulate } from './run.ts';

const RUNS = Number(process.env.SIMULATION_RUNS ?? 5000);
const FIRST = Number(process.env.SIMULATION_SEED ?? 1);
/** A run takes 40 ms of processor; a busy machine is no failure. */
const PATIENCE_MS = 3_600_000;

/** Every second seed of the range, so that two workers share it. */
export function holdsItsPromises(isEven: boolean): void {
  const seeds = Array.from({ length: RUNS }, (_, index) => FIRST + index).filter(
    (seed) => (seed % 2 === 0) === isEven,
  );
  const range = `${isEven ? 'even' : 'odd'} seeds from ${FIRST} to ${FIRST + RUNS - 1}`;
  it(`holds its promises: ${seeds.length} runs, ${range}`, { timeout: PATIENCE_MS }, async () => {
    for (const seed of seeds) {
      const problems = await simulate(seed);
      expect(problems, `again with: npm run simulate -- --runs 1 --seed ${seed}`).toEqual([]);
    }
  });
}
