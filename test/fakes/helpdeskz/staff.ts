import { isIP } from 'node:net';
import { Secret, TOTP } from 'otpauth';
import { type Call, complain, required, type Steps } from './call.ts';
import type { StaffMember } from './state.ts';
import { idOf } from './text.ts';
import { type FakeResponse, failure, success } from './wire.ts';

const rowOf = (member: StaffMember) => ({
  id: String(member.id),
  username: member.username,
  fullname: member.fullname,
  email: member.email,
  registration: String(member.registration),
  // The *previous* login (behaviour.md 2.7).
  last_login: String(member.lastLogin),
});

const byName = ({ state }: Call, username: string): StaffMember | undefined =>
  [...state.staff.values()].find((member) => member.username.toLowerCase() === username.toLowerCase());

export function listStaff(call: Call): FakeResponse {
  const { username } = call.query;
  if (username === undefined) return success({ users: [...call.state.staff.values()].map(rowOf) });
  const member = byName(call, username);
  return success({ users: member ? [rowOf(member)] : [] });
}

export function showStaff({ state, id }: Call): FakeResponse {
  if (!/^\d+$/.test(id)) return failure('Invalid Staff ID.');
  const member = state.staff.get(idOf(id));
  return member ? success({ staff_data: rowOf(member) }) : failure('Staff ID not found.');
}

/** Sign-in check; failures count under the address that the caller names (2.7). */
export function* authenticate(call: Call): Steps {
  const { username = '', password = '', ip_address: address = '', two_factor: code = '' } = call.form.fields;
  const refused = complain(
    required(username, 'Api.error.usernameMissing.') ??
      (/^[\w-]+$/.test(username) ? null : 'Invalid username.'),
    required(password, 'Password is missing.'),
    required(address, 'IP address is missing.') ?? (isIP(address) ? null : 'IP address is not valid.'),
  );
  if (refused) return refused;
  const answer = judge(call, { username, password, address, code });
  yield 'done';
  return answer;
}

function judge(
  call: Call,
  given: { username: string; password: string; address: string; code: string },
): FakeResponse {
  const { loginAttempts: limit, loginMinutes } = call.state.settings;
  const failures = call.state.loginAttempts.get(given.address);
  const isRecent = failures !== undefined && call.now - failures.at < loginMinutes * 60;
  if (isRecent && failures.attempts >= limit) {
    return failure(`Login locked for ${loginMinutes} minutes. (attempt: ${limit} of ${limit}%)`);
  }
  const fail = (text: string, stray = ''): FakeResponse => {
    const attempts = (isRecent ? failures.attempts : 0) + 1;
    call.state.loginAttempts.set(given.address, { attempts, at: call.now });
    return failure(`${text} (attempt: ${attempts} of ${limit}${stray})`);
  };
  const member = byName(call, given.username);
  // The stray % tells unknown names from known ones.
  if (!member) return fail('Invalid username or password.', '%');
  if (member.password !== given.password) return fail('Invalid username or password.');
  if (!member.isActive) return failure('Account is locked.');
  if (member.totpSecret !== null) {
    if (given.code === '') return failure('Two-Factor code is missing.');
    if (!isRightCode(member.totpSecret, given.code, call.now))
      return fail('Two-Factor authentication failed.');
  }
  call.state.loginAttempts.delete(given.address);
  member.lastLogin = member.login;
  member.login = call.now;
  return success({ message: 'You have been logged in.' });
}

/** ±1 step, and no memory of a code that was used (part 1, «2FA»). */
function isRightCode(secret: string, code: string, now: number): boolean {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.validate({ token: code, timestamp: now * 1000, window: 1 }) !== null;
}
