import { appErrorOf } from '../../../shared/contract/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { AttachmentId, MessageId, StaffId, TicketId } from '../../../shared/model/ids.ts';
import type { MessageSource, TicketStatus } from '../../../shared/model/ticket.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { statusAfterMessage } from '../domain/ticketLifecycle.ts';
import { purifyHtml } from '../html/purify.ts';
import { previewOf } from '../html/text.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';
import { logOperation } from './operationLog.ts';

/** A file whose bytes are already durable in the file store. */
export interface FileForMessage {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly contentId: string | null;
  readonly isInline: boolean;
}

/** Who wrote a message: the ticket's customer, someone else on the mail, or a staff member. */
export type MessageAuthor =
  | { readonly kind: 'customer'; readonly name?: string }
  | { readonly kind: 'staff'; readonly staffId: StaffId };

export interface MessageToWrite {
  readonly author: MessageAuthor;
  readonly bodyHtml: string;
  readonly files: readonly FileForMessage[];
  readonly source: MessageSource;
  /** Milliseconds UTC; a mail's own date when it is imported. */
  readonly createdAt: number;
  readonly close: boolean;
  /** Written by a machine: never reopens or wakes a ticket (email-checklist D1). */
  readonly keepsStatus?: boolean;
  readonly rawSha256: string | null;
  /** Bodies that are already purified in a way of their own (mail) are stored as they are. */
  readonly isPurified: boolean;
  /**
   * What the body refers to as `from` becomes a reference to the stored attachment: an image pasted into
   * the composer, a cid: image of a mail. Same order as `files`; null = nothing refers to it.
   */
  readonly bodyReferences?: readonly (string | null)[];
}

/** The act of which the message is a part. */
interface MessageOperation {
  readonly groupId: string;
  readonly kind: 'create_ticket' | 'reply' | 'customer_reply';
  readonly payload?: Record<string, unknown>;
}

interface WrittenMessage {
  readonly messageId: MessageId;
  readonly attachmentIds: readonly AttachmentId[];
  readonly status: TicketStatus;
}

/** Where the window and stored bodies find an attachment. */
export function attachmentUrl(id: AttachmentId): string {
  return `/files/attachments/${id}`;
}

/** Adds a message to a ticket: rows, counters, status, log, index. Must run inside the caller's transaction. */
export function writeMessage(
  deps: ServiceDeps,
  actor: Actor,
  ticket: TicketRecord,
  message: MessageToWrite,
  operation: MessageOperation,
): Result<WrittenMessage> {
  const { store } = deps;
  if (Buffer.byteLength(message.bodyHtml) > LIMITS.bodyBytes)
    return err(appErrorOf('body_too_large', { field: 'bodyHtml' }));
  const bodyHtml = message.isPurified ? message.bodyHtml : purifyHtml(message.bodyHtml);
  const messageId = insertMessage(deps, ticket.id, bodyHtml, message);
  const attachmentIds = writeFiles(deps, ticket.id, messageId, bodyHtml, message);
  const isFirst = operation.kind === 'create_ticket';
  const keepsStatus = isFirst || message.keepsStatus;
  const status = keepsStatus
    ? ticket.status
    : statusAfterMessage(ticket.status, message.author.kind, message.close);
  const now = deps.clock.now();
  if (status !== ticket.status) store.tickets.set(ticket.id, 'status', status, now);
  store.tickets.refreshFromThread(ticket.id, now);
  store.search.index(ticket.id);
  logOperation(deps, actor, {
    groupId: operation.groupId,
    kind: operation.kind,
    ticketId: ticket.id,
    messageId,
    payload: { ...operation.payload, status, ...(message.close ? { close: true } : {}) },
    before: isFirst ? {} : { status: ticket.status },
  });
  store.changes.record('message', messageId, 'created', now);
  store.changes.record('ticket', ticket.id, isFirst ? 'created' : 'changed', now);
  return ok({ messageId, attachmentIds, status });
}

function insertMessage(
  deps: ServiceDeps,
  ticketId: TicketId,
  bodyHtml: string,
  { author, source, rawSha256, createdAt }: MessageToWrite,
): MessageId {
  return deps.store.messages.insert({
    ticketId,
    author: author.kind,
    staffId: author.kind === 'staff' ? author.staffId : null,
    authorName: author.kind === 'customer' ? (author.name ?? null) : null,
    bodyHtml,
    preview: previewOf(bodyHtml),
    source,
    rawSha256,
    createdAt,
  });
}

function writeFiles(
  deps: ServiceDeps,
  ticketId: TicketId,
  messageId: MessageId,
  bodyHtml: string,
  message: MessageToWrite,
): AttachmentId[] {
  let body = bodyHtml;
  const ids = message.files.map((file, index) => {
    const reference = message.bodyReferences?.[index] ?? null;
    const isReferred = reference !== null && body.includes(`"${reference}"`);
    const id = deps.store.attachments.insert({
      ticketId,
      messageId,
      name: file.name,
      mediaType: file.mediaType,
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
      contentId: file.contentId,
      isInline: file.isInline || isReferred,
      createdAt: message.createdAt,
    });
    if (reference !== null && isReferred) body = body.replaceAll(`"${reference}"`, `"${attachmentUrl(id)}"`);
    deps.store.changes.record('attachment', id, 'created', deps.clock.now());
    return id;
  });
  if (body !== bodyHtml) deps.store.messages.setBody(messageId, body);
  return ids;
}
