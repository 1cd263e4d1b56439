import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import {
  attachmentId,
  customerId,
  departmentId,
  draftId,
  messageId,
  noteId,
  operationId,
  staffId,
  ticketId,
  uploadId,
} from '../model/ids.ts';
import { authorKind, messageSource, ticketPriority, ticketStatus } from '../model/ticket.ts';
import { mailState } from './mail.ts';
import { attachment, customer, ticketRow } from './queues.ts';
import { asStored, sending } from './sync.ts';

export const message = z.object({
  id: messageId,
  author: authorKind,
  /** Name to show: the staff member's or the customer's. */
  authorName: z.string(),
  staffId: staffId.nullable(),
  source: messageSource,
  createdAt: z.number().int(),
  /** First words, plain text; the whole body is shown from /files/mail/<id>. */
  preview: z.string(),
  /** Purified HTML, for quoting and for the plain-text view; never inserted into the app's own document. */
  bodyHtml: z.string(),
  attachments: z.array(attachment),
  /** The mail that takes a staff member's message to the customer; null = none is to go out. */
  mail: z.object({ state: mailState, toEmail: z.string() }).nullable(),
  /** How far it is on its way to the server of a remote workspace; null = it is there, or needs not go. */
  sending: sending.nullable(),
  /** What the server of a remote workspace made of it; null = it is as it was sent. */
  asStored: asStored.nullable(),
});
export type Message = z.infer<typeof message>;

export const note = z.object({
  id: noteId,
  staffId: staffId.nullable(),
  authorName: z.string(),
  bodyHtml: z.string(),
  createdAt: z.number().int(),
});
export type Note = z.infer<typeof note>;

export const operationKind = z.enum([
  'create_ticket',
  'reply',
  'customer_reply',
  'add_note',
  'set_status',
  'set_department',
  'set_priority',
  'assign',
  'set_tags',
  'set_subject',
  'trash',
  'restore',
  'purge',
  'delete_attachment',
  'restore_attachment',
  'undo_reply',
  'undo_note',
  'discard_change',
  'create_customer',
  'update_customer',
  'delete_customer',
  'block_customer',
  'release_mail',
  'merge_customers',
  'set_customer',
  'create_department',
  'update_department',
  'delete_department',
  'reorder_departments',
  'create_staff',
  'update_staff',
  'set_staff_active',
  'reset_password',
  'change_password',
  'set_second_factor',
  'end_session',
  'create_source',
  'update_source',
  'set_source_active',
  'delete_source',
  'reorder_sources',
  'release_lockout',
  'renew_recovery_codes',
  'make_reset_link',
  'revoke_reset_link',
  'use_reset_link',
  'create_app_password',
  'remove_app_password',
  'create_token',
  'update_token',
  'regenerate_token',
  'delete_token',
  'bulk_import',
]);
export type OperationKind = z.infer<typeof operationKind>;

/** One line of a ticket's history. */
export const operation = z.object({
  id: operationId,
  /** What undo takes: all operations of one act. */
  groupId: z.string(),
  kind: operationKind,
  /** A token acts through the API; its name is `actorName` then. */
  actorKind: z.enum(['staff', 'token', 'customer', 'system']),
  actorName: z.string(),
  before: z.unknown(),
  payload: z.unknown(),
  createdAt: z.number().int(),
  isUndone: z.boolean(),
  canUndo: z.boolean(),
});
export type Operation = z.infer<typeof operation>;

export const ticketDetail = z.object({
  ticket: ticketRow,
  customer,
  messages: z.array(message),
  /** Older messages than those sent exist (a long thread opens at its end). */
  hasOlderMessages: z.boolean(),
  /** Messages that the server of a remote workspace has and this desk does not, as far as it knows. */
  unfetched: z.number().int(),
  notes: z.array(note),
});
export type TicketDetail = z.infer<typeof ticketDetail>;

export const ticketInput = z.object({ ticketId, beforeMessageId: messageId.nullable().default(null) });

const bodyHtml = z.string().max(LIMITS.bodyBytes);

