import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { SyncRunner } from '../runner.ts';

/**
 * Ends the exchange with the remote for good and forgets the token; everything that is here stays readable, and the
 * local verifier of the password still opens the desk. outbox_not_empty when something waits and `force` is not set:
 * it is kept, and goes out when the desk is connected to the same remote again.
 */
export async function disconnectDesk(
  { deps, sync }: { deps: ServiceDeps; sync: SyncRunner },
  options: { force: boolean },
): Promise<Result<void>> {
  const { store } = deps;
  if (!store.remoteDesk.get()) return err(appErrorOf('not_connected'));
  const waiting = Object.values(store.outbox.counts()).reduce((sum, count) => sum + count, 0);
  if (waiting > 0 && !options.force) return err(appErrorOf('outbox_not_empty', { details: { waiting } }));
  const halted = await sync.halt('remote_disconnected');
  if (!halted.ok) return halted;
  const forgotten = store.write(() => ok(store.remoteDesk.set('tokenSealed', '')));
  sync.reset();
  return forgotten;
}
