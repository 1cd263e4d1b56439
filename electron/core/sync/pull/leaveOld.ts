import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';

/**
 * Whether closed conversations that were never read stay on the server until somebody opens them: how a first sync
 * that takes too long is cut short. not_connected on a desk of its own.
 */
export function leaveOld({ store }: ServiceDeps, leave: boolean): Result<void> {
  return store.write(() => {
    if (!store.remoteDesk.get()) return err(appErrorOf('not_connected'));
    return ok(store.remoteDesk.set('leavesOld', leave ? 1 : 0));
  });
}
