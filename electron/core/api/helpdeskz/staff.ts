import { isIP } from 'node:net';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { assertNever } from '../../../../shared/util/assertNever.ts';
import { checkStaff, type StaffCheck } from '../../services/staffAuth.ts';
import { type StaffEntry, staffEntries, staffEntry } from '../../services/staffDirectory.ts';
import { type Answer, failure, refusal, success } from './answers.ts';
import { type Action, type Call, joinProblems, withForm } from './call.ts';
import type { Form } from './form.ts';
import { wholeList } from './listOptions.ts';
import { escapeHtml, isMissing, isNumeric, isTruthy, seconds } from './phpValues.ts';
import { loginLocked, TEXT, wrongCode, wrongPassword } from './texts.ts';

const row = (entry: StaffEntry) => ({
  id: String(entry.id),
  username: entry.username,
  fullname: escapeHtml(entry.name),
  email: entry.email,
  registration: seconds(entry.createdAt),
  last_login: seconds(entry.previousLoginAt ?? 0),
});

const index = (call: Call): Answer =>
  wholeList(call) ??
  success({
    users: staffEntries(call.deps, isTruthy(call.query.username) ? call.query.username : undefined).map(row),
  });

function show({ deps, id }: Call): Answer {
  const staffId = isNumeric(id) ? Number(id) : Number.NaN;
  if (!Number.isInteger(staffId)) return refusal(TEXT.staffIdNotValid);
  const found = Number.isSafeInteger(staffId) ? staffEntry(deps, staffId as StaffId) : undefined;
  return found ? success({ staff_data: row(found) }) : refusal(TEXT.staffIdNotFound);
}

const auth = (call: Call): Promise<Answer> => withForm(call, (form) => authFrom(call, form));

async function authFrom({ deps }: Call, form: Form): Promise<Answer> {
  const username = form.get('username');
  const password = form.get('password');
  const address = form.get('ip_address');
  const problem = joinProblems([
    usernameProblem(username),
    isMissing(password) ? TEXT.passwordMissing : undefined,
    addressProblem(address),
  ]);
  if (problem) return problem;
  const checked = await checkStaff(deps, {
    username: username ?? '',
    password: password ?? '',
    code: form.get('two_factor'),
    // The caller's word, as in the reference (behaviour.md 2.7): a website forwards its visitor's address.
    address: address ?? '',
    addressFrom: 'caller',
    userAgent: 'HelpDeskZ API',
  });
  if (!checked.ok) return failure(checked.error);
  return checked.value.kind === 'ok'
    ? success({ message: TEXT.loggedIn })
    : refusal(refusalText(checked.value));
}

function usernameProblem(username: string | undefined): string | undefined {
  if (isMissing(username)) return TEXT.usernameMissing;
  return /^[A-Za-z0-9_-]+$/.test(username) ? undefined : TEXT.usernameNotValid;
}

function addressProblem(address: string | undefined): string | undefined {
  if (isMissing(address)) return TEXT.ipMissing;
  return isIP(address) === 0 ? TEXT.ipNotValid : undefined;
}

function refusalText(outcome: Exclude<StaffCheck, { kind: 'ok' }>): string {
  switch (outcome.kind) {
    case 'locked':
      return loginLocked(outcome.minutes, outcome.limit);
    case 'wrong':
      return wrongPassword(outcome.attempt, outcome.limit);
    case 'inactive':
      return TEXT.accountInactive;
    case 'code_missing':
      return TEXT.codeMissing;
    case 'code_wrong':
      return wrongCode(outcome.attempt, outcome.limit);
    default:
      return assertNever(outcome);
  }
}

export const staff = {
  index: { permission: 'staff.read', run: index },
  show: { permission: 'staff.read', run: show },
  auth: { permission: 'staff.auth', run: auth },
} satisfies Record<string, Action>;
