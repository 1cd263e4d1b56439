import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { customerId, departmentId, draftId, ticketId, uploadId } from '../model/ids.ts';
import { ticketPriority } from '../model/ticket.ts';

export const draftKind = z.enum(['reply', 'note', 'new_ticket']);
export type DraftKind = z.infer<typeof draftKind>;

/** A file on disk that waits for its message. */
export const upload = z.object({
  id: uploadId,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number().int(),
});
export type Upload = z.infer<typeof upload>;

/** The fields of a «new ticket» draft besides its text; empty strings are fine while one types. */
export const newTicketFields = z.object({
  customerId: customerId.nullable(),
  customerEmail: z.string().max(LIMITS.emailLength),
  customerName: z.string().max(LIMITS.customerNameLength),
  departmentId: departmentId.nullable(),
  priority: ticketPriority,
  subject: z.string().max(2000),
});
export type NewTicketFields = z.infer<typeof newTicketFields>;

export const draft = z.object({
  id: draftId,
  kind: draftKind,
  ticketId: ticketId.nullable(),
  bodyHtml: z.string(),
  newTicket: newTicketFields.nullable(),
  uploads: z.array(upload),
  updatedAt: z.number().int(),
});
export type Draft = z.infer<typeof draft>;

/** One draft per staff member, ticket and kind; `new_ticket` has no ticket and may exist several times. */
export const getDraftInput = z.object({ ticketId, kind: z.enum(['reply', 'note']) });
export const saveDraftInput = z.object({
  /** null = the draft of (ticket, kind), made when missing. */
  draftId: draftId.nullable(),
  ticketId: ticketId.nullable(),
  kind: draftKind,
  bodyHtml: z.string().max(LIMITS.bodyBytes),
  newTicket: newTicketFields.nullable().default(null),
  uploadIds: z.array(uploadId).max(LIMITS.uploadsPerMessage).default([]),
});
export type SaveDraftInput = z.output<typeof saveDraftInput>;
export const draftIdInput = z.object({ draftId });
