import type { ServiceDeps } from './context.ts';

const HOUR_MS = 3_600_000;

/** An open ticket whose newest message is older than this is overdue. */
export function overdueBefore(deps: ServiceDeps): number {
  return deps.clock.now() - deps.store.settings.get().overdueHours * HOUR_MS;
}
