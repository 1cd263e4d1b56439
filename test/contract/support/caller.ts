import type { ApiDesk } from './apiDesk.ts';
import { type Answer, multipart, type Part, send, urlencoded } from './client.ts';

export type Fields = Readonly<Record<string, string>>;

/** Calls a desk's API as a script would: with a token, form-encoded, files as parts. */
export function createCaller(desk: ApiDesk, token: string, more: Fields = {}) {
  const headers = { Token: token, ...more };
  const json = async (answer: Promise<Answer>): Promise<Record<string, unknown>> =>
    JSON.parse((await answer).body) as Record<string, unknown>;
  const post = (path: string, fields: Fields = {}): Promise<Answer> => {
    const { body, contentType } = urlencoded(fields);
    return send(desk.port, {
      method: 'POST',
      path,
      headers: { ...headers, 'Content-Type': contentType },
      body,
    });
  };
  const postParts = (path: string, parts: readonly Part[]): Promise<Answer> => {
    const { body, contentType } = multipart(parts);
    return send(desk.port, {
      method: 'POST',
      path,
      headers: { ...headers, 'Content-Type': contentType },
      body,
    });
  };
  const get = (path: string): Promise<Answer> => send(desk.port, { method: 'GET', path, headers });
  return {
    get: (path: string) => json(get(path)),
    post: (path: string, fields?: Fields) => json(post(path, fields)),
    postParts: (path: string, parts: readonly Part[]) => json(postParts(path, parts)),
    raw: { get, post, postParts },
  };
}
export type Caller = ReturnType<typeof createCaller>;

export const fieldParts = (fields: Fields): Part[] =>
  Object.entries(fields).map(([name, value]) => ({ name, value }));

/** Three departments, admin 1, agent 2, inactive 3; John is customer 1 and has ticket 1. */
export async function fillDesk(desk: ApiDesk): Promise<Caller> {
  const { store } = desk.deps;
  const now = desk.clock.now();
  for (const name of ['General', 'Advertising', 'Sales'])
    store.departments.insert({ name, isPrivate: false, now });
  for (const [username, isActive] of [
    ['admin', true],
    ['sam', true],
    ['zoe', false],
  ] as const) {
    store.staff.insert({
      username,
      name: `Staff ${username}`,
      email: `${username}@helpdesk.test`,
      passwordHash: '',
      role: 'agent',
      isActive,
      totpSecret: null,
      now,
    });
  }
  const caller = createCaller(desk, desk.token());
  await caller.post('/api/users/create', { fullname: 'John Doe', email: 'john@example.com' });
  await caller.post('/api/tickets/create', { ...TICKET });
  return caller;
}

export const TICKET = {
  opener: 'user',
  user_id: '1',
  department_id: '1',
  subject: 'Hello',
  body: 'A message',
};
export const MESSAGE = { ticket_id: '1', replier: 'user', message: 'An answer' };
