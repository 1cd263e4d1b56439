import { z } from 'zod';
import { departmentId, draftId, messageId, ticketId } from '../model/ids.ts';
import { authorKind, ticketStatus } from '../model/ticket.ts';
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
/** On the command line, where the password may stay away: the first sign-in then asks the server for it. */
export const connectAccountInput = connectInput.partial({ password: true });
export type ConnectAccountInput = z.infer<typeof connectAccountInput>;
/** In the window: a desk that others reach asks for the setup code as well. */
export const connectDeskInput = connectInput.extend({ setupCode: z.string().max(20).optional() });
export type ConnectDeskInput = z.infer<typeof connectDeskInput>;
/** Permissions that the token lacks, in the server's words. */
export const missingPermissions = z.array(z.string());
/** A disconnected desk knows its server and account. */
export const reconnectInput = connectInput.pick({ token: true, password: true, code: true });
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
  'update_customer',
  'create_department',
  'update_department',
  'delete_ticket',
  'delete_customer',
  'delete_department',
  'delete_attachment',
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

/** A message that is on its way with its files. */
export const upload = z.object({
  /** Of its operation in the outbox. */
  id: z.number().int(),
  ticketId: ticketId.nullable(),
  messageId: messageId.nullable(),
  /** Of the first of `files`. */
  name: z.string(),
  files: z.number().int(),
  /** Of `sizeBytes`, all files together. When nothing is left it is too late to stop it. */
  sentBytes: z.number().int(),
  sizeBytes: z.number().int(),
});
export type Upload = z.infer<typeof upload>;

/** How a remote workspace stands; null on a desk of its own. */
export const syncStatus = z.object({
  url: z.string(),
  username: z.string(),
  isRunning: z.boolean(),
  /** Milliseconds UTC of the last run that went through. */
  lastSyncAt: z.number().int().nullable(),
  /** When the next one begins by itself; null = one is under way, or none will. */
  nextSyncAt: z.number().int().nullable(),
  /** It would begin earlier on mains. */
  savesPower: z.boolean(),
  firstSyncDoneAt: z.number().int().nullable(),
  /** null once the first sync is done. */
  progress: syncProgress.nullable(),
  /** Tickets whose messages are still to be read. */
  threadsLeft: z.number().int(),
  /** Closed conversations that were never read stay on the server until somebody opens them. */
  leavesOld: z.boolean(),
  /** What the run under way has sent of what waited; null = it sends nothing now. */
  sending: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** Files on their way at this moment, as far as the reader may see their tickets. */
  uploads: z.array(upload),
  outbox: outboxCounts,
  /** What keeps it from running, or kept the last run from going through. */
  problem: appError.nullable(),
  /** By how much the server's clock is ahead of this machine's, to a minute; null = it was not told yet. */
  clockOffsetMs: z.number().int().nullable(),
  /** What the last comparison with the server found. `missing`: by how many tickets the counts still differ. */
  lastCheck: z
    .object({
      checkedAt: z.number().int(),
      tickets: z.number().int(),
      threads: z.number().int(),
      repaired: z.number().int(),
      missing: z.number().int(),
    })
    .optional(),
});
export type SyncStatus = z.infer<typeof syncStatus>;

/**
 * What a person can decide about an operation that waits.
 * `send`: on top of whatever stands there now; for an uncertain one that means once more, knowingly.
 * `retry`: as it was, at once. `first`: its ticket before all others. `leave_open`: the reply, without closing.
 * `arrived`: it is there, whatever was found. `discard`: the server stays as it is; a text goes back to its writer.
 */
export const outboxDecision = z.enum(['send', 'retry', 'first', 'leave_open', 'arrived', 'discard']);
export type OutboxDecision = z.infer<typeof outboxDecision>;
const outboxId = z.number().int().positive();
export const decideInput = z.object({ ids: z.array(outboxId).min(1).max(5000), decision: outboxDecision });
export const decideDone = z.object({
  done: z.number().int(),
  /** Why some were left as they are; null = none was. */
  refused: appError.nullable(),
  /** Puts back what was discarded; null = that can't be done, or not for all of it. */
  undoGroupId: z.string().nullable(),
});
export type DecideDone = z.infer<typeof decideDone>;
export const outboxIdInput = z.object({ id: outboxId });

