import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { restoredState } from '../../../../shared/contract/restored.ts';
import {
  awayReport,
  decideDone,
  decideInput,
  editOutboxInput,
  missingPermissions,
  outboxDetail,
  outboxIdInput,
  outboxPage,
  reconnectInput,
  replaceTokenInput,
  syncReport,
  syncStatus,
  takeBackDone,
  type Upload,
} from '../../../../shared/contract/sync.ts';
import { undoInput } from '../../../../shared/contract/tickets.ts';
import { fileLimit } from '../../../../shared/model/fileLimits.ts';
import { ticketId } from '../../../../shared/model/ids.ts';
import { visibleTicket } from '../../services/ticketWriter.ts';
import { canUndoGroup } from '../../services/undoRights.ts';
import { missingOf, reconnectDesk, replaceToken } from '../../sync/account/connect.ts';
import { disconnectDesk } from '../../sync/account/disconnect.ts';
import { awayReportOf, dismissAwayReport } from '../../sync/away.ts';
import { decideMany } from '../../sync/outbox/outboxDecision.ts';
import { outboxDetail as detailOf } from '../../sync/outbox/outboxDetail.ts';
import { editOutbox, takeBack } from '../../sync/outbox/outboxEdit.ts';
import { outboxPage as pageOf } from '../../sync/outbox/outboxList.ts';
import { fetchThread } from '../../sync/pull/fetchThread.ts';
import { leaveOld } from '../../sync/pull/leaveOld.ts';
import { refreshOnOpen } from '../../sync/pull/refreshTicket.ts';
import { fileLimitsOf } from '../../sync/push/fileLimits.ts';
import {
  lookAtRestored,
  restoredState as restoredStateOf,
  takeServerState,
} from '../../sync/restored/restored.ts';
import { fail, router, staffOnly, unwrap } from './context.ts';

/** A remote workspace: how it stands, what waits, and what a person decides about it. */
export const syncRoutes = router({
  /** Null on a desk of its own. */
  status: staffOnly.output(z.object({ status: syncStatus.nullable() })).query(({ ctx }) => {
    const status = ctx.services.sync.status();
    // What a file is called is known to those who see its ticket.
    const isSeen = ({ ticketId: id }: Upload): boolean =>
      id !== null && visibleTicket(ctx.deps, ctx.actor, id).ok;
    return { status: status && { ...status, uploads: status.uploads.filter(isSeen) } };
  }),
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
  /** Somebody opens a ticket: what is new in it on the server comes now. */
  refresh: staffOnly
    .input(z.object({ ticketId }))
    .mutation(async ({ ctx, input }) => unwrap(await refreshOnOpen(ctx.services, ctx.actor, input.ticketId))),
  /** A server that was restored from a backup: what it lost, as far as it was compared. */
  restored: staffOnly.output(restoredState).query(({ ctx }) => restoredStateOf(ctx.services)),
  /** Compares with it, as a job; nothing is changed. */
  lookAtRestored: staffOnly.mutation(({ ctx }) => unwrap(lookAtRestored(ctx.services, ctx.actor))),
  /** Goes on from what it has, as a job; what it lost is kept here. */
  takeServerState: staffOnly.mutation(({ ctx }) => unwrap(takeServerState(ctx.services, ctx.actor))),
  /** What happened while the desk was out of touch; null when there is nothing to tell. */
  away: staffOnly
    .output(z.object({ report: awayReport.nullable() }))
    .query(({ ctx }) => ({ report: awayReportOf(ctx.deps) })),
  dismissAway: staffOnly.mutation(({ ctx }) => dismissAwayReport(ctx.deps)),
  outbox: staffOnly.output(outboxPage).query(({ ctx }) => pageOf(ctx.deps)),
  operation: staffOnly
    .input(outboxIdInput)
    .output(outboxDetail)
    .query(({ ctx, input }) => unwrap(detailOf(ctx.deps, input.id))),
  permissions: staffOnly
    .output(z.object({ missing: missingPermissions }))
    .mutation(async ({ ctx }) => ({ missing: unwrap(await missingOf(ctx.deps)) })),
  replaceToken: staffOnly.input(replaceTokenInput).mutation(async ({ ctx, input }) => {
    unwrap(await replaceToken(ctx.deps, input.token));
    ctx.services.sync.reset();
    ctx.deps.events.publish({ type: 'desk_changed', what: 'sync' });
  }),
  disconnect: staffOnly
    .input(z.object({ force: z.boolean() }))
    .mutation(async ({ ctx, input }) => unwrap(await disconnectDesk(ctx.services, input))),
  reconnect: staffOnly.input(reconnectInput).mutation(async ({ ctx, input }) => {
    const { url, username } = ctx.services.sync.status() ?? fail(appErrorOf('not_connected'));
    unwrap(await reconnectDesk(ctx.deps, { ...input, url, username }));
    ctx.services.sync.reset();
    ctx.deps.events.publish({ type: 'desk_changed', what: 'sync' });
  }),
  decide: staffOnly
    .input(decideInput)
    .output(decideDone)
    .mutation(async ({ ctx, input }) => {
      if (!ctx.services.sync.status()) fail(appErrorOf('not_connected'));
      const decided = await decideMany(ctx.deps, ctx.actor, input);
      ctx.services.sync.nudge();
      return decided;
    }),
  /** Breaks off a message whose files are on their way; it is held, and nothing of it is on the server. */
  stopUpload: staffOnly
    .input(outboxIdInput)
    .mutation(({ ctx, input }) => unwrap(ctx.services.sync.stopUpload(input.id))),
  /** What this desk has found out about files on its server; null on a desk of its own. */
  fileLimits: staffOnly
    .output(z.object({ limits: z.array(fileLimit).nullable() }))
    .query(({ ctx }) => ({ limits: fileLimitsOf(ctx.deps) })),
  /** Another status or department for what has not left. */
  edit: staffOnly
    .input(editOutboxInput)
    .output(z.object({ done: z.number().int() }))
    .mutation(({ ctx, input }) => {
      const edited = unwrap(editOutbox(ctx.deps, ctx.actor, input));
      ctx.services.sync.nudge();
      return edited;
    }),
  /** A text that has not left goes back to where it was written. */
  takeBack: staffOnly
    .input(outboxIdInput)
    .output(takeBackDone)
    .mutation(async ({ ctx, input }) => unwrap(await takeBack(ctx.deps, ctx.actor, input.id))),
  /** Whether an act can still be taken back: what has left for the server can't. */
  undoable: staffOnly
    .input(undoInput)
    .output(z.object({ canUndo: z.boolean() }))
    .query(({ ctx, input }) => ({ canUndo: canUndoGroup(ctx.deps, ctx.actor, input.groupId) })),
});
