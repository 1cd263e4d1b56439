import { z } from 'zod';
import {
  aboardEstimate,
  aboardTake,
  estimateInput,
  lackingTickets,
  takeInput,
} from '../../../../shared/contract/aboard.ts';
import { attachmentId } from '../../../../shared/model/ids.ts';
import { askForAttachment } from '../../services/attachments.ts';
import { estimateViews, lackingTickets as listLacking, takeStatus } from '../../sync/aboard/aboardReport.ts';
import { router, staffOnly, unwrap } from './context.ts';

/** What somebody takes along where there is no network. */
export const aboardRoutes = router({
  /** Null while nothing is taken along. */
  status: staffOnly
    .output(z.object({ take: aboardTake.nullable() }))
    .query(({ ctx }) => ({ take: takeStatus(ctx.deps, ctx.services.aboard.isRunning()) })),
  estimate: staffOnly
    .input(estimateInput)
    .output(aboardEstimate)
    .query(({ ctx, input }) => estimateViews(ctx.deps, ctx.actor, input.views)),
  lacking: staffOnly.output(lackingTickets).query(({ ctx }) => listLacking(ctx.deps)),
  take: staffOnly.input(takeInput).mutation(async ({ ctx, input }) => {
    unwrap(await ctx.services.aboard.take(ctx.actor.staffId, input));
  }),
  stop: staffOnly
    .input(z.strictObject({ as: z.enum(['paused', 'cancelled']) }))
    .mutation(async ({ ctx, input }) => unwrap(await ctx.services.aboard.stop(input.as))),
  resume: staffOnly.mutation(async ({ ctx }) => unwrap(await ctx.services.aboard.resume())),
  /** A file that is on the server only: fetched as soon as the server answers. */
  fetchLater: staffOnly.input(z.strictObject({ attachmentId })).mutation(({ ctx, input }) => {
    unwrap(askForAttachment(ctx.deps, ctx.actor, input.attachmentId));
    ctx.services.sync.nudge();
  }),
});
