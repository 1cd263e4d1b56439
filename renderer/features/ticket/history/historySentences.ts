import { z } from 'zod';
import type { Operation, OperationKind } from '../../../../shared/contract/tickets.ts';
import {
  PRIORITY_NAMES,
  STATUS_NAMES,
  type TicketStatus,
  ticketPriority,
  ticketStatus,
} from '../../../../shared/model/ticket.ts';
import { assertNever } from '../../../../shared/util/assertNever.ts';

/** Names for the ids that the log keeps. A name that is gone is told by its number. */
export type HistoryNames = {
  readonly departments: ReadonlyMap<number, string>;
  readonly staff: ReadonlyMap<number, string>;
};

/** Over the wire a value that is not set is not there. */
export type LoggedOperation = Omit<Operation, 'before' | 'payload'> & { before?: unknown; payload?: unknown };

/** One line of a ticket's history: «Sam» «closed the ticket». */
export type HistoryLine = {
  readonly operation: LoggedOperation;
  readonly actor: string;
  readonly sentence: string;
};

// The log is permanent and older lines may lack what newer ones have: every part may be missing.
const facts = z
  .object({
    status: ticketStatus.optional().catch(undefined),
    departmentId: z.number().optional().catch(undefined),
    priority: ticketPriority.optional().catch(undefined),
    assigneeId: z.number().nullable().optional().catch(undefined),
    subject: z.string().optional().catch(undefined),
    tags: z.array(z.string()).optional().catch(undefined),
    name: z.string().optional().catch(undefined),
    byMessage: z.boolean().optional().catch(undefined),
    onServer: z.boolean().optional().catch(undefined),
  })
  .catch({});
type Facts = z.infer<typeof facts>;

const quoted = (text: string) => `“${text}”`;

function list(words: readonly string[]): string {
  const all = words.map(quoted);
  const last = all.pop();
  return all.length === 0 ? (last ?? '') : `${all.join(', ')} and ${last}`;
}

function statusName(status: TicketStatus | undefined): string {
  return status === undefined ? 'another status' : STATUS_NAMES[status];
}

function statusSentence(before: Facts, after: Facts): string {
  if (after.status === 5) return 'closed the ticket';
  if (before.status === 5) return `reopened the ticket as ${statusName(after.status)}`;
  if (before.status === undefined) return `set the status to ${statusName(after.status)}`;
  return `changed the status from ${statusName(before.status)} to ${statusName(after.status)}`;
}

function departmentSentence(before: Facts, after: Facts, names: HistoryNames): string {
  const name = (id: number | undefined) =>
    id === undefined ? 'another department' : (names.departments.get(id) ?? `department ${id}`);
  const to = name(after.departmentId);
  return before.departmentId === undefined
    ? `moved the ticket to ${to}`
    : `moved the ticket from ${name(before.departmentId)} to ${to}`;
}

function discardSentence({ status, departmentId }: Facts, { departments }: HistoryNames): string {
  const what =
    departmentId === undefined
      ? `the status ${statusName(status)}`
      : `the move to ${departments.get(departmentId) ?? `department ${departmentId}`}`;
  return `discarded ${what}, which waited to be sent`;
}

function prioritySentence(before: Facts, after: Facts): string {
  const to = after.priority === undefined ? 'another value' : PRIORITY_NAMES[after.priority];
  return before.priority === undefined
    ? `set the priority to ${to}`
    : `changed the priority from ${PRIORITY_NAMES[before.priority]} to ${to}`;
}

function assignSentence(before: Facts, after: Facts, names: HistoryNames, actor: string): string {
  const name = (id: number) => names.staff.get(id) ?? `staff member ${id}`;
  const from = before.assigneeId ? name(before.assigneeId) : null;
  if (after.assigneeId === undefined) return 'changed the assignee';
  if (after.assigneeId === null) return from ? `took the ticket off ${from}` : 'left the ticket unassigned';
  const to = name(after.assigneeId);
  if (to === actor) return 'took the ticket';
  return from ? `handed the ticket from ${from} to ${to}` : `assigned the ticket to ${to}`;
}

