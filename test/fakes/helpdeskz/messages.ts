import { type Call, complain, isNumeric, lenientPage, required, type Steps } from './call.ts';
import { addMessageRow, type Message, type State, type Ticket } from './state.ts';
import { idOf, storedBody } from './text.ts';
import { staffProblem, visibleTicket } from './tickets.ts';
import { storeUploads, uploadProblem } from './uploads.ts';
import { type FakeResponse, failure, fatal, success } from './wire.ts';

const rowOf = ({ id, date, customer, staffId, message }: Message) => ({
  id: String(id),
  date: String(date),
  customer: customer ? '1' : '0',
  staff_id: String(staffId),
  message,
});

/** By date only; rows of one second keep the table's order whichever way the list runs (behaviour.md 2.5). */
export function showMessages({ state, id, query }: Call): FakeResponse {
  const ticket = visibleTicket(state, idOf(id));
  if (!ticket) return failure('Ticket not found.');
  const page = lenientPage(query.page);
  if (typeof page !== 'number') return fatal();
  const { repliesPage: size, replyOrder } = state.settings;
  const direction = replyOrder === 'asc' ? 1 : -1;
  const thread = [...(state.messages.get(ticket.id) ?? [])].sort((a, b) => direction * (a.date - b.date));
  return success({
    pages: Math.ceil(thread.length / size),
    total_replies: thread.length,
    messages: thread.slice((page - 1) * size, page * size).map(rowOf),
  });
}

function createProblem(call: Call): FakeResponse | null {
  const { validated, state } = call;
  const { replier, ticket_id } = validated;
  const isKnown = isNumeric(ticket_id ?? '') && visibleTicket(state, Number(ticket_id)) !== undefined;
  return complain(
    required(ticket_id, 'Ticket ID is missing.') ?? (isKnown ? null : 'Ticket not found.'),
    required(validated.message, 'Message is missing.'),
    required(replier, 'Replier is missing.') ??
      (replier === 'user' || replier === 'staff' ? null : 'Invalid replier.'),
    staffProblem(call, replier),
    uploadProblem(call),
  );
}

/** The status machine (3.4): a staff reply answers what waits, a user's reply wakes what was answered or closed. */
function statusAfter(status: number, isStaff: boolean): number {
  if (isStaff) return status <= 3 ? 2 : status;
  return status === 2 || status === 5 ? 3 : status;
}

/** The message row and then the counters: every channel's reply (3.5). */
export function* appendReply(
  state: State,
  ticket: Ticket,
  reply: { now: number; isStaff: boolean; staffId: number; message: string },
): Generator<'message' | 'counters', Message> {
  const message = addMessageRow(state, {
    ticketId: ticket.id,
    date: reply.now,
    customer: !reply.isStaff,
    staffId: reply.staffId,
    message: reply.message,
  });
  yield 'message';
  ticket.status = statusAfter(ticket.status, reply.isStaff);
  ticket.replies += 1;
  ticket.lastUpdate = reply.now;
  state.version += 1;
  yield 'counters';
  return message;
}

/** message → counters → files → mail → close; the answer has no message id (2.5, 3.5). */
export function* createMessage(call: Call): Steps {
  const refused = createProblem(call);
  if (refused) return refused;
  const { state, now, form } = call;
  const { ticket_id, replier, staff_id, message: body, close } = form.fields;
  const ticket = visibleTicket(state, Number(ticket_id));
  if (!ticket || body === undefined) return failure('Ticket not found.');
  const isStaff = replier === 'staff';
  const message = yield* appendReply(state, ticket, {
    now,
    isStaff,
    staffId: isStaff ? Number(staff_id) : 0,
    message: storedBody(body, state.settings),
  });
  if (storeUploads(call, message)) yield 'files';
  if (isStaff) {
    const to = state.users.get(ticket.userId)?.email ?? '';
    state.mails.push({ template: 'staff_reply', to, ticketId: ticket.id, messageId: message.id });
    yield 'mail';
  }
  if (isStaff && close === '1') {
    ticket.status = 5;
    state.version += 1;
    yield 'close';
  }
  return success({ message: 'Message was created and added to ticket.' });
}
