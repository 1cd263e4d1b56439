import {
  moveKeyInput,
  secretsStatus,
  startOverDone,
  unlockInput,
} from '../../../../shared/contract/secrets.ts';
import { may, router, unwrap } from './context.ts';

const admin = may('secrets.manage');

/** Where the key of the desk's secrets lies. Each change answers with the state it led to. */
export const secretRoutes = router({
  status: admin.output(secretsStatus).query(({ ctx }) => ctx.services.keeper.status()),
  retry: admin.output(secretsStatus).mutation(({ ctx }) => ctx.services.keeper.status({ again: true })),
  unlock: admin
    .input(unlockInput)
    .output(secretsStatus)
    .mutation(async ({ ctx, input }) => {
      unwrap(await ctx.services.keeper.unlock(input.passphrase));
      return ctx.services.keeper.status();
    }),
  move: admin
    .input(moveKeyInput)
    .output(secretsStatus)
    .mutation(async ({ ctx, input }) => {
      unwrap(await ctx.services.keeper.move(input));
      return ctx.services.keeper.status();
    }),
  startOver: admin
    .output(startOverDone)
    .mutation(async ({ ctx }) => ({ forgotten: [...unwrap(await ctx.services.keeper.startOver())] })),
});
