import { z } from 'zod';
import { apiInfo, deskSettings } from '../../../../shared/contract/desk.ts';
import { draft, draftIdInput, getDraftInput, saveDraftInput } from '../../../../shared/contract/drafts.ts';
import { mailOutboxStatus } from '../../../../shared/contract/mail.ts';
import {
  searchInput,
  searchResult,
  suggestInput,
  suggestResult,
} from '../../../../shared/contract/queues.ts';
import { job } from '../../../../shared/contract/system.ts';
import { uploadId } from '../../../../shared/model/ids.ts';
import { listTokens } from '../../services/apiTokens.ts';
import { listTags } from '../../services/directory.ts';
import { discardDraft, getDraft, listDrafts, removeUpload, saveDraft } from '../../services/drafts.ts';
import { cancelJob, jobsOf } from '../../services/jobs.ts';
import { mailsWaiting } from '../../services/mailOutbox.ts';
import { searchTickets, suggestTickets } from '../../services/search.ts';
import { getSettings, updateSettings } from '../../services/settings.ts';
import { router, staffOnly, unwrap } from './context.ts';

export const searchRoutes = router({
  query: staffOnly
    .input(searchInput)
    .output(searchResult)
    .query(({ ctx, input }) => searchTickets(ctx.services, ctx.actor, input)),
  suggest: staffOnly
    .input(suggestInput)
    .output(suggestResult)
    .query(({ ctx, input }) => suggestTickets(ctx.services, ctx.actor, input)),
});

export const tagRoutes = router({
  list: staffOnly
    .output(z.object({ tags: z.array(z.string()) }))
    .query(({ ctx }) => ({ tags: listTags(ctx.deps) })),
});

export const draftRoutes = router({
  get: staffOnly
    .input(getDraftInput)
    .output(z.object({ draft: draft.nullable() }))
    .query(({ ctx, input }) => ({ draft: getDraft(ctx.deps, ctx.actor, input.ticketId, input.kind) })),
  list: staffOnly
    .output(z.object({ drafts: z.array(draft) }))
    .query(({ ctx }) => ({ drafts: listDrafts(ctx.deps, ctx.actor) })),
  save: staffOnly
    .input(saveDraftInput)
    .output(z.object({ draft }))
    .mutation(({ ctx, input }) => ({ draft: unwrap(saveDraft(ctx.deps, ctx.actor, input)) })),
  discard: staffOnly
    .input(draftIdInput)
    .mutation(async ({ ctx, input }) => unwrap(await discardDraft(ctx.deps, ctx.actor, input.draftId))),
});

export const uploadRoutes = router({
  remove: staffOnly
    .input(z.object({ uploadId }))
    .mutation(async ({ ctx, input }) => unwrap(await removeUpload(ctx.deps, ctx.actor, input.uploadId))),
});

export const settingsRoutes = router({
  get: staffOnly.output(deskSettings).query(({ ctx }) => getSettings(ctx.deps)),
  update: staffOnly
    .input(deskSettings.partial())
    .output(deskSettings)
    .mutation(({ ctx, input }) =>
      unwrap(updateSettings(ctx.deps, input as Parameters<typeof updateSettings>[1])),
    ),
});

export const apiRoutes = router({
  info: staffOnly
    .output(apiInfo)
    .query(({ ctx }) => ({ ...ctx.desk.apiAddress(), tokens: listTokens(ctx.deps) })),
});

export const jobRoutes = router({
  list: staffOnly
    .output(z.object({ jobs: z.array(job) }))
    .query(({ ctx }) => ({ jobs: jobsOf(ctx.services.jobs, ctx.actor) })),
  cancel: staffOnly
    .input(z.object({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => unwrap(cancelJob(ctx.services.jobs, ctx.actor, input.id))),
});

export const mailRoutes = router({
  outbox: staffOnly.output(mailOutboxStatus).query(({ ctx }) => ({ waiting: mailsWaiting(ctx.deps) })),
});
