import type { SourceDialect, SourceIdentity, SourceOutcome, SourceReason, SourceReply } from './dialect.ts';
import { type Fields, field, fullName, isNo, isYes, objectOf, textOf } from './fields.ts';
import { formPost } from './form.ts';
import { fieldsOf, notUnderstood, refused } from './reply.ts';

const QUARTER_MS = 15 * 60 * 1000;

const MESSAGES: readonly [RegExp, SourceReason][] = [
  [/^Error: invalid (?:user|auth|login data provided)\.$/, 'bad_credentials'],
  [/^Error: API not enabled\.$/, 'disabled'],
  [/^Error: Tokens are not used on this installation\.$/, 'disabled'],
  [/^Autentication (?:Token|code) is not valid/, 'disabled'],
  [/^Api Key or Secret not valid/, 'disabled'],
];

export const forma: SourceDialect = {
  // JSON comes only for exactly this Accept; XML is read too.
  signIn: ({ url }, { username, password }) => [
    formPost(`${url}/api/auth/authenticate`, { username, password }),
  ],
  read(reply, { username }): SourceOutcome {
    const answer = fieldsOf(reply);
    if (!answer) return notUnderstood(reply);
    const token = textOf(answer, 'token');
    const failure = textOf(answer, 'error');
    if (isYes(answer.success) && token !== null && failure === null) {
      return accepted(reply, answer, token, username);
    }
    const said = failure ?? textOf(answer, 'message');
    if (said === null || (failure === null && !isNo(answer.success))) return notUnderstood(reply);
    const reason = MESSAGES.find(([pattern]) => pattern.test(said))?.[1];
    return refused(reason ?? 'protocol', said);
  },
  // In single-code mode later calls carry the code instead of the token.
  askIdentity: ({ url, key }, username, credential) =>
    formPost(`${url}/api/user/userdetailsbyuserid`, { userid: username, auth: key ?? credential }),
  readIdentity(reply, username) {
    const answer = fieldsOf(reply);
    const details = answer && isYes(answer.success) ? objectOf(answer, 'details') : null;
    const identity = details && identityOf(details);
    return identity?.username?.toLowerCase() === username.toLowerCase() ? identity : null;
  },
};

function accepted(reply: SourceReply, answer: Fields, token: string, username: string): SourceOutcome {
  const data = objectOf(answer, 'data');
  if (data && isNo(field(data, 'valid'))) return refused('locked', 'valid: 0');
  const nobody = { id: null, username, name: null, email: null, role: null };
  const identity = data ? identityOf(data) : nobody;
  return { ok: true, identity, credential: token, expiresAt: expiryOf(reply, textOf(answer, 'expire_at')) };
}

function identityOf(data: Fields): SourceIdentity {
  return {
    id: textOf(data, 'idst'),
    username: textOf(data, 'userid')?.replace(/^\//, '') ?? null,
    name: fullName(textOf(data, 'firstname'), textOf(data, 'lastname')),
    email: textOf(data, 'email'),
    role: null,
  };
}

/**
 * `expire_at` is local time of a server whose zone is not told. Zones differ by quarters of an hour, so the rest of
 * the way to the answer's own Date is the least it lives.
 */
function expiryOf(reply: SourceReply, expireAt: string | null): number | null {
  const local = Date.parse(`${expireAt?.replace(' ', 'T')}Z`);
  const sent = Date.parse(reply.headers.date ?? '');
  if (Number.isNaN(local) || Number.isNaN(sent)) return null;
  return reply.now + ((((local - sent) % QUARTER_MS) + QUARTER_MS) % QUARTER_MS);
}
