import type { AppError } from '../../../shared/contract/errors.ts';
import { ok } from '../../../shared/util/result.ts';
import type { Ids } from '../ports/ids.ts';
import type { ServiceDeps } from '../services/context.ts';
import { problemOf } from './denials.ts';
import type { SyncSummary } from './engine.ts';

/** What a run that ended early means for a person; null = it went through. */
export function errorOf({ ended }: SyncSummary): AppError | null {
  if (!ended) return null;
  return ended.kind === 'stopped' ? ended.error : problemOf(ended);
}

/** 0 to 1, drawn for the pause after a run. */
export function chanceOf(ids: Ids): number {
  const text = ids.secret(2);
  return ((text.charCodeAt(0) * 128 + text.charCodeAt(1)) % 1000) / 1000;
}

/** When a run last went through: on disk with an idle run only now and then, in the runner to the point. */
export function keepLastGood({ store }: Pick<ServiceDeps, 'store'>, at: number | null): void {
  const keptAt = store.remoteDesk.get()?.lastSyncAt ?? null;
  if (at !== null && (keptAt === null || keptAt < at)) {
    store.write(() => ok(store.remoteDesk.set('lastSyncAt', at)));
  }
}