function tagsSentence(before: Facts, after: Facts): string {
  const had = before.tags ?? [];
  const has = after.tags ?? [];
  const added = has.filter((tag) => !had.includes(tag));
  const removed = had.filter((tag) => !has.includes(tag));
  const word = (count: number) => (count === 1 ? 'tag' : 'tags');
  const parts = [
    added.length > 0 && `added the ${word(added.length)} ${list(added)}`,
    removed.length > 0 && `removed the ${word(removed.length)} ${list(removed)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'changed the tags' : parts.join(' and ');
}

function subjectSentence(before: Facts, after: Facts): string {
  if (after.subject === undefined) return 'changed the subject';
  return before.subject === undefined
    ? `changed the subject to ${quoted(after.subject)}`
    : `changed the subject from ${quoted(before.subject)} to ${quoted(after.subject)}`;
}

function replySentence(before: Facts, after: Facts): string {
  return after.status === 5 && before.status !== 5 ? 'replied and closed the ticket' : 'replied';
}

/** A token is not the customer, it only brings what the customer wrote. */
function customerSentence({ actorKind }: LoggedOperation, isReopened: boolean): string {
  const reopened = isReopened ? ' and reopened the ticket' : '';
  if (actorKind === 'token') return `passed on the customer’s message${reopened}`;
  return isReopened ? `wrote again${reopened}` : 'wrote';
}

/** Kinds whose sentence does not depend on values. */
const PLAIN: Partial<Record<OperationKind, string>> = {
  create_ticket: 'opened the ticket',
  add_note: 'added a note',
  purge: 'deleted the ticket for good',
  undo_reply: 'took back a reply',
  undo_note: 'took back a note',
  create_customer: 'added the customer',
  update_customer: 'changed the customer',
  delete_customer: 'deleted the customer',
  block_customer: 'blocked or unblocked the customer',
  release_mail: 'let mail of a blocked customer in',
  merge_customers: 'merged two customers',
  set_customer: 'gave the ticket to another customer',
  create_department: 'added a department',
  update_department: 'changed a department',
  delete_department: 'deleted a department',
  reorder_departments: 'changed the order of departments',
  create_staff: 'added a staff member',
  update_staff: 'changed a staff member',
  set_staff_active: 'switched an account on or off',
  reset_password: 'reset a password',
  change_password: 'changed a password',
  set_second_factor: 'changed a second factor',
  end_session: 'ended a session',
  create_source: 'added a sign-in source',
  update_source: 'changed a sign-in source',
  set_source_active: 'switched a sign-in source on or off',
  delete_source: 'deleted a sign-in source',
  reorder_sources: 'changed the order of sign-in sources',
  release_lockout: 'released a lockout',
  renew_recovery_codes: 'made new recovery codes',
  make_reset_link: 'made a reset link',
  revoke_reset_link: 'took a reset link back',
  use_reset_link: 'set a new password by a reset link',
  create_app_password: 'made an app password',
  remove_app_password: 'removed an app password',
  create_token: 'made an API token',
  update_token: 'changed an API token',
  regenerate_token: 'regenerated an API token',
  delete_token: 'deleted an API token',
  bulk_import: 'brought the ticket in with an import',
};

/** What happened, in a person's words, to stand after the actor's name. */
export function historySentence(operation: LoggedOperation, names: HistoryNames): string {
  const before = facts.parse(operation.before ?? {});
  const after = facts.parse(operation.payload ?? {});
  const { kind } = operation;
  switch (kind) {
    case 'set_status':
      return statusSentence(before, after);
    case 'set_department':
      return departmentSentence(before, after, names);
    case 'set_priority':
      return prioritySentence(before, after);
    case 'assign':
      return assignSentence(before, after, names, operation.actorName);
    case 'set_tags':
      return tagsSentence(before, after);
    case 'set_subject':
      return subjectSentence(before, after);
    case 'reply':
      return replySentence(before, after);
    case 'customer_reply':
      return customerSentence(operation, before.status === 5);
    case 'delete_attachment':
      return after.name || before.name
        ? `deleted the attachment ${quoted(after.name ?? before.name ?? '')}`
        : 'deleted an attachment';
    case 'restore_attachment':
      return after.name ? `brought the attachment ${quoted(after.name)} back` : 'brought an attachment back';
    case 'trash':
      return after.onServer
        ? 'asked for the ticket to be deleted on the server'
        : 'moved the ticket to the trash';
    case 'discard_change':
      return discardSentence(after, names);
    case 'restore':
      return after.byMessage
        ? 'brought the ticket back from the trash: somebody wrote in it'
        : 'restored the ticket from the trash';
    case 'create_ticket':
    case 'add_note':
    case 'purge':
    case 'undo_reply':
    case 'undo_note':
    case 'create_customer':
    case 'update_customer':
    case 'delete_customer':
    case 'block_customer':
    case 'release_mail':
    case 'merge_customers':
    case 'set_customer':
    case 'create_department':
    case 'update_department':
    case 'delete_department':
    case 'reorder_departments':
    case 'create_staff':
    case 'update_staff':
    case 'set_staff_active':
    case 'reset_password':
    case 'change_password':
    case 'set_second_factor':
    case 'end_session':
    case 'create_source':
    case 'update_source':
    case 'set_source_active':
    case 'delete_source':
    case 'reorder_sources':
    case 'release_lockout':
    case 'renew_recovery_codes':
    case 'make_reset_link':
    case 'revoke_reset_link':
    case 'use_reset_link':
    case 'create_app_password':
    case 'remove_app_password':
    case 'create_token':
    case 'update_token':
    case 'regenerate_token':
    case 'delete_token':
    case 'bulk_import':
      return PLAIN[kind] ?? kind;
    default:
      return assertNever(kind);
  }
}

/** The history, newest first. */
export function historyLines(operations: readonly LoggedOperation[], names: HistoryNames): HistoryLine[] {
  return operations
    .map((operation) => ({
      operation,
      actor: operation.actorName || 'Staffdesk',
      sentence: `${historySentence(operation, names)}${operation.actorKind === 'token' ? ' through the API' : ''}`,
    }))
    .sort((a, b) => b.operation.createdAt - a.operation.createdAt || b.operation.id - a.operation.id);
}
