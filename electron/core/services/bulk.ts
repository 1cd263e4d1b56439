import type { Result } from '../../../shared/util/result.ts';
import { ok } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import type { Services } from './services.ts';
import type { SlicedRun } from './sliced.ts';

/** Below this a change is done before anyone could look at its progress. */
const WORTH_WATCHING = 200;

/**
 * Runs a change of many tickets as a job, which can be followed and cancelled; a small one directly.
 * A cancelled change keeps what it did and answers how much that is: undo takes the group back as a whole.
 */
export async function runBulk<T>(
  services: Pick<Services, 'jobs'>,
  actor: Actor,
  label: string,
  count: number,
  change: (run?: SlicedRun) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (count < WORTH_WATCHING) return change();
  return new Promise((resolve, reject) => {
    const { finished } = services.jobs.start({
      kind: 'bulk_update',
      label,
      startedBy: actor.kind === 'staff' ? actor.staffId : null,
      run: async (run) => {
        const result = await change(run);
        resolve(result);
        return result.ok ? ok(null) : result;
      },
    });
    // A job that threw has logged it; the caller still needs an answer.
    finished.then(() => reject(new Error('the change ended without a result')), reject);
  });
}
