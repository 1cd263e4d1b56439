import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import {
  missingPermissions,
  outboxItem,
  replaceTokenInput,
  syncReport,
  syncStatus,
} from '../../../../shared/contract/sync.ts';
import { missingOf, replaceToken } from '../../sync/connect.ts';
import { decideOutbox } from '../../sync/outboxDecision.ts';
import { listOutbox } from '../../sync/outboxList.ts';
import { fail, router, staffOnly, unwrap } from './context.ts';

/** A remote workspace: how it stands, what waits, and what a person decides about it. */
export const syncRoutes = router({
  /** Null on a desk of its own. */
  status: staffOnly
    .output(z.object({ status: syncStatus.nullable() }))
    .query(({ ctx }) => ({ status: ctx.services.sync.status() })),
  run: staffOnly.output(syncReport).mutation(async ({ ctx }) => unwrap(await ctx.services.sync.runNow())),
  outbox: staffOnly
    .output(z.object({ items: z.array(outboxItem) }))
    .query(({ ctx }) => ({ items: listOutbox(ctx.deps) })),
  permissions: staffOnly
    .output(z.object({ missing: missingPermissions }))
    .mutation(async ({ ctx }) => ({ missing: unwrap(await missingOf(ctx.deps)) })),
  replaceToken: staffOnly.input(replaceTokenInput).mutation(async ({ ctx, input }) => {
    unwrap(await replaceToken(ctx.deps, input.token));
    ctx.services.sync.reset();
    ctx.deps.events.publish({ type: 'desk_changed', what: 'sync' });
  }),
  decide: staffOnly
    .input(z.object({ id: z.number().int().positive(), decision: z.enum(['send', 'discard']) }))
    .mutation(async ({ ctx, input }) => {
      if (!ctx.services.sync.status()) fail(appErrorOf('not_connected'));
      unwrap(await decideOutbox(ctx.deps, ctx.actor, input));
      ctx.services.sync.nudge();
    }),
});
