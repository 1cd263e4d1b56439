import { type InstallInput, installInput } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { storeError } from '../store/store.ts';
import { type DemoSummary, generateDemo } from './demo/generateDemo.ts';
import { serverOwnedRefusal } from './serverOwned.ts';
import type { Services } from './services.ts';

/** The demo desk everybody sees; `demo --seed` makes others. */
export const DEMO_SEED = 1;

export interface DemoWish {
  readonly tickets: number;
  readonly seed: number;
  /** Somebody works on the desk meanwhile: leave room for them. */
  readonly isDeskInUse: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a demo desk is set up with. */
export function demoInstall(password: string): InstallInput {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const admin = { username: 'demo', name: 'Dana Demo', email: 'demo@staffdesk.example', password };
  return installInput.parse({ siteName: 'Staffdesk demo', timeZone, admin });
}

/** Fills a desk that is set up with believable tickets; administrators see the job. */
export async function fillDemo(
  services: Pick<Services, 'deps' | 'jobs'>,
  wish: DemoWish,
): Promise<Result<DemoSummary>> {
  const { deps, jobs } = services;
  const refusal = serverOwnedRefusal(deps, 'command demo');
  if (refusal) return err(refusal);
  let summary: DemoSummary | null = null;
  const { finished } = jobs.start({
    kind: 'demo',
    label: 'Demo desk',
    startedBy: null,
    run: async ({ signal, progress }) => {
      const onProgress = (done: number, total: number): void => {
        progress(done, total);
        wish.onProgress?.(done, total);
      };
      const { store, files, clock } = deps;
      const { seed, tickets, isDeskInUse } = wish;
      const signals = wish.signal ? AbortSignal.any([signal, wish.signal]) : signal;
      try {
        summary = await generateDemo({
          store,
          files,
          clock,
          seed,
          tickets,
          isDeskInUse,
          onProgress,
          signal: signals,
        });
        return ok(null);
      } catch (error) {
        const known = storeError(error);
        if (!known) throw error;
        return err(known);
      }
    },
  });
  const job = await finished;
  publishFilled(services);
  if (summary) return ok(summary);
  return err(job.error ?? appErrorOf('internal'));
}

/** Everything may have changed: lists are fetched again. */
function publishFilled({ deps }: Pick<Services, 'deps'>): void {
  const departmentIds = deps.store.departments.all().map((department) => department.id);
  deps.events.publish({ type: 'tickets_changed', ticketIds: [], departmentIds, isNew: true });
  for (const what of ['staff', 'customers', 'tags', 'departments'] as const) {
    deps.events.publish({ type: 'desk_changed', what });
  }
}
