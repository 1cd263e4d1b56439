export type Job<T> = {
  name: string;
  /** How many of the machine's places it takes; a job that takes all runs alone. */
  weight: number;
  run: () => Promise<T>;
};

/** Starts the jobs in their order, as many at once as have room, and reports each as it ends. */
export async function schedule<T>(
  jobs: Job<T>[],
  room: number,
  onEnd: (job: Job<T>, result: T, ms: number) => void,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let free = room;
  for (const job of jobs) {
    const weight = Math.min(job.weight, room);
    while (free < weight) await Promise.race(running);
    free -= weight;
    const started = performance.now();
    const task: Promise<void> = job
      .run()
      .then((result) => onEnd(job, result, performance.now() - started))
      .finally(() => {
        free += weight;
        running.delete(task);
      });
    running.add(task);
  }
  await Promise.all(running);
}
