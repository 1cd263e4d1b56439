import { type FakeAccount, type FakeCall, type FakeSource, fakeServer } from './fakeServer.ts';

/** `seed`: who it is comes at once; `source`: it takes a second call; `xml`: whatever one asks for; `off`: as installed. */
export type FormaVariant = 'seed' | 'source' | 'xml' | 'off';
const TOKEN = '0123456789abcdef0123456789abcdef';

/** Forma LMS as foreign-apis part C documents it: HTTP 200 throughout, JSON for exactly one Accept. */
export function fakeForma(accounts: readonly FakeAccount[], variant: FormaVariant): Promise<FakeSource> {
  return fakeServer((call) => {
    const body = answerOf(accounts, variant, call);
    if (body === null) return null;
    const isJson = variant !== 'xml' && call.headers.accept === 'application/json';
    const headers = { 'content-type': 'application/xml' };
    return isJson
      ? { body }
      : { headers, body: `<?xml version="1.0"?><XMLoutput>${xmlOf(body)}</XMLoutput>` };
  });
}

function answerOf(
  accounts: readonly FakeAccount[],
  variant: FormaVariant,
  { path, form }: FakeCall,
): Record<string, unknown> | null {
  if (variant === 'off') return { error: 'Error: API not enabled.' };
  const byName = (name: string | null) => accounts.find(({ username }) => username === name);
  if (path === '/api/auth/authenticate') {
    const account = byName(form.get('username'));
    if (!form.get('username')) return { error: 'Error: invalid login data provided.' };
    if (!account || account.password !== form.get('password')) return { error: 'Error: invalid user.' };
    const accepted = { success: true, message: 'You are authenticated.' };
    const token = { token: TOKEN, expire_at: '2026-01-05 10:01:00' };
    return { ...accepted, ...(variant === 'seed' ? { data: detailsOf(account) } : {}), ...token };
  }
  if (path !== '/api/user/userdetailsbyuserid') return { error: `File not found : ${path}` };
  if (form.get('auth') !== TOKEN) return { error: 'Autentication Token is not valid' };
  const account = byName(form.get('userid'));
  return account
    ? { success: true, message: '', details: detailsOf(account) }
    : { error: 'Error: invalid userid' };
}

function detailsOf({ username, name, email, isOff }: FakeAccount) {
  const [firstname = '', lastname = ''] = name.split(' ');
  const valid = isOff ? 0 : 1;
  return { idst: 12_301, userid: username, firstname, lastname, email, valid, custom_fields: [] };
}

function xmlOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, item]) => `<${name}>${xmlOf(item)}</${name}>`)
    .join('');
}
