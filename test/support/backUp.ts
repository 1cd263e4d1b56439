import { addMessageRow, addTicketRow, removeTicket, type State } from '../fakes/helpdeskz/state.ts';

/** The rows that a backup of the server brings back, and the numbers that are given next. Answers how to restore it. */
export function backUp(state: State): () => void {
  const { tickets, messages, users, nextId } = state;
  const kept = {
    tickets: [...tickets.values()].map((row) => ({ ...row })),
    messages: [...messages].map(([id, thread]) => [id, [...thread]] as const),
    users: [...users].map(([id, row]) => [id, { ...row }] as const),
    nextId: { ...nextId },
  };
  return () => {
    for (const id of [...tickets.keys()]) removeTicket(state, id);
    Object.assign(nextId, { ticket: 1 });
    for (const { id, ...row } of kept.tickets) {
      Object.assign(nextId, { ticket: id });
      addTicketRow(state, row);
    }
    for (const [id, thread] of kept.messages) messages.set(id, [...thread]);
    users.clear();
    for (const [id, row] of kept.users) users.set(id, row);
    Object.assign(nextId, kept.nextId);
    state.version += 1;
  };
}

/** A customer's ticket of some time after the others. */
export function openedAgo(state: State, subject: string, ageS: number, userId = 1): number {
  const date = Math.floor(Date.now() / 1000) - ageS;
  const row = { userId, departmentId: 1, subject, date, lastUpdate: date, status: 1, replies: 0 };
  const { id } = addTicketRow(state, row);
  addMessageRow(state, { ticketId: id, date, customer: true, staffId: 0, message: `${subject}!` });
  return id;
}
