import { lockoutList, releaseInput } from '../../../../shared/contract/security.ts';
import { listLockouts, releaseLockout } from '../../services/lockouts.ts';
import { router, staffOnly, unwrap } from './context.ts';

/** Setup → Security: who is locked out, and letting them in again. */
export const securityRoutes = router({
  lockouts: staffOnly.output(lockoutList).query(({ ctx }) => ({ lockouts: listLockouts(ctx.deps) })),
  release: staffOnly
    .input(releaseInput)
    .mutation(({ ctx, input }) => unwrap(releaseLockout(ctx.deps, ctx.actor, input.key))),
});
