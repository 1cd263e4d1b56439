/** What a row of a table shows; times in milliseconds. */
export interface Timing {
  readonly name: string;
  readonly samples: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

export function timingOf(name: string, times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    name,
    samples: sorted.length,
    p50: at(sorted, 0.5),
    p95: at(sorted, 0.95),
    p99: at(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** Runs `work` `samples` times after a short warm-up and times each run. */
export function measure(name: string, samples: number, work: (round: number) => unknown): Timing {
  for (let round = 0; round < 50; round++) work(round);
  const times: number[] = [];
  for (let round = 0; round < samples; round++) {
    const start = performance.now();
    work(round);
    times.push(performance.now() - start);
  }
  return timingOf(name, times);
}

/** The same for work that answers later; one at a time. */
export async function measureAsync(
  name: string,
  samples: number,
  work: (round: number) => Promise<unknown>,
): Promise<Timing> {
  for (let round = 0; round < 20; round++) await work(round);
  const times: number[] = [];
  for (let round = 0; round < samples; round++) {
    const start = performance.now();
    await work(round);
    times.push(performance.now() - start);
  }
  return timingOf(name, times);
}
