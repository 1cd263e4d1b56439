import { z } from 'zod';
import { departmentId, staffId, ticketId } from '../model/ids.ts';
import { job, systemStatus } from './system.ts';

/**
 * What the core tells the window, after commit only. `departmentIds` decide who may hear of it;
 * `exceptStaffId`-like filters do not exist: the same event goes to every window of a person.
 */
export const deskEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('tickets_changed'),
    /** At most 100; empty = many, refetch lists. */
    ticketIds: z.array(ticketId),
    /** The departments before and after the change. */
    departmentIds: z.array(departmentId),
    /** What a list needs to know: rows only changed in place, or entered, left or moved. */
    isNew: z.boolean(),
  }),
  z.object({
    type: z.literal('customer_message'),
    ticketId,
    departmentIds: z.array(departmentId),
    assigneeId: staffId.nullable(),
    customerName: z.string(),
    subject: z.string(),
    preview: z.string(),
    isNewTicket: z.boolean(),
  }),
  z.object({ type: z.literal('drafts_changed'), staffId }),
  z.object({ type: z.literal('read_changed'), staffId, ticketId }),
  z.object({
    type: z.literal('desk_changed'),
    what: z.enum(['departments', 'staff', 'customers', 'settings', 'tokens', 'tags', 'sources', 'sync']),
  }),
  z.object({ type: z.literal('job'), job }),
  z.object({ type: z.literal('system'), status: systemStatus }),
]);
export type DeskEvent = z.infer<typeof deskEvent>;

/**
 * One line of the stream. `number` grows by commit; `previous` is the number this listener was sent before
 * (others' events are left out), so a client whose last number differs has a gap and refetches.
 */
export const streamedEvent = z.object({
  number: z.number().int(),
  previous: z.number().int(),
  event: deskEvent,
});
export type StreamedEvent = z.infer<typeof streamedEvent>;
