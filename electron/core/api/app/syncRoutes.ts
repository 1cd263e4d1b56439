import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import {
  awayReport,
  missingPermissions,
  outboxItem,
  replaceTokenInput,
  syncReport,
  syncStatus,
} from '../../../../shared/contract/sync.ts';
import { ticketId } from '../../../../shared/model/ids.ts';
import { awayReportOf, dismissAwayReport } from '../../sync/away.ts';
import { missingOf, replaceToken } from '../../sync/connect.ts';
import { fetchThread } from '../../sync/fetchThread.ts';
import { leaveOld } from '../../sync/leaveOld.ts';
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
  /** Nothing is exchanged until somebody asks for a run; what is on its way still arrives. */
  pause: staffOnly.mutation(async ({ ctx }) => {
    if (!ctx.services.sync.status()) fail(appErrorOf('not_connected'));
    unwrap(await ctx.services.sync.halt('sync_paused'));
  }),
  /** Leaves closed conversations that were never read on the server until somebody opens them, or fetches them all. */
  leaveOld: staffOnly.input(z.object({ leave: z.boolean() })).mutation(async ({ ctx, input }) => {
    unwrap(leaveOld(ctx.deps, input.leave));
    await ctx.services.sync.restart();
  }),
  /** Somebody looks at this desk; `isBack`: just now, or the network is there again. */
  attend: staffOnly
    .input(z.object({ isBack: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.sync.attend(input.isBack)),
  /** A conversation that is not here yet, or not all of it. */
  fetchThread: staffOnly
    .input(z.object({ ticketId }))
    .mutation(async ({ ctx, input }) => unwrap(await fetchThread(ctx.deps, ctx.actor, input.ticketId))),
  /** What happened while the desk was out of touch; null when there is nothing to tell. */
  away: staffOnly
    .output(z.object({ report: awayReport.nullable() }))
    .query(({ ctx }) => ({ report: awayReportOf(ctx.deps) })),
  dismissAway: staffOnly.mutation(({ ctx }) => dismissAwayReport(ctx.deps)),
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
