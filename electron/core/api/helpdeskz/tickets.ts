import type { TicketId } from '../../../../shared/model/ids.ts';
import { ALL_STATUSES, type TicketStatus } from '../../../../shared/model/ticket.ts';
import { ok } from '../../../../shared/util/result.ts';
import { type ApiTicketRow, ticketEntry, ticketPage } from '../../services/apiReads.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { currentCustomer } from '../../services/currentCustomer.ts';
import { departmentById } from '../../services/departments.ts';
import { localId, shownId } from '../../services/shownIds.ts';
import { trashTickets, updateTicketNow } from '../../services/ticketChanges.ts';
import { createTicket } from '../../services/ticketWriter.ts';
import { type Answer, failure, refusal, success } from './answers.ts';
import { type Action, authorOf, type Call, idProblem, joinProblems, staffProblem, withForm } from './call.ts';
import { changedSince } from './conditional.ts';
import { creating, type Once } from './creating.ts';
import type { Form } from './form.ts';
import { listOptions } from './listOptions.ts';
import {
  escapeHtml,
  idFrom,
  isMissing,
  isNumeric,
  isTruthy,
  listPage,
  naturalId,
  seconds,
} from './phpValues.ts';
import { TEXT } from './texts.ts';

/** `replies` does not count the first message (behaviour.md 2.5). */
const row = (deps: ServiceDeps, ticket: ApiTicketRow) => ({
  id: String(shownId(deps, 'tickets', ticket.id)),
  user_id: String(shownId(deps, 'customers', ticket.customerId)),
  department_id: String(shownId(deps, 'departments', ticket.departmentId)),
  subject: ticket.subject,
  date: seconds(ticket.createdAt),
  last_update: seconds(ticket.lastMessageAt),
  status: String(ticket.status),
  replies: String(Math.max(0, ticket.messageCount - 1)),
  user_fullname: escapeHtml(ticket.customerName),
  department_name: escapeHtml(ticket.departmentName),
});

const statusOf = (text: string): TicketStatus | undefined =>
  ALL_STATUSES.find((status) => String(status) === text);

const list = (total: number, pages: number, tickets: readonly object[], further: object = {}): Answer =>
  success({ total_tickets: total, pages, tickets, ...further });

function index(call: Call): Answer {
  const { deps, actor, query } = call;
  const options = listOptions(call);
  if (!options.ok) return failure(options.error);
  const page = listPage(query.page);
  if (page === null) return refusal(TEXT.pageNotFound);
  // The documentation says status_id, the reference reads status.
  const wanted = [query.status, query.status_id].find(isNumeric);
  const status = wanted === undefined ? undefined : statusOf(wanted);
  if (wanted !== undefined && status === undefined) return refusal(TEXT.statusIdNotValid);
  const customer = idFilter(query.user_id);
  const department = idFilter(query.department_id);
  if (customer === null || department === null) return list(0, 0, []);
  const customerId = customer === undefined ? undefined : localId(deps, 'customers', customer);
  const found = ticketPage(deps, actor, {
    ...options.value,
    page,
    status,
    customerId: customerId === undefined ? undefined : (currentCustomer(deps, customerId)?.id ?? customerId),
    departmentId: department === undefined ? undefined : localId(deps, 'departments', department),
  });
  if (!call.isExtended)
    return list(
      found.total,
      found.pages,
      found.rows.map((ticket) => row(deps, ticket)),
    );
  const rows = found.rows.map((ticket) => ({ ...row(deps, ticket), updated: seconds(ticket.updatedAt) }));
  return list(found.total, found.pages, rows, { more: found.isCut ? 1 : 0 });
}

/** Undefined: no filter, text is ignored. Null: a number that no row has. */
function idFilter(text: string | undefined): number | null | undefined {
  if (!isNumeric(text)) return undefined;
  return idFrom(text) ?? null;
}

function find({ deps, actor, id }: Call): ApiTicketRow | undefined {
  const ticketId = idFrom(id);
  return ticketId === undefined ? undefined : ticketEntry(deps, actor, localId(deps, 'tickets', ticketId));
}

function show(call: Call): Answer {
  const found = find(call);
  return found ? success({ ticket: row(call.deps, found) }) : refusal(TEXT.ticketNotFound);
}

