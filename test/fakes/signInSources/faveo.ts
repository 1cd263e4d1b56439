import {
  type FakeAccount,
  type FakeAnswer,
  type FakeCall,
  type FakeSource,
  fakeServer,
} from './fakeServer.ts';

/** The three dialects of sign-in that exist, and the community one with its key made mandatory. */
export type FaveoVariant = 'v1' | 'v1_with_key' | 'v1_commercial' | 'v3';
export const FAVEO_KEY = 'faveo-key';

/** Faveo as foreign-apis part B documents it. */
export function fakeFaveo(accounts: readonly FakeAccount[], variant: FaveoVariant): Promise<FakeSource> {
  return fakeServer((call) => {
    if (call.method !== 'POST') return null;
    if (variant === 'v3') return call.path === '/v3/api/login' ? signInV3(accounts, call) : null;
    if (call.path !== '/api/v1/authenticate') return null;
    if (variant === 'v1_with_key' && call.form.get('api_key') !== FAVEO_KEY)
      return { body: { result: 'wrong api key' } };
    return variant === 'v1_commercial' ? signInCommercial(accounts, call) : signInCommunity(accounts, call);
  });
}

/** A user name that looks like an e-mail address is one. */
function found(accounts: readonly FakeAccount[], { form }: FakeCall, name: string): FakeAccount | undefined {
  const [typed, password] = [form.get(name) ?? '', form.get('password')];
  const key = typed.includes('@') ? 'email' : 'username';
  return accounts.find((one) => one[key] === typed && one.password === password && !one.isOff);
}

const token = (): string => {
  const claims = { iat: 1_535_007_022, exp: 1_535_007_262 };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
};

function userOf({ username, name, email, role = 'agent' }: FakeAccount) {
  const [first_name = '', last_name = ''] = name.split(' ');
  return {
    id: 7,
    user_name: username,
    first_name,
    last_name,
    email,
    role,
    profile_pic: 'data:image/png;base64,AA==',
  };
}

function signInCommunity(accounts: readonly FakeAccount[], call: FakeCall): FakeAnswer {
  const account = found(accounts, call, 'username');
  if (!account) return { body: { error: 'invalid_credentials', status_code: 401 } };
  const flags = {
    gender: 0,
    ban: '0',
    active: '1',
    is_delete: 0,
    ext: '',
    mobile: null,
    user_language: null,
  };
  return { body: { token: token(), user_id: { ...userOf(account), ...flags } } };
}

function signInCommercial(accounts: readonly FakeAccount[], call: FakeCall): FakeAnswer {
  const account = found(accounts, call, 'username');
  if (!account) return { status: 401, body: { success: false, message: 'Invalid credentials' } };
  return { body: { success: true, data: { token: token(), user: userOf(account) } } };
}

function signInV3(accounts: readonly FakeAccount[], call: FakeCall): FakeAnswer {
  const account = found(accounts, call, 'user_name');
  if (!account) return { status: 422, body: { result: { fails: 'Unauthorized! Please login again' } } };
  const { role: _, profile_pic: __, ...user } = userOf(account);
  return { body: { success: true, data: { ...user, token: token() } } };
}
