import { z } from 'zod';
import { appError } from './errors.ts';

/** What a look at a restored server goes through, and what follows it. */
export const restoredStep = z.enum(['tickets', 'missing', 'messages', 'customers', 'taking']);
export type RestoredStep = z.infer<typeof restoredStep>;
/** What this desk has and a restored server has not, and what it has instead. */
export const restoredCounts = z.object({
  /** Tickets that it lost; `others` of all numbers mean another ticket there now. */
  tickets: z.number().int(),
  others: z.number().int(),
  /** Messages that it lost in tickets that it has. */
  messages: z.number().int(),
  /** Tickets of which it has another state. */
  moved: z.number().int(),
  customers: z.number().int(),
  /** Tickets that are new to this desk. */
  news: z.number().int(),
  /** Operations that wait here: they stay. */
  waiting: z.number().int(),
});
export type RestoredCounts = z.infer<typeof restoredCounts>;
export const restoredState = z.object({
  /** null = not compared yet. */
  found: restoredCounts.nullable(),
  /** Of what goes on now. */
  jobId: z.string().nullable(),
  step: restoredStep.nullable(),
  /** Why the last one did not go through. */
  problem: appError.nullable(),
});
export type RestoredState = z.infer<typeof restoredState>;