async function createFrom(call: Call, form: Form, once: Once): Promise<Answer> {
  const problem = joinProblems(createProblems(call, form));
  if (problem) return problem;
  const files = await form.keepFiles();
  if (!files.ok) return failure(files.error);
  const { deps } = call;
  const answer = once(() => {
    const created = createTicket(deps, call.actor, {
      customerId: localId(deps, 'customers', Number(form.get('user_id'))),
      departmentId: localId(deps, 'departments', Number(form.get('department_id'))),
      subject: form.get('subject') ?? '',
      bodyHtml: form.get('body') ?? '',
      author: authorOf(form, 'opener'),
      source: 'api',
      files: files.value,
      notify: form.get('notify') === '1',
    });
    if (!created.ok) return created;
    const { ticketId, messageId, attachmentIds } = created.value;
    return ok({
      told: { ticket_id: shownId(deps, 'tickets', ticketId) },
      further: { message_id: messageId, attachment_ids: attachmentIds },
      message: TEXT.ticketCreated,
    });
  });
  if (answer.ok) return answer.value;
  // Only a colleague who deleted one of them a moment ago gets here.
  return joinProblems(createProblems(call, form)) ?? failure(answer.error);
}

function createProblems(call: Call, form: Form): (string | undefined)[] {
  const { deps } = call;
  const opener = form.get('opener');
  return [
    openerProblem(opener),
    idProblem(
      form.get('user_id'),
      { missing: TEXT.userIdMissing, invalid: TEXT.userIdNotValid, unknown: TEXT.userIdNotFound },
      (id) => currentCustomer(deps, localId(deps, 'customers', id)) !== undefined,
    ),
    opener === 'staff' ? staffProblem(call, form.get('staff_id')) : undefined,
    departmentProblem(deps, form.get('department_id')),
    isMissing(form.get('subject')) ? TEXT.subjectMissing : undefined,
    isMissing(form.get('body')) ? TEXT.bodyMissing : undefined,
    form.fileProblem,
  ];
}

function openerProblem(opener: string | undefined): string | undefined {
  if (isMissing(opener)) return TEXT.openerMissing;
  return opener === 'user' || opener === 'staff' ? undefined : TEXT.openerNotValid;
}

function departmentProblem(deps: Call['deps'], value: string | undefined): string | undefined {
  return idProblem(
    value,
    {
      missing: TEXT.departmentIdMissing,
      invalid: TEXT.departmentIdNotValid,
      unknown: TEXT.departmentIdNotFound,
    },
    (id) => departmentById(deps, localId(deps, 'departments', id)) !== undefined,
  );
}

function update(call: Call): Answer | Promise<Answer> {
  const found = find(call);
  if (!found) return refusal(TEXT.ticketNotFound);
  return withForm(call, (form) => changedSince(call, show) ?? updateFrom(call, found.id, form));
}

/** Empty and "0" count as not sent; with nothing recognised the answer is a success (behaviour.md 2.4). */
function updateFrom({ deps, actor }: Call, id: TicketId, form: Form): Answer {
  const departmentId = form.get('department_id');
  const status = [form.get('status'), form.get('status_id')].find(isTruthy);
  const problem = joinProblems([
    isTruthy(departmentId) ? departmentProblem(deps, departmentId) : undefined,
    status !== undefined && statusOf(status) === undefined ? TEXT.statusIdNotValid : undefined,
  ]);
  if (problem) return problem;
  const newStatus = status === undefined ? undefined : statusOf(status);
  const newDepartment = isTruthy(departmentId) ? naturalId(departmentId) : undefined;
  if (newStatus === undefined && newDepartment === undefined) return success({ message: TEXT.ticketUpdated });
  const updated = updateTicketNow(deps, actor, id, {
    ...(newDepartment === undefined ? {} : { departmentId: localId(deps, 'departments', newDepartment) }),
    ...(newStatus === undefined ? {} : { status: newStatus }),
  });
  if (updated.ok) return success({ message: TEXT.ticketUpdated });
  const { code } = updated.error;
  // Not there any more: here, or on the server of a remote workspace.
  const isGone = code === 'ticket_not_found' || code === 'ticket_gone_on_server';
  return isGone ? refusal(TEXT.ticketNotFound) : failure(updated.error);
}

async function remove(call: Call): Promise<Answer> {
  const found = find(call);
  if (!found) return refusal(TEXT.ticketNotFound);
  const stale = changedSince(call, show);
  if (stale) return stale;
  const trashed = await trashTickets(call.deps, call.actor, [found.id], undefined, { onServer: true });
  return trashed.ok ? success({ message: TEXT.ticketRemoved }) : failure(trashed.error);
}

export const tickets = {
  index: { permission: 'tickets.read', run: index },
  show: { permission: 'tickets.read', run: show },
  create: { permission: 'tickets.create', run: creating('tickets/create', createFrom) },
  update: { permission: 'tickets.update', run: update },
  delete: { permission: 'tickets.delete', run: remove },
} satisfies Record<string, Action>;