export const createTicketInput = z.object({
  /** An existing customer, or a new one by address and name (made when the address is unknown). */
  customer: z.union([
    z.object({ id: customerId }),
    z.object({ email: z.string().max(LIMITS.emailLength), name: z.string().max(LIMITS.customerNameLength) }),
  ]),
  departmentId,
  priority: ticketPriority.default(1),
  status: ticketStatus.default(1),
  assigneeId: staffId.nullable().default(null),
  subject: z.string().max(2000),
  bodyHtml,
  /** Who speaks in the first message: the customer (a phone call noted down) or the staff member. */
  opener: authorKind.default('staff'),
  uploadIds: z.array(uploadId).max(LIMITS.uploadsPerMessage).default([]),
  draftId: draftId.nullable().default(null),
});
export type CreateTicketInput = z.output<typeof createTicketInput>;

export const replyInput = z.object({
  ticketId,
  bodyHtml,
  uploadIds: z.array(uploadId).max(LIMITS.uploadsPerMessage).default([]),
  /** Close after the reply (behaviour.md 3.4: from any status). */
  close: z.boolean().default(false),
  /** The draft this came from; consumed in the same transaction. */
  draftId: draftId.nullable().default(null),
  /** The newest message the writer had seen; something newer stops the reply with `details.newerMessages`. */
  seenMessageId: messageId.nullable().default(null),
  sendAnyway: z.boolean().default(false),
});
export type ReplyInput = z.output<typeof replyInput>;

export const noteInput = z.object({ ticketId, bodyHtml, draftId: draftId.nullable().default(null) });
export type NoteInput = z.output<typeof noteInput>;

/** Only the fields that are present change. */
export const ticketChange = z.object({
  status: ticketStatus.optional(),
  departmentId: departmentId.optional(),
  priority: ticketPriority.optional(),
  assigneeId: staffId.nullable().optional(),
  subject: z.string().max(2000).optional(),
  addTags: z.array(z.string().trim().min(1).max(50)).max(20).optional(),
  removeTags: z.array(z.string().trim().min(1).max(50)).max(20).optional(),
});
export type TicketChange = z.infer<typeof ticketChange>;

export const updateTicketsInput = z.object({
  ticketIds: z.array(ticketId).min(1).max(LIMITS.bulkTickets),
  change: ticketChange,
});

export const ticketIdsInput = z.object({ ticketIds: z.array(ticketId).min(1).max(LIMITS.bulkTickets) });

/** `onServer`: what the server of a remote workspace has is deleted there too, once that is confirmed in the outbox. */
export const purgeInput = ticketIdsInput.extend({ onServer: z.boolean().default(false) });
/** `queued`: erased here once the server has deleted them. */
export const purgeDone = z.object({ purged: z.number().int(), queued: z.number().int() });

/** What a change answers: enough for the toast «… · Undo (z)». */
export const changeDone = z.object({
  /** Operations of one act share a group; undo takes the whole group. */
  groupId: z.string(),
  changedTickets: z.number().int(),
});
export type ChangeDone = z.infer<typeof changeDone>;
export const replyDone = changeDone.extend({ messageId, ticketId });
export type ReplyDone = z.infer<typeof replyDone>;
export const createTicketDone = changeDone.extend({ ticketId, messageId, customerId });
export type CreateTicketDone = z.infer<typeof createTicketDone>;

export const deleteFileInput = z.strictObject({ attachmentId });
/** `isWaiting`: it is deleted on the server of a remote workspace once a person has confirmed it. */
export const fileDeleted = changeDone.pick({ groupId: true }).extend({ isWaiting: z.boolean() });
export type FileDeleted = z.infer<typeof fileDeleted>;

export const undoInput = z.object({ groupId: z.string().min(1).max(64) });
/** `draft` is set when an undone reply went back into the composer. */
export const undoDone = z.object({ changedTickets: z.number().int(), restoredDraftId: draftId.nullable() });
export type UndoDone = z.infer<typeof undoDone>;

export const historyInput = z.object({ ticketId });
export const history = z.object({ operations: z.array(operation) });
