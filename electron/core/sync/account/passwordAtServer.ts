import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { hashPassword, verifyPassword } from '../../access/passwords.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { clearFailures, countFailure, isLocked, signInKeys } from '../../services/lockouts.ts';
import type { Peer } from '../../services/sessions.ts';
import { oneAtATime } from '../../services/staffAuth.ts';
import { signInProblem } from './connect.ts';
import { openRemote } from './openRemote.ts';

/** The password that the remote refused last, as a verifier and in memory only: it locks the account after three. */
const refused = new WeakMap<ServiceDeps['store'], string>();

/** The desk was connected without a password: nothing here can check the first one, so the server is asked. */
export function isPasswordAtServerOnly({ store }: ServiceDeps, username: string): boolean {
  const account = store.staff.byUsername(username.trim());
  return account?.passwordHash === '' && account.id === store.remoteDesk.get()?.staffId;
}

/**
 * Somebody says that their password was changed on the remote: it is asked there once, and what it takes becomes the
 * verifier that opens this desk. Failures count like those of signing in, so that a stranger can't lock the account
 * there; the same refused password is never sent twice. bad_credentials for any other account.
 */
export async function renewPassword(
  deps: ServiceDeps,
  input: { username: string; password: string; code?: string | undefined },
  peer: Peer,
): Promise<Result<void>> {
  const { store } = deps;
  const desk = store.remoteDesk.get();
  const username = input.username.trim();
  const account = store.staff.byUsername(username);
  if (!desk || !account || account.id !== desk.staffId) return err(appErrorOf('bad_credentials'));
  const keys = signInKeys({ username, address: peer.address, addressFrom: 'peer' }, account.id);
  return oneAtATime(username.toLowerCase(), async () => {
    if (isLocked(deps, keys, account.id, peer.address)) {
      return err(appErrorOf('login_locked', { details: { minutes: store.settings.get().loginLockMinutes } }));
    }
    const last = refused.get(store);
    if (last !== undefined && (await verifyPassword(last, input.password))) {
      return err(
        appErrorOf('remote_sign_in_refused', {
          field: 'password',
          message: 'The server has refused this password already. It is not asked again about the same one.',
        }),
      );
    }
    const remote = await openRemote(deps);
    if (!remote.ok) return remote;
    const answer = await remote.value.signIn({ ...input, username: desk.username });
    const passwordHash = await hashPassword(input.password);
    if (answer.ok) {
      refused.delete(store);
      return store.write(() => {
        clearFailures(deps, keys);
        return ok(store.staff.setPasswordHash(account.id, passwordHash));
      });
    }
    const problem = signInProblem(answer.error);
    if (problem.code === 'remote_sign_in_refused') refused.set(store, passwordHash);
    const isMissing = problem.code === 'two_factor_missing' && !input.code;
    if (answer.error.kind === 'refused' && !isMissing) store.write(() => ok(countFailure(deps, keys)));
    return err(problem);
  });
}
