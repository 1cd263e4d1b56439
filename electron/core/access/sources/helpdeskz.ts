import type { SourceDialect, SourceIdentity, SourceOutcome, SourceReason, SourceReply } from './dialect.ts';
import { field, isFields, isYes, textOf } from './fields.ts';
import { formPost } from './form.ts';
import { fieldsOf, notUnderstood, refused } from './reply.ts';

/** What `POST /api/staff/auth` says (behaviour.md 2.1, 2.7); several failures are joined by a space. */
const MESSAGES: readonly [RegExp, SourceReason][] = [
  [/^Invalid username or password\./, 'bad_credentials'],
  [/^(?:(?:Api\.error\.usernameMissing|Invalid username|Password is missing)\.\s*)+$/, 'bad_credentials'],
  [/^Two-Factor (?:code is missing|authentication failed)\./, 'second_factor'],
  [/^Login locked for /, 'locked'],
  [/^Account is locked\./, 'locked'],
  [/^Invalid authentication\./, 'disabled'],
  [/^IP address `?[^ ]* is not allowed\./, 'disabled'],
  [/^Permission not allowed: /, 'disabled'],
];

export const helpdeskz: SourceDialect = {
  signIn({ url, key }, { username, password, code, address }) {
    const second = code === '' ? null : code;
    const fields = { username, password, two_factor: second, ip_address: address };
    return [formPost(`${url}/api/staff/auth`, fields, { token: key ?? '' })];
  },
  read(reply, { username }): SourceOutcome {
    const answer = fieldsOf(reply);
    if (!answer) return notUnderstood(reply);
    const message = textOf(answer, 'message');
    if (isYes(answer.success) && !isYes(answer.error)) {
      // Who that is takes another call; the API token itself lasts.
      const identity = { id: null, username, name: null, email: null, role: null };
      return { ok: true, identity, credential: null, expiresAt: null };
    }
    if (!isYes(answer.error) || message === null) return notUnderstood(reply);
    const reason = MESSAGES.find(([pattern]) => pattern.test(message))?.[1];
    return refused(reason ?? 'protocol', message);
  },
  askIdentity: ({ url, key }, username) => ({
    method: 'GET',
    url: `${url}/api/staff?username=${encodeURIComponent(username)}`,
    headers: { token: key ?? '' },
  }),
  readIdentity: (reply, username) => staffRow(reply, username),
};

/** The row of exactly that user name; the token may lack the permission to read staff. */
function staffRow(reply: SourceReply, username: string): SourceIdentity | null {
  const answer = fieldsOf(reply);
  const rows = answer && isYes(answer.success) ? field(answer, 'users') : null;
  const row = (Array.isArray(rows) ? rows : [])
    .filter(isFields)
    .find((one) => textOf(one, 'username')?.toLowerCase() === username.toLowerCase());
  if (!row) return null;
  const [id, name] = [textOf(row, 'id'), textOf(row, 'fullname')];
  return { id, username: textOf(row, 'username'), name, email: textOf(row, 'email'), role: null };
}
