import { type Call, complain, isNumeric, required, type Steps, strictPage } from './call.ts';
import { addMessageRow, addTicketRow, removeTicket, type State, type Ticket } from './state.ts';
import { idOf, storedBody, storedSubject } from './text.ts';
import { storeUploads, uploadProblem } from './uploads.ts';
import { type FakeResponse, failure, fatal, success } from './wire.ts';

/** All strings, and no more than these (behaviour.md 2.4). */
function rowOf({ users, departments }: State, ticket: Ticket) {
  return {
    id: String(ticket.id),
    user_id: String(ticket.userId),
    department_id: String(ticket.departmentId),
    subject: ticket.subject,
    date: String(ticket.date),
    last_update: String(ticket.lastUpdate),
    status: String(ticket.status),
    replies: String(ticket.replies),
    user_fullname: users.get(ticket.userId)?.fullname ?? '',
    department_name: departments.get(ticket.departmentId)?.name ?? '',
  };
}

/** A ticket whose user or department row is missing is invisible everywhere. */
export function visibleTicket(state: State, id: number): Ticket | undefined {
  const ticket = state.tickets.get(id);
  const isVisible = ticket && state.users.has(ticket.userId) && state.departments.has(ticket.departmentId);
  return isVisible ? ticket : undefined;
}

const sorted = new WeakMap<State, { version: number; tickets: Ticket[] }>();

/** There is no ORDER BY: small tables come in row order, big ones grouped by department (3.6). */
function inListOrder(state: State): readonly Ticket[] {
  const known = sorted.get(state);
  if (known?.version === state.version) return known.tickets;
  const tickets = state.ticketRows.flatMap((id) => (id === null ? [] : (visibleTicket(state, id) ?? [])));
  if (state.settings.listOrder === 'departments') tickets.sort((a, b) => a.departmentId - b.departmentId);
  sorted.set(state, { version: state.version, tickets });
  return tickets;
}

export function listTickets({ state, query }: Call): FakeResponse {
  const filter = (name: string): number | null => {
    const text = query[name];
    return text !== undefined && isNumeric(text) ? Number(text) : null;
  };
  const [status, userId, departmentId] = [filter('status'), filter('user_id'), filter('department_id')];
  if (status !== null && (status < 1 || status > 5)) return failure('Invalid Status ID.');
  const page = strictPage(query.page);
  if (page === 'fatal') return fatal();
  if (page === 'not_found') return failure('Page not found.');
  const isUnfiltered = status === null && userId === null && departmentId === null;
  const all = inListOrder(state);
  const found = isUnfiltered
    ? all
    : all.filter(
        (ticket) =>
          (status === null || ticket.status === status) &&
          (userId === null || ticket.userId === userId) &&
          (departmentId === null || ticket.departmentId === departmentId),
      );
  const size = state.settings.ticketsPage;
  const tickets = found.slice((page - 1) * size, page * size).map((ticket) => rowOf(state, ticket));
  return success({ total_tickets: found.length, pages: Math.ceil(found.length / size), tickets });
}

export function showTicket({ state, id }: Call): FakeResponse {
  const ticket = visibleTicket(state, idOf(id));
  return ticket ? success({ ticket: rowOf(state, ticket) }) : failure('Ticket not found.');
}

/** The complaint about who writes as staff; null when `role` is not staff. */
export function staffProblem({ state, validated }: Call, role: string | undefined): string | null {
  if (role !== 'staff') return null;
  const missing = required(validated.staff_id, 'Staff ID is missing.');
  if (missing !== null) return missing;
  if (!isNumeric(validated.staff_id ?? '')) return 'Invalid Staff ID.';
  return state.staff.get(Number(validated.staff_id))?.isActive ? null : 'Staff ID not found.';
}

function reference(
  rows: ReadonlyMap<number, unknown>,
  text: string | undefined,
  name: string,
): string | null {
  const missing = required(text, `${name} is missing.`);
  if (missing !== null || text === undefined) return missing;
  if (!isNumeric(text)) return `${name} is not valid.`;
  return rows.has(Number(text)) ? null : `${name} not found.`;
}

function createProblem(call: Call): FakeResponse | null {
  const { validated, state } = call;
  const { opener } = validated;
  return complain(
    required(opener, 'Opener is missing.') ??
      (opener === 'user' || opener === 'staff' ? null : 'Invalid opener.'),
    reference(state.users, validated.user_id, 'User ID'),
    staffProblem(call, opener),
    reference(state.departments, validated.department_id, 'Department ID'),
    required(validated.subject, 'Subject is missing.'),
    required(validated.body, 'Body is missing.'),
    uploadProblem(call),
  );
}

/** Ticket row, message row, files, mails: one after the other, without a transaction. */
export function* createTicket(call: Call): Steps {
  const refused = createProblem(call);
  if (refused) return refused;
  const { state, now } = call;
  const { opener, user_id, department_id, staff_id, subject, body, notify } = call.form.fields;
  if (user_id === undefined || body === undefined) {
    return success({ ticket_id: 0, message: 'Ticket was created.' });
  }
  const isStaff = opener === 'staff';
  const ticket = addTicketRow(state, {
    userId: Number(user_id),
    departmentId: Number(department_id),
    subject: storedSubject(subject ?? ''),
    date: now,
    lastUpdate: now,
    status: 1,
    replies: 0,
  });
  yield 'counters';
  const message = addMessageRow(state, {
    ticketId: ticket.id,
    date: now,
    customer: !isStaff,
    staffId: isStaff ? Number(staff_id) : 0,
    message: storedBody(body, state.settings),
  });
  yield 'message';
  if (storeUploads(call, message)) yield 'files';
  const to = state.users.get(ticket.userId)?.email ?? '';
  const mail = { to, ticketId: ticket.id, messageId: message.id };
  if (notify === '1') state.mails.push({ template: 'new_ticket', ...mail });
  if (isStaff) state.mails.push({ template: 'staff_reply', ...mail });
  if (isStaff || notify === '1') yield 'mail';
  return success({ ticket_id: ticket.id, message: 'Ticket was created.' });
}

/** `last_update` stays; what is not recognised is ignored with success (2.4). */
export function* updateTicket(call: Call): Steps {
  const ticket = visibleTicket(call.state, idOf(call.id));
  if (!ticket) return failure('Ticket not found.');
  const { status, department_id } = call.form.fields;
  const hasStatus = status !== undefined && status !== '' && status !== '0';
  const refused = complain(
    !hasStatus || /^[1-5]$/.test(status) ? null : 'Invalid Status ID.',
    department_id === undefined || department_id === ''
      ? null
      : reference(call.state.departments, department_id, 'Department ID'),
  );
  if (refused) return refused;
  if (hasStatus) ticket.status = Number(status);
  if (department_id) ticket.departmentId = Number(department_id);
  call.state.version += 1;
  yield 'done';
  return success({ message: 'Ticket was updated.' });
}

export function* deleteTicket({ state, id }: Call): Steps {
  const ticket = visibleTicket(state, idOf(id));
  if (!ticket) return failure('Ticket not found.');
  removeTicket(state, ticket.id);
  yield 'done';
  return success({ message: 'Ticket was removed.' });
}
