import {
  moveKeyInput,
  secretsStatus,
  startOverDone,
  unlockInput,
} from '../../../../shared/contract/secrets.ts';
import { router, staffOnly, unwrap } from './context.ts';

/** Where the key of the desk's secrets lies. Each change answers with the state it led to. */
export const secretRoutes = router({
  status: staffOnly.output(secretsStatus).query(({ ctx }) => ctx.services.keeper.status()),
  retry: staffOnly.output(secretsStatus).mutation(({ ctx }) => ctx.services.keeper.status({ again: true })),
  unlock: staffOnly
    .input(unlockInput)
    .output(secretsStatus)
    .mutation(async ({ ctx, input }) => {
      unwrap(await ctx.services.keeper.unlock(input.passphrase));
      return ctx.services.keeper.status();
    }),
  move: staffOnly
    .input(moveKeyInput)
    .output(secretsStatus)
    .mutation(async ({ ctx, input }) => {
      unwrap(await ctx.services.keeper.move(input));
      return ctx.services.keeper.status();
    }),
  startOver: staffOnly
    .output(startOverDone)
    .mutation(async ({ ctx }) => ({ forgotten: [...unwrap(await ctx.services.keeper.startOver())] })),
});
