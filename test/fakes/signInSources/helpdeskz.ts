import {
  type FakeAccount,
  type FakeAnswer,
  type FakeCall,
  type FakeSource,
  fakeServer,
} from './fakeServer.ts';

const LIMIT = 3;
const refuse = (message: string, status = 200): FakeAnswer => ({ status, body: { error: 1, message } });

/** HelpDeskZ 2.x as behaviour.md 2.1 and 2.7 measured it; `mayReadStaff`: what its token may besides. */
export function fakeHelpdeskz(
  accounts: readonly FakeAccount[],
  { token = 'hdz-token', mayReadStaff = true } = {},
): Promise<FakeSource> {
  const failures = new Map<string, number>();
  return fakeServer((call) => {
    if (!call.path.startsWith('/api/staff')) return null;
    if (call.headers.token !== token) return refuse('Invalid authentication.', 400);
    if (call.method === 'POST' && call.path === '/api/staff/auth') return signIn(accounts, failures, call);
    if (!mayReadStaff) return refuse('Permission not allowed: Get information/details of staff users.', 400);
    return call.path === '/api/staff' ? staffRows(accounts, call) : null;
  });
}

function signIn(
  accounts: readonly FakeAccount[],
  failures: Map<string, number>,
  { form }: FakeCall,
): FakeAnswer {
  const [username, password, ip] = [form.get('username'), form.get('password'), form.get('ip_address')];
  const missing = [
    username ? '' : 'Api.error.usernameMissing.',
    username && !/^[\w-]+$/.test(username) ? 'Invalid username.' : '',
    password ? '' : 'Password is missing.',
    ip ? '' : 'IP address is missing.',
  ].filter(Boolean);
  if (missing.length > 0) return refuse(missing.join(' '));
  const key = ip ?? '';
  const count = (text: string, tail: string): FakeAnswer => {
    failures.set(key, (failures.get(key) ?? 0) + 1);
    return refuse(`${text} (attempt: ${failures.get(key)} of ${LIMIT}${tail})`);
  };
  if ((failures.get(key) ?? 0) >= LIMIT) return refuse('Login locked for 5 minutes. (attempt: 3 of 3%)');
  const account = accounts.find((one) => one.username.toLowerCase() === username?.toLowerCase());
  if (!account) return count('Invalid username or password.', '%');
  if (account.password !== password) return count('Invalid username or password.', '');
  if (account.isOff) return refuse('Account is locked.');
  const code = form.get('two_factor');
  if (account.code !== undefined && !code) return refuse('Two-Factor code is missing.');
  if (account.code !== undefined && code !== account.code)
    return count('Two-Factor authentication failed.', '');
  return { body: { success: 1, message: 'You have been logged in.' } };
}

function staffRows(accounts: readonly FakeAccount[], { query }: FakeCall): FakeAnswer {
  const users = accounts
    .map(({ username, name, email }, index) => ({ id: String(index + 1), username, fullname: name, email }))
    .filter(({ username }) => username.toLowerCase() === query.get('username')?.toLowerCase())
    .map((row) => ({ ...row, registration: '1611613586', last_login: '0' }));
  return { body: { success: 1, users } };
}
