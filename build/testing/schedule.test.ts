import { expect, it } from 'vitest';
import { type Job, schedule } from './schedule.ts';

/** Runs jobs of the given weights and records how many places were taken at each start. */
async function record(weights: number[], room: number) {
  let taken = 0;
  const started: number[] = [];
  const jobs = weights.map(
    (weight, index): Job<number> => ({
      name: `job ${index}`,
      weight,
      run: async () => {
        taken += weight;
        started.push(taken);
        await new Promise((resolve) => setImmediate(resolve));
        taken -= weight;
        return index;
      },
    }),
  );
  const ended: number[] = [];
  await schedule(jobs, room, (_job, result) => ended.push(result));
  return { started, ended };
}

it('runs two light jobs at once and a heavy one alone', async () => {
  const { started, ended } = await record([1, 1, 2, 1], 2);
  expect(started).toEqual([1, 2, 2, 1]);
  expect(ended).toEqual([0, 1, 2, 3]);
});

it('stops with the error of a job that breaks', async () => {
  const job: Job<number> = { name: 'broken', weight: 1, run: () => Promise.reject(new Error('broken')) };
  await expect(schedule([job], 2, () => {})).rejects.toThrow('broken');
});
