import { type Call, complain, required, type Steps, strictPage } from './call.ts';
import { addUser, removeTicketsWhere, type User } from './state.ts';
import { escapeHtml, idOf, threeByteText } from './text.ts';
import { type FakeResponse, failure, fatal, success } from './wire.ts';

const PAGE = 25;
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

const rowOf = ({ id, fullname, email }: User) => ({ id: String(id), fullname, email });
const byEmail = (call: Call, email: string): User | undefined =>
  [...call.state.users.values()].find((user) => user.email.toLowerCase() === email.toLowerCase());

function emailProblem(call: Call, email: string | undefined, own?: number): string | null {
  const missing = required(email, 'Email address is missing.');
  if (missing !== null || email === undefined) return missing;
  if (!EMAIL.test(email)) return 'Email address is not valid.';
  const holder = byEmail(call, email);
  return holder && holder.id !== own ? 'Email address is is already in use.' : null;
}

export function listUsers(call: Call): FakeResponse {
  const { query, state } = call;
  if (query.email !== undefined) {
    const user = byEmail(call, query.email);
    return user ? success({ user_data: rowOf(user) }) : failure('User not found.');
  }
  const page = strictPage(query.page);
  if (page === 'fatal') return fatal();
  if (page === 'not_found') return failure('Page not found.');
  const all = [...state.users.values()].reverse();
  const users = all.slice((page - 1) * PAGE, page * PAGE).map(rowOf);
  return success({ total_users: all.length, total_pages: Math.ceil(all.length / PAGE), users });
}

export function showUser({ state, id }: Call): FakeResponse {
  const user = state.users.get(idOf(id));
  return user ? success({ user_data: rowOf(user) }) : failure('User not found.');
}

export function* createUser(call: Call): Steps {
  const { validated, form, state } = call;
  const refused = complain(
    required(validated.fullname, 'Full name is missing.'),
    emailProblem(call, validated.email),
  );
  if (refused) return refused;
  // Validation saw JSON or the query; the insert sees nothing and fails without a word.
  const { fullname, email } = form.fields;
  if (fullname === undefined || email === undefined) {
    return success({ user_id: 0, message: 'User account was created.' });
  }
  const user = addUser(state, threeByteText(escapeHtml(fullname)), escapeHtml(email));
  yield 'done';
  if (form.fields.notify === '1') {
    state.mails.push({ template: 'new_user', to: email, ticketId: null, messageId: null });
    yield 'mail';
  }
  return success({ user_id: user.id, message: 'User account was created.' });
}

export function* updateUser(call: Call): Steps {
  const user = call.state.users.get(idOf(call.id));
  if (!user) return failure('User not found.');
  const refused = complain(emailProblem(call, call.validated.new_email, user.id));
  if (refused) return refused;
  user.email = call.form.fields.new_email ?? user.email;
  call.state.version += 1;
  yield 'done';
  return success({ message: 'Email was changed.' });
}

export function* deleteUser({ state, id }: Call): Steps {
  const user = state.users.get(idOf(id));
  if (!user) return failure('User not found.');
  removeTicketsWhere(state, (ticket) => ticket.userId === user.id);
  state.users.delete(user.id);
  state.version += 1;
  yield 'done';
  return success({ message: 'User account was removed.' });
}
