import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { attachmentId, customerId, departmentId, staffId, ticketId } from '../model/ids.ts';
import { authorKind, ticketPriority, ticketStatus } from '../model/ticket.ts';

/** The built-in views. `trash` is for staff only; the API never sees what lies in it. */
export const queue = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['mine', 'unassigned', 'open', 'waiting', 'overdue', 'closed', 'trash']) }),
  z.object({ kind: z.literal('department'), departmentId }),
]);
export type Queue = z.infer<typeof queue>;

/** A place in a queue: the keyset of its sort, last message time and ticket id. */
export const queueCursor = z.object({ at: z.number().int(), id: z.number().int().nonnegative() });
export type QueueCursor = z.infer<typeof queueCursor>;

export const queueSort = z.enum(['newest', 'oldest']);
export type QueueSort = z.infer<typeof queueSort>;

export const queuePageInput = z.object({
  queue,
  sort: queueSort.default('newest'),
  /** Where to start; null = the beginning of the sort. */
  cursor: queueCursor.nullable().default(null),
  /** `after` the cursor in the sort's direction, or `before` it (rows still come in the sort's order). */
  direction: z.enum(['after', 'before']).default('after'),
  limit: z.number().int().min(1).max(LIMITS.queuePageMax).default(LIMITS.queuePageSize),
});
export type QueuePageInput = z.output<typeof queuePageInput>;

export const ticketRow = z.object({
  id: ticketId,
  /** What people know it by: in a remote workspace the server's number, once it has one. */
  number: z.number().int(),
  subject: z.string(),
  /** First words of the last message, plain text. */
  preview: z.string(),
  status: ticketStatus,
  priority: ticketPriority,
  departmentId,
  assigneeId: staffId.nullable(),
  customerId,
  customerName: z.string(),
  customerEmail: z.string(),
  messageCount: z.number().int(),
  attachmentCount: z.number().int(),
  lastReplier: authorKind,
  createdAt: z.number().int(),
  lastMessageAt: z.number().int(),
  tags: z.array(z.string()),
  /** The customer wrote after this staff member last opened the ticket. */
  isUnread: z.boolean(),
  hasDraft: z.boolean(),
  deletedAt: z.number().int().nullable(),
  /**
   * In a remote workspace: something written here is not on the server yet (`waiting`), or a person has to decide
   * about it (`undecided`). Null: nothing waits.
   */
  sending: z.enum(['waiting', 'unsure', 'undecided']).nullable(),
  /** In a remote workspace: the server has deleted it, and it is on this desk only. */
  isGone: z.boolean(),
});
export type TicketRow = z.infer<typeof ticketRow>;

export const queuePage = z.object({ rows: z.array(ticketRow), hasMore: z.boolean() });
export type QueuePage = z.infer<typeof queuePage>;

/** `overdue` depends on time and is capped at LIMITS.cappedCount + 1 (shown as «999+»). */
export const queueCounts = z.object({
  mine: z.number().int(),
  unassigned: z.number().int(),
  open: z.number().int(),
  waiting: z.number().int(),
  overdue: z.number().int(),
  closed: z.number().int(),
  trash: z.number().int(),
  /** Open tickets per department the viewer may see. */
  departments: z.array(z.object({ departmentId, open: z.number().int() })),
});
export type QueueCounts = z.infer<typeof queueCounts>;

export const searchInput = z.object({
  text: z.string().max(500),
  limit: z.number().int().min(1).max(LIMITS.searchHitsMax).default(LIMITS.searchHits),
  /** Continue below this ticket id (hits come newest ticket first). */
  beforeId: ticketId.nullable().default(null),
});
export type SearchInput = z.output<typeof searchInput>;
export const searchResult = z.object({
  rows: z.array(ticketRow),
  hasMore: z.boolean(),
  /** Give it as `beforeId` for the next hits; operators may have passed over tickets below the last row. */
  continueBelowId: ticketId.nullable(),
  /** The index still lacks this many tickets (a bulk import is being indexed). */
  pendingTickets: z.number().int(),
});
export type SearchResult = z.infer<typeof searchResult>;

/** As-you-type hits: tickets by subject, customer or number. */
export const suggestInput = z.object({
  text: z.string().max(200),
  limit: z.number().int().min(1).max(20).default(8),
});
export const suggestResult = z.object({
  tickets: z.array(
    z.object({
      id: ticketId,
      number: z.number().int(),
      subject: z.string(),
      customerName: z.string(),
      status: ticketStatus,
    }),
  ),
});
export type SuggestResult = z.infer<typeof suggestResult>;

export const attachment = z.object({
  id: attachmentId,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number().int(),
  /** Shown where the message's HTML refers to it; listed as well unless referred to. */
  isInline: z.boolean(),
  /**
   * Where its bytes are: `here`; on the `server` of a remote workspace until somebody opens it; `asked`: somebody did
   * without a connection, and the next sync fetches it; `gone`: the server has it no more either.
   */
  place: z.enum(['here', 'server', 'asked', 'gone']),
});
export type Attachment = z.infer<typeof attachment>;
export const customer = z.object({
  id: customerId,
  name: z.string(),
  /** The main one. */
  email: z.string(),
  otherEmails: z.array(z.string()),
  /** Their mail is kept aside. */
  isBlocked: z.boolean(),
  createdAt: z.number().int(),
  openTickets: z.number().int(),
  totalTickets: z.number().int(),
});
export type Customer = z.infer<typeof customer>;