/** `text`: goes back to where it was written. `field`: another value. null = it can't be changed any more. */
export const outboxEdit = z.enum(['text', 'status', 'department']);
export type OutboxEdit = z.infer<typeof outboxEdit>;
export const editOutboxInput = z.object({
  ids: z.array(outboxId).min(1).max(5000),
  change: z.union([z.strictObject({ status: ticketStatus }), z.strictObject({ departmentId })]),
});
export type EditOutboxInput = z.infer<typeof editOutboxInput>;
/** Where the text is now: in the composer of this ticket, or, without one, in the form of a new ticket. */
export const takeBackDone = z.object({ draftId: draftId.nullable(), ticketId: ticketId.nullable() });
export type TakeBackDone = z.infer<typeof takeBackDone>;

/** An operation that the remote has not confirmed. */
export const outboxItem = z.object({
  id: z.number().int(),
  kind: outboxKind,
  state: outboxState,
  ticketId: ticketId.nullable(),
  /** What people know the ticket by: the server's number once it has one. */
  ticketNumber: z.number().int().nullable(),
  messageId: messageId.nullable(),
  /** For a person: the ticket's subject, or the customer's name. */
  title: z.string(),
  /** The first words of a message; what a field is set to. */
  detail: z.string(),
  /** What stands on the server instead, or came on top meanwhile; '' = nothing is known to differ. */
  theirs: z.string(),
  /** A restored server does not have it: it is made again there, or kept here only. */
  isLost: z.boolean(),
  /** Held because its thread has grown: what came is to be read first. */
  isReview: z.boolean(),
  decisions: z.array(outboxDecision),
  edit: outboxEdit.nullable(),
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
/** The first of them in the order they leave; `total` counts the rest too. */
export const outboxPage = z.object({ items: z.array(outboxItem), total: z.number().int() });

const someMessage = z.object({
  id: messageId,
  author: authorKind,
  authorName: z.string(),
  createdAt: z.number().int(),
});
/** All that is known about one operation that waits. */
export const outboxDetail = z.object({
  item: outboxItem,
  /** Who did it here; '' = unknown. */
  actorName: z.string(),
  /** A field as it was when it was changed here, as it was set, and as the server has it; '' = not known. */
  fields: z.array(z.object({ name: z.string(), base: z.string(), mine: z.string(), theirs: z.string() })),
  /** When that was seen on the server. */
  asideAt: z.number().int().nullable(),
  /** Whether the reply closes its ticket. */
  closes: z.boolean(),
  files: z.array(z.object({ name: z.string(), sizeBytes: z.number().int() })),
  /** Came since, oldest first; `unread` more are known of and not here yet. */
  news: z.array(someMessage),
  unread: z.number().int(),
  /** What stands before it in its ticket, and behind it. */
  before: z.number().int(),
  behind: z.number().int(),
  /** Of an uncertain one: when it left, who looked for it when, and what reads the same. */
  evidence: z
    .object({
      sentAt: z.number().int().nullable(),
      lookedAt: z.number().int().nullable(),
      looks: z.number().int(),
      sawAll: z.boolean(),
      alike: z.array(someMessage),
    })
    .nullable(),
});
export type OutboxDetail = z.infer<typeof outboxDetail>;

/** How a message on the server differs from the one that was sent. */
export const sentDifference = z.enum([
  'cut',
  'characters',
  'text',
  'formatting',
  'files',
  // The server does not have it: it was restored from a backup, or deleted it.
  'lost',
  'deleted',
]);
export type SentDifference = z.infer<typeof sentDifference>;
/** What the server made of a message of ours; null = it keeps it as it was sent. */
export const asStored = z.object({
  differences: z.array(sentDifference),
  missingFiles: z.array(z.string()),
  /** As it left; null = it is what is shown. */
  sentHtml: z.string().nullable(),
});
export type AsStored = z.infer<typeof asStored>;
