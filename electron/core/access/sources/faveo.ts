import type { SourceDialect, SourceOutcome, SourceReply } from './dialect.ts';
import { type Fields, field, fullName, isNo, isYes, objectOf, textOf, textsIn } from './fields.ts';
import { formPost } from './form.ts';
import { fieldsOf, notUnderstood, refused } from './reply.ts';

const BAD_CREDENTIALS = /^(?:invalid[_ ]credentials\.?|These credentials do not match our records\.)$/i;
const KEY_REFUSED = /^(?:wrong api key|please enable api)\.?$/i;
const NOT_SIGNED_IN = /^Unauthorized! Please login again\.?$/i;

/** Community and commercial v1, then commercial v3: three shapes of one sign-in. */
export const faveo: SourceDialect = {
  signIn: ({ url, key }, { username, password }) => [
    formPost(`${url}/api/v1/authenticate`, { username, password, api_key: key }),
    formPost(`${url}/v3/api/login`, { user_name: username, password, api_key: key }),
  ],
  read(reply): SourceOutcome {
    const answer = fieldsOf(reply);
    if (!answer) return notUnderstood(reply);
    const failure = failureOf(answer);
    if (failure !== null) return refusal(failure);
    const data = objectOf(answer, 'data');
    const token = textOf(answer, 'token') ?? (data && textOf(data, 'token'));
    if (token === null) return notUnderstood(reply);
    // v1 calls the whole user `user_id`, the commercial v1 `data.user`; in v3 `data` is the user.
    const user = objectOf(answer, 'user_id') ?? (data && objectOf(data, 'user')) ?? data ?? {};
    return accepted(reply, token, user);
  },
};

/** What it says is wrong: under `error` or `Error`, `result`, or a message beside `success: false`. */
function failureOf(answer: Fields): string | null {
  const error = textsIn(field(answer, 'error'));
  if (error.length > 0) return error.join(' ');
  const result = textsIn(field(answer, 'result'));
  if (result.length > 0) return result.join(' ');
  const message = textsIn([field(answer, 'message'), field(answer, 'errors')]).join(' ');
  if (isNo(field(answer, 'success')) || field(answer, 'errors') !== undefined) return message;
  return null;
}

function refusal(said: string): SourceOutcome {
  if (BAD_CREDENTIALS.test(said) || NOT_SIGNED_IN.test(said)) return refused('bad_credentials', said);
  return refused(KEY_REFUSED.test(said) ? 'disabled' : 'protocol', said);
}

function accepted(reply: SourceReply, token: string, user: Fields): SourceOutcome {
  if (isNo(field(user, 'active'))) return refused('inactive', 'active: 0');
  if (isYes(field(user, 'ban'))) return refused('inactive', 'ban: 1');
  if (isYes(field(user, 'is_delete'))) return refused('inactive', 'is_delete: 1');
  const identity = {
    id: textOf(user, 'id'),
    username: textOf(user, 'user_name'),
    name: fullName(textOf(user, 'first_name'), textOf(user, 'last_name')),
    email: textOf(user, 'email'),
    role: textOf(user, 'role'),
  };
  return { ok: true, identity, credential: token, expiresAt: expiryOf(token, reply.now) };
}

/** When a JWT ends, by this clock: its own two times tell how long it lives. */
function expiryOf(token: string, now: number): number | null {
  const claims = token.split('.')[1] ?? '';
  const reply = { status: 200, headers: {}, text: Buffer.from(claims, 'base64url').toString(), now };
  const { exp, iat } = fieldsOf(reply) ?? {};
  if (typeof exp !== 'number') return null;
  return typeof iat === 'number' ? now + (exp - iat) * 1000 : exp * 1000;
}
