import { z } from 'zod';
import { messageId, ticketId } from '../model/ids.ts';
import { appError } from './errors.ts';

/** What it takes to mirror a HelpDeskZ. Token and password never come back out. */
export const connectInput = z.strictObject({
  /** Of the site, without `/api`. */
  url: z.url({ protocol: /^https?$/ }).max(1000),
  token: z.string().trim().min(1).max(300),
  /** The own account there: who is signed in here, and whose name replies carry. */
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(1000),
  /** The second factor of that account, when it has one. */
  code: z.string().max(20).optional(),
});
export type ConnectInput = z.infer<typeof connectInput>;
/** In the window: a desk that others reach asks for the setup code as well. */
export const connectDeskInput = connectInput.extend({ setupCode: z.string().max(20).optional() });
export type ConnectDeskInput = z.infer<typeof connectDeskInput>;
/** Permissions that the token lacks, in the server's words. */
export const missingPermissions = z.array(z.string());
export const replaceTokenInput = connectInput.pick({ token: true });

/** queued → sending → sent (acknowledged, not found again yet) → gone; the others wait for a look or a person. */
export const outboxState = z.enum(['queued', 'sending', 'sent', 'uncertain', 'held', 'conflict', 'rejected']);
export type OutboxState = z.infer<typeof outboxState>;
/** What became of something that was written here and is not confirmed by the server. */
export const sending = z.object({
  state: outboxState,
  /** Why it waits; '' = it is its turn. */
  reason: z.string(),
});
export type Sending = z.infer<typeof sending>;

export const outboxKind = z.enum([
  'create_customer',
  'create_ticket',
  'reply',
  'customer_reply',
  'set_status',
  'set_department',
]);
export type OutboxKind = z.infer<typeof outboxKind>;

const outboxCounts = z.partialRecord(outboxState, z.number().int());

/** One run of the engine. */
export const syncReport = z.object({
  requests: z.number().int(),
  pulled: z.number().int(),
  pushed: z.number().int(),
  outbox: outboxCounts,
  durationMs: z.number().int(),
  /** Why it ended before it was through; null = it went through. */
  ended: appError.nullable(),
});
export type SyncReport = z.infer<typeof syncReport>;

/** How far the first sync is. A conversation is a ticket's messages. */
export const syncProgress = z.object({
  tickets: z.number().int(),
  /** What the server says it has. */
  ticketsExpected: z.number().int(),
  conversations: z.number().int(),
  messages: z.number().int(),
  /** Of the run under way. */
  requests: z.number().int(),
  /** At the speed of the last minute; null = nobody can tell yet. */
  leftMs: z.number().int().nullable(),
});
export type SyncProgress = z.infer<typeof syncProgress>;

/** How a remote workspace stands; null on a desk of its own. */
export const syncStatus = z.object({
  url: z.string(),
  username: z.string(),
  isRunning: z.boolean(),
  /** Milliseconds UTC of the last run that went through. */
  lastSyncAt: z.number().int().nullable(),
  /** When the next one begins by itself; null = one is under way, or none will. */
  nextSyncAt: z.number().int().nullable(),
  firstSyncDoneAt: z.number().int().nullable(),
  /** null once the first sync is done. */
  progress: syncProgress.nullable(),
  /** Tickets whose messages are still to be read. */
  threadsLeft: z.number().int(),
  /** Closed conversations that were never read stay on the server until somebody opens them. */
  leavesOld: z.boolean(),
  /** What the run under way has sent of what waited; null = it sends nothing now. */
  sending: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  outbox: outboxCounts,
  /** What keeps it from running, or kept the last run from going through. */
  problem: appError.nullable(),
});
export type SyncStatus = z.infer<typeof syncStatus>;

/** An operation that the remote has not confirmed. */
export const outboxItem = z.object({
  id: z.number().int(),
  kind: outboxKind,
  state: outboxState,
  ticketId: ticketId.nullable(),
  messageId: messageId.nullable(),
  /** For a person: the ticket's subject, or the customer's name. */
  title: z.string(),
  /** The first words of a message; what a field is set to. */
  detail: z.string(),
  /** What stands on the server instead, or came on top meanwhile; '' = nothing is known to differ. */
  theirs: z.string(),
  /** Whether it can be taken back: what a person discards leaves the server as it is. */
  canDiscard: z.boolean(),
  /** Why it waits; '' = it is its turn. */
  reason: z.string(),
  attempts: z.number().int(),
  createdAt: z.number().int(),
  dueAt: z.number().int(),
});
export type OutboxItem = z.infer<typeof outboxItem>;

/** One ticket that something happened to while the desk was out of touch. */
const awayTicket = z.object({
  ticketId,
  subject: z.string(),
  customerName: z.string(),
  /** Messages for `replies`, else 1. */
  amount: z.number().int(),
});
export const awayNews = z.object({
  kind: z.enum(['new', 'replies', 'closed']),
  /** Tickets for `new` and `closed`, messages for `replies`. */
  amount: z.number().int(),
  ticketCount: z.number().int(),
  /** The first of them, those that moved last first. */
  tickets: z.array(awayTicket),
});
export type AwayNews = z.infer<typeof awayNews>;

/** What happened while the desk was out of touch with its server; until a person has read it. */
export const awayReport = z.object({
  awayMs: z.number().int(),
  news: z.array(awayNews),
  /** Own operations that wait for a decision, now. */
  undecided: z.number().int(),
});
export type AwayReport = z.infer<typeof awayReport>;
