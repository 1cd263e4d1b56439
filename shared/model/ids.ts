import { z } from 'zod';

// Branded, so that a customer id can't be passed where a ticket id is meant.
const id = <B extends string>(brand: B) => {
  void brand;
  return z.number().int().positive().max(Number.MAX_SAFE_INTEGER).brand<B>();
};

export const ticketId = id('TicketId');
export type TicketId = z.infer<typeof ticketId>;
export const messageId = id('MessageId');
export type MessageId = z.infer<typeof messageId>;
export const attachmentId = id('AttachmentId');
export type AttachmentId = z.infer<typeof attachmentId>;
export const customerId = id('CustomerId');
export type CustomerId = z.infer<typeof customerId>;
export const departmentId = id('DepartmentId');
export type DepartmentId = z.infer<typeof departmentId>;
export const staffId = id('StaffId');
export type StaffId = z.infer<typeof staffId>;
export const noteId = id('NoteId');
export type NoteId = z.infer<typeof noteId>;
export const operationId = id('OperationId');
export type OperationId = z.infer<typeof operationId>;
export const tokenId = id('TokenId');
export type TokenId = z.infer<typeof tokenId>;
export const draftId = id('DraftId');
export type DraftId = z.infer<typeof draftId>;
/** A file that was uploaded and belongs to a draft, not yet to a message. */
export const uploadId = id('UploadId');
export type UploadId = z.infer<typeof uploadId>;
/** Another system whose accounts may sign in here. */
export const sourceId = id('SourceId');
export type SourceId = z.infer<typeof sourceId>;
