import { appErrorOf } from '../../../shared/contract/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type {
  AttachmentId,
  CustomerId,
  DepartmentId,
  MessageId,
  StaffId,
  TicketId,
} from '../../../shared/model/ids.ts';
import type { MessageSource, TicketPriority, TicketStatus } from '../../../shared/model/ticket.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { reaches } from '../domain/rights.ts';
import { startOf } from '../html/cutText.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';
import { currentCustomer } from './currentCustomer.ts';
import { goneRefusal } from './goneTickets.ts';
import { queueMessageMails } from './mailOutbox.ts';
import { type FileForMessage, type MessageAuthor, writeMessage } from './messageWriter.ts';
import { publishCustomerMessage, publishTickets } from './ticketEvents.ts';

export interface NewTicketInput {
  readonly customerId: CustomerId;
  readonly departmentId: DepartmentId;
  readonly subject: string;
  readonly bodyHtml: string;
  readonly author: MessageAuthor;
  readonly source: MessageSource;
  readonly files?: readonly FileForMessage[];
  readonly status?: TicketStatus;
  readonly priority?: TicketPriority;
  readonly assigneeId?: StaffId | null;
  readonly createdAt?: number;
  readonly rawSha256?: string | null;
  readonly isPurified?: boolean;
  readonly bodyReferences?: readonly (string | null)[];
  /** Runs in the same transaction: records a mail's ids, consumes a draft. */
  readonly alongside?: (created: TicketCreated) => Result<unknown>;
  /** The API's `notify=1`: the customer is told by mail that the ticket exists. */
  readonly notify?: boolean;
}
export interface TicketCreated {
  readonly groupId: string;
  readonly ticketId: TicketId;
  readonly messageId: MessageId;
  readonly attachmentIds: readonly AttachmentId[];
}

export interface NewMessageInput {
  readonly ticketId: TicketId;
  readonly author: MessageAuthor;
  readonly bodyHtml: string;
  readonly source: MessageSource;
  readonly files?: readonly FileForMessage[];
  readonly close?: boolean;
  readonly keepsStatus?: boolean;
  readonly createdAt?: number;
  readonly rawSha256?: string | null;
  readonly isPurified?: boolean;
  readonly bodyReferences?: readonly (string | null)[];
  readonly alongside?: (written: TicketCreated) => Result<unknown>;
}

/** A live ticket that the actor may see, or ticket_not_found: what one may not see does not exist. */
export function visibleTicket(deps: ServiceDeps, actor: Actor, id: TicketId): Result<TicketRecord> {
  const ticket = deps.store.tickets.byId(id);
  const isVisible = ticket && ticket.deletedAt === null && reaches(actor, { kind: 'ticket', ...ticket });
  return isVisible ? ok(ticket) : err(appErrorOf('ticket_not_found'));
}

/** Opens a ticket with its first message, in one transaction; answers when both are on disk. */
export function createTicket(deps: ServiceDeps, actor: Actor, input: NewTicketInput): Result<TicketCreated> {
  const created = deps.store.write(() => insertTicket(deps, actor, input));
  if (created.ok) {
    publishTickets(deps, [created.value.ticketId], [input.departmentId], true);
    if (isNews(input)) publishCustomerMessage(deps, created.value.ticketId, true);
  }
  return created;
}

