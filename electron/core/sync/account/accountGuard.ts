import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { ok } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { noCounts } from '../context.ts';
import type { SyncEngine, SyncSummary } from '../engine.ts';
import type { Remote } from '../remote.ts';

/** How often the remote is asked while everything goes well; after a run that failed it is asked at once. */
const ASK_EVERY_MS = 15 * 60_000;

/**
 * Asks the remote whether the account of this desk may still work there, before a run: at the first contact, after
 * every run that failed, and now and then. An account that was switched off or deleted signs nobody in here either,
 * and nothing is exchanged in its name until the remote takes it again; what was written here stays.
 */
export function guardAccount(deps: ServiceDeps, remote: Remote, engine: SyncEngine): SyncEngine {
  let goodAt: number | null = null;
  return {
    ...engine,
    run: async () => {
      const now = deps.clock.now();
      const isKnown = goodAt !== null && Math.abs(now - goodAt) < ASK_EVERY_MS;
      const refused = isKnown ? null : await ask(deps, remote);
      const summary = refused ?? (await engine.run());
      goodAt = summary.ended ? null : isKnown ? goodAt : now;
      return summary;
    },
  };
}

/** Null when it may, or the remote does not say; else what the run that does not take place came to. */
async function ask(deps: ServiceDeps, remote: Remote): Promise<SyncSummary | null> {
  const { store } = deps;
  const desk = store.remoteDesk.get();
  if (!desk) return null;
  const answer = await remote.isStaffActive(desk.staffId);
  const ended = (end: SyncSummary['ended']): SyncSummary => ({
    ...noCounts(),
    ended: end,
    outbox: store.outbox.counts(),
  });
  // Whoever is denied finds out in the run what follows from it.
  if (!answer.ok) return answer.error.kind === 'denied' ? null : ended(answer.error);
  if (answer.value === null) return null;
  setActive(deps, desk.staffId, answer.value);
  return answer.value ? null : ended({ kind: 'stopped', error: appErrorOf('remote_staff_inactive') });
}

function setActive({ store, events }: ServiceDeps, id: StaffId, isActive: boolean): void {
  const account = store.staff.byId(id);
  if (!account || account.isActive === isActive) return;
  store.write(() => {
    store.staff.update(id, { ...account, isActive });
    return ok(undefined);
  });
  events.publish({ type: 'desk_changed', what: 'staff' });
}
