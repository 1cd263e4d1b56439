import { z } from 'zod';
import { queueCounts, queuePage, queuePageInput, ticketRow } from '../../../../shared/contract/queues.ts';
import {
  changeDone,
  createTicketDone,
  createTicketInput,
  deleteFileInput,
  fileDeleted,
  history,
  historyInput,
  noteInput,
  purgeDone,
  purgeInput,
  replyDone,
  replyInput,
  ticketDetail,
  ticketIdsInput,
  ticketInput,
  undoDone,
  undoInput,
  updateTicketsInput,
} from '../../../../shared/contract/tickets.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { ticketId } from '../../../../shared/model/ids.ts';
import type { Result } from '../../../../shared/util/result.ts';
import type { StaffActor } from '../../domain/actor.ts';
import { deleteAttachment } from '../../services/attachmentRemoval.ts';
import { runBulk } from '../../services/bulk.ts';
import { purgeTickets } from '../../services/purge.ts';
import { restoreTickets } from '../../services/restoreTickets.ts';
import type { Services } from '../../services/services.ts';
import type { SlicedRun } from '../../services/sliced.ts';
import { addNote, createTicketAsStaff, markRead, replyAsStaff } from '../../services/staffActions.ts';
import { trashTickets, updateTickets } from '../../services/ticketChanges.ts';
import * as reader from '../../services/ticketReader.ts';
import { undoGroup } from '../../services/undo.ts';
import { router, staffOnly, unwrap } from './context.ts';

export const queueRoutes = router({
  page: staffOnly
    .input(queuePageInput)
    .output(queuePage)
    .query(({ ctx, input }) => reader.queuePage(ctx.deps, ctx.actor, input)),
  counts: staffOnly.output(queueCounts).query(({ ctx }) => reader.queueCounts(ctx.deps, ctx.actor)),
  rows: staffOnly
    .input(z.object({ ticketIds: z.array(ticketId).max(LIMITS.queuePageMax) }))
    .output(z.object({ rows: z.array(ticketRow) }))
    .query(({ ctx, input }) => ({ rows: reader.ticketRows(ctx.deps, ctx.actor, input.ticketIds) })),
});

function bulk<T>(
  { services, actor }: { services: Services; actor: StaffActor },
  verb: string,
  ticketIds: readonly unknown[],
  change: (run?: SlicedRun) => Promise<Result<T>>,
): Promise<Result<T>> {
  return runBulk(services, actor, `${verb} ${ticketIds.length} tickets`, ticketIds.length, change);
}

const oneTicket = z.object({ ticketId });

export const ticketRoutes = router({
  get: staffOnly
    .input(ticketInput)
    .output(ticketDetail)
    .query(({ ctx, input }) =>
      unwrap(reader.ticketDetail(ctx.deps, ctx.actor, input.ticketId, input.beforeMessageId)),
    ),
  history: staffOnly
    .input(historyInput)
    .output(history)
    .query(({ ctx, input }) => ({
      operations: unwrap(reader.ticketHistory(ctx.deps, ctx.actor, input.ticketId)),
    })),
  create: staffOnly
    .input(createTicketInput)
    .output(createTicketDone)
    .mutation(({ ctx, input }) => unwrap(createTicketAsStaff(ctx.deps, ctx.actor, input))),
  reply: staffOnly
    .input(replyInput)
    .output(replyDone)
    .mutation(({ ctx, input }) => unwrap(replyAsStaff(ctx.deps, ctx.actor, input))),
  addNote: staffOnly
    .input(noteInput)
    .output(changeDone)
    .mutation(({ ctx, input }) => unwrap(addNote(ctx.deps, ctx.actor, input))),
  update: staffOnly
    .input(updateTicketsInput)
    .output(changeDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(
        await bulk(ctx, 'Changing', input.ticketIds, (run) => updateTickets(ctx.deps, ctx.actor, input, run)),
      ),
    ),
  trash: staffOnly
    .input(ticketIdsInput)
    .output(changeDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(
        await bulk(ctx, 'Trashing', input.ticketIds, (run) =>
          trashTickets(ctx.deps, ctx.actor, input.ticketIds, run),
        ),
      ),
    ),
  restore: staffOnly
    .input(ticketIdsInput)
    .output(changeDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(
        await bulk(ctx, 'Restoring', input.ticketIds, (run) =>
          restoreTickets(ctx.deps, ctx.actor, input.ticketIds, run),
        ),
      ),
    ),
  purge: staffOnly
    .input(purgeInput)
    .output(purgeDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(
        await bulk(ctx, 'Purging', input.ticketIds, (run) =>
          purgeTickets(ctx.deps, ctx.actor, input.ticketIds, run, input),
        ),
      ),
    ),
  deleteFile: staffOnly
    .input(deleteFileInput)
    .output(fileDeleted)
    .mutation(({ ctx, input }) => unwrap(deleteAttachment(ctx.deps, ctx.actor, input.attachmentId))),
  undo: staffOnly
    .input(undoInput)
    .output(undoDone)
    .mutation(async ({ ctx, input }) => unwrap(await undoGroup(ctx.deps, ctx.actor, input.groupId))),
  markRead: staffOnly
    .input(oneTicket)
    .mutation(({ ctx, input }) => unwrap(markRead(ctx.deps, ctx.actor, input.ticketId, true))),
  markUnread: staffOnly
    .input(oneTicket)
    .mutation(({ ctx, input }) => unwrap(markRead(ctx.deps, ctx.actor, input.ticketId, false))),
});