function insertTicket(deps: ServiceDeps, actor: Actor, input: NewTicketInput): Result<TicketCreated> {
  const { store } = deps;
  const subject = startOf(input.subject.trim(), LIMITS.subjectLength);
  if (subject === '') return err(appErrorOf('subject_missing', { field: 'subject' }));
  const customer = currentCustomer(deps, input.customerId);
  if (!customer) return err(appErrorOf('customer_not_found', { field: 'customer' }));
  const checked = checkReferences(deps, input);
  if (!checked.ok) return checked;
  const createdAt = input.createdAt ?? deps.clock.now();
  const groupId = deps.ids.group();
  const ticketId = store.tickets.insert({
    departmentId: input.departmentId,
    customerId: customer.id,
    assigneeId: input.assigneeId ?? null,
    status: input.status ?? 1,
    priority: input.priority ?? 1,
    subject,
    source: input.source,
    createdAt,
  });
  const ticket = store.tickets.byId(ticketId);
  if (!ticket) throw new Error('inserted ticket is missing');
  const written = writeMessage(deps, actor, ticket, messageOf(input, createdAt), {
    groupId,
    kind: 'create_ticket',
    payload: { subject, departmentId: input.departmentId, ...(input.notify ? { notify: true } : {}) },
  });
  if (!written.ok) return written;
  const { messageId, attachmentIds } = written.value;
  const done = { groupId, ticketId, messageId, attachmentIds };
  queueMessageMails(
    deps,
    ticket,
    { ...done, author: input.author },
    { kind: 'ticket_opened', source: input.source, notify: input.notify ?? false },
  );
  const also = input.alongside?.(done) ?? ok(undefined);
  return also.ok ? ok(done) : also;
}

/** A person should hear of it. An import of ten thousand old mails is no news. */
function isNews(input: NewTicketInput | NewMessageInput): boolean {
  return input.author.kind === 'customer' && input.source !== 'import';
}

function checkReferences(deps: ServiceDeps, input: NewTicketInput): Result<void> {
  const { store } = deps;
  if (!store.departments.byId(input.departmentId))
    return err(appErrorOf('department_not_found', { field: 'departmentId' }));
  const staffIds = [input.assigneeId ?? null, input.author.kind === 'staff' ? input.author.staffId : null];
  return checkStaff(deps, staffIds);
}

function checkStaff(deps: ServiceDeps, ids: readonly (StaffId | null)[]): Result<void> {
  const isMissing = ids.some((id) => id !== null && !deps.store.staff.byId(id)?.isActive);
  return isMissing ? err(appErrorOf('staff_not_found')) : ok(undefined);
}

function messageOf(input: NewTicketInput | NewMessageInput, createdAt: number) {
  return {
    author: input.author,
    bodyHtml: input.bodyHtml,
    files: input.files ?? [],
    source: input.source,
    createdAt,
    close: 'close' in input ? (input.close ?? false) : false,
    keepsStatus: 'keepsStatus' in input ? (input.keepsStatus ?? false) : false,
    rawSha256: input.rawSha256 ?? null,
    isPurified: input.isPurified ?? false,
    ...(input.bodyReferences ? { bodyReferences: input.bodyReferences } : {}),
  };
}

/**
 * Adds a reply of staff or a message of the customer; the status follows behaviour.md 3.4. One that the server of a
 * remote workspace has deleted takes none: ticket_gone_on_server.
 */
export function addMessage(deps: ServiceDeps, actor: Actor, input: NewMessageInput): Result<TicketCreated> {
  const added = deps.store.write(() => {
    const ticket = visibleTicket(deps, actor, input.ticketId);
    if (!ticket.ok) return ticket;
    const gone = goneRefusal(deps, input.ticketId);
    if (gone) return err(gone);
    const checked = checkStaff(deps, [input.author.kind === 'staff' ? input.author.staffId : null]);
    if (!checked.ok) return checked;
    const groupId = deps.ids.group();
    const written = writeMessage(
      deps,
      actor,
      ticket.value,
      messageOf(input, input.createdAt ?? deps.clock.now()),
      {
        groupId,
        kind: input.author.kind === 'staff' ? 'reply' : 'customer_reply',
      },
    );
    if (!written.ok) return written;
    const { messageId, attachmentIds } = written.value;
    const done = { groupId, ticketId: input.ticketId, messageId, attachmentIds };
    queueMessageMails(
      deps,
      ticket.value,
      { ...done, author: input.author },
      { kind: 'message_added', source: input.source, notify: false },
    );
    const also = input.alongside?.(done) ?? ok(undefined);
    return also.ok ? ok({ done, departmentId: ticket.value.departmentId }) : also;
  });
  if (!added.ok) return added;
  publishTickets(deps, [input.ticketId], [added.value.departmentId]);
  if (isNews(input)) publishCustomerMessage(deps, input.ticketId, false);
  return ok(added.value.done);
}
