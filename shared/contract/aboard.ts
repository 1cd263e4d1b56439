import { z } from 'zod';
import { attachmentId, ticketId } from '../model/ids.ts';
import { appError } from './errors.ts';
import { queue } from './queues.ts';

/** The views that may be taken along: all but the trash. */
const takenViews = z
  .array(queue.refine(({ kind }) => kind !== 'trash', 'The trash can’t be taken along.'))
  .min(1, 'Choose at least one view.')
  .max(200);

export const estimateInput = z.object({ views: takenViews });
export const takeInput = z.strictObject({
  views: takenViews,
  /** Attachments up to this, those that are here already counted. */
  budgetBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});
export type TakeInput = z.infer<typeof takeInput>;

/** Why a file of these tickets is not here. `waiting`: it is still to be fetched. `over`: beyond the budget. */
export const fileLack = z.enum(['waiting', 'over', 'later', 'gone', 'too_large', 'permission', 'no_answer']);
export type FileLack = z.infer<typeof fileLack>;

const files = z.object({ count: z.number().int(), bytes: z.number().int() });

/** Tickets with everything that belongs to them, as far as this desk knows it. */
export const aboardSize = z.object({
  tickets: z.number().int(),
  /** Tickets whose messages are not all here; which files these have is not known either. */
  threadsMissing: z.number().int(),
  /** By the server's own counts. */
  messages: z.number().int(),
  messagesHere: z.number().int(),
  files,
  filesHere: files,
  /** Of what is not here: files that the server's API can't hand out, whatever the budget. */
  filesTooLarge: files,
});
export type AboardSize = z.infer<typeof aboardSize>;

export const aboardEstimate = z.object({
  size: aboardSize,
  /** Null where the system does not tell. */
  freeBytes: z.number().int().nullable(),
  /** The first sync has not been through: there may be tickets on the server that are not counted here. */
  isPartial: z.boolean(),
});
export type AboardEstimate = z.infer<typeof aboardEstimate>;

/** `fetching`: it goes on by itself, also after a restart, as soon as the server answers. */
const takeState = z.enum(['fetching', 'paused', 'cancelled', 'done']);

export const aboardTake = z.object({
  views: z.array(queue),
  budgetBytes: z.number().int(),
  state: takeState,
  /** Whether it is at work this moment; `fetching` without it waits for the server. */
  isRunning: z.boolean(),
  startedAt: z.number().int(),
  endedAt: z.number().int().nullable(),
  /** Why it waits, or why something is missing though it ended. */
  problem: appError.nullable(),
  size: aboardSize,
  /** Files that are not here, by the reason. */
  lacks: z.array(z.object({ lack: fileLack, count: z.number().int(), bytes: z.number().int() })),
});
export type AboardTake = z.infer<typeof aboardTake>;

/** A ticket of which something is not aboard. */
export const lackingTicket = z.object({
  ticketId,
  subject: z.string(),
  /** Messages that are still on the server only. */
  messagesMissing: z.number().int(),
  isThreadMissing: z.boolean(),
  /** At most the first 20. */
  files: z.array(
    z.object({ id: attachmentId, name: z.string(), sizeBytes: z.number().int(), lack: fileLack }),
  ),
  filesMissing: z.number().int(),
});
export type LackingTicket = z.infer<typeof lackingTicket>;
export const lackingTickets = z.object({ tickets: z.array(lackingTicket), total: z.number().int() });
