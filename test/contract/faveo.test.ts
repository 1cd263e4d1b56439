import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAppPassword } from '../../electron/core/services/appPasswords.ts';
import { actorOf } from '../../electron/core/services/sessions.ts';
import {
  change,
  get,
  makeKey,
  openDialectDesk,
  PASSWORD,
  parsed,
  post,
  type Sent,
  TESS,
} from './support/dialects.ts';
import { eachDesk } from './support/eachDesk.ts';

const PATH = '/api/v1/authenticate';
const ON = { isOn: true, tokenMinutes: 60, isKeyRequired: false };
const ADA = { username: 'ada', password: PASSWORD };
const invalid = { error: 'invalid_credentials', Error: 'invalid_credentials', status_code: 401 };
const wrongKey = { result: 'wrong api key' };

const desk = eachDesk(() => openDialectDesk({ faveoSignIn: ON }));

async function call(sent: Sent, path = PATH): Promise<Record<string, unknown>> {
  const answer = await post(desk, path, sent);
  expect([answer.status, answer.contentType]).toEqual([200, 'application/json; charset=UTF-8']);
  return parsed(answer);
}
const tokenOf = async (sent: Sent = { form: ADA }): Promise<string> => String((await call(sent)).token);
async function user(token: string | null, how: 'query' | 'header' = 'query') {
  const path = `${PATH}/user`;
  const answer =
    how === 'query' || token === null
      ? await get(desk, token === null ? path : `${path}?token=${encodeURIComponent(token)}`)
      : await get(desk, path, { Authorization: `Bearer ${token}` });
  return [answer.status, parsed(answer)];
}
const refusedUser = (message: string) => [401, { success: false, message }];

const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const USER = {
  id: 1,
  user_name: 'ada',
  first_name: 'Ada',
  last_name: 'Lovelace',
  gender: 0,
  email: 'ada@desk.example',
  ban: 0,
  active: 1,
  is_delete: 0,
  ext: '',
  country_code: 0,
  phone_number: '',
  mobile: null,
  agent_sign: '',
  account_type: '',
  account_status: '',
  assign_group: 1,
  primary_dpt: 1,
  agent_tzone: '',
  daylight_save: '',
  limit_access: '',
  directory_listing: '',
  vacation_mode: '',
  company: '',
  role: 'admin',
  internal_note: '',
  profile_pic: expect.stringMatching(/^data:image\/svg\+xml;base64,/),
  created_at: DATE,
  updated_at: DATE,
  user_language: null,
};

describe('success', () => {
  it('has the token and the whole user under user_id, in this order', async () => {
    const answer = await call({ form: ADA });
    expect(answer).toEqual({ token: expect.any(String), user_id: USER });
    expect(Object.keys(answer)).toEqual(['token', 'user_id']);
    expect(Object.keys(answer.user_id as object)).toEqual(Object.keys(USER));
  });

  it.each([
    ['form', { form: ADA }, PATH],
    ['multipart', { parts: ADA }, PATH],
    ['JSON, as the mobile client', { json: { ...ADA, api_key: '', ip: '1.2.3.4' } }, PATH],
    ['the query, as the wiki', {}, `${PATH}?username=ada&password=${encodeURIComponent(PASSWORD)}`],
    ['a slash at the end', { form: ADA }, `${PATH}/`],
    ['an e-mail address', { form: { ...ADA, username: 'ADA@desk.example' } }, PATH],
  ])('comes by %s', async (_what, sent, path) => {
    expect(await call(sent, path)).toMatchObject({ user_id: { user_name: 'ada', role: 'admin' } });
  });

  it('shows an agent as an agent', async () => {
    expect(await call({ form: { ...ADA, username: 'sam' } })).toMatchObject({
      user_id: { role: 'agent', first_name: 'Sam', last_name: '', primary_dpt: 1 },
    });
  });
});

describe('failure is HTTP 200', () => {
  it.each([
    ['a wrong password', { ...ADA, password: 'wrong' }],
    ['an unknown user', { ...ADA, username: 'nobody' }],
    ['an unknown address', { ...ADA, username: 'nobody@desk.example' }],
    ['an account that is off', { ...ADA, username: 'zoe' }],
    ['the address of an account that is off', { ...ADA, username: 'zoe@desk.example' }],
    ['no password', { username: 'ada' }],
    ['no user name', { password: PASSWORD }],
    ['nothing', {}],
  ])('for %s', async (_what, form) => {
    expect(await call({ form: form as Record<string, string> })).toEqual(invalid);
  });
});

describe('the desk’s API key', () => {
  it('is not looked at while it is optional', async () => {
    expect(await call({ form: { ...ADA, api_key: 'whatever' } })).toMatchObject({ user_id: { id: 1 } });
  });

  it('is needed when it is mandatory; the old one stops at once', async () => {
    change(desk, { faveoSignIn: { ...ON, isKeyRequired: true } });
    expect(await call({ form: { ...ADA, api_key: '' } })).toEqual(wrongKey);
    const first = await makeKey(desk, 'faveo');
    expect(await call({ form: ADA })).toEqual(wrongKey);
    expect(await call({ json: { ...ADA, api_key: first } })).toMatchObject({ user_id: { id: 1 } });
    const second = await makeKey(desk, 'faveo');
    expect(await call({ form: { ...ADA, api_key: first } })).toEqual(wrongKey);
    expect(await call({ form: ADA }, `${PATH}?api_key=${second}`)).toMatchObject({ user_id: { id: 1 } });
  });

  it('comes before the password, which is not tried without it', async () => {
    change(desk, { faveoSignIn: { ...ON, isKeyRequired: true } });
    const api_key = await makeKey(desk, 'faveo');
    for (let attempt = 0; attempt < 4; attempt += 1) {
      expect(await call({ form: { ...ADA, password: 'x' } })).toEqual(wrongKey);
    }
    expect(await call({ form: { ...ADA, api_key } })).toMatchObject({ user_id: { id: 1 } });
  });

  it('is what the mobile client’s probe asks about; the address it sends is not called', async () => {
    const probe = '/api/v1/helpdesk/check-url?url=http%3A%2F%2F127.0.0.1%3A1';
    expect(parsed(await get(desk, probe))).toEqual({ status: 'success' });
    change(desk, { faveoSignIn: { ...ON, isKeyRequired: true } });
    expect(parsed(await get(desk, probe))).toEqual(wrongKey);
    const key = await makeKey(desk, 'faveo');
    expect(parsed(await get(desk, `${probe}&api_key=${key}`))).toEqual({ status: 'success' });
  });
});

describe('the token', () => {
  const claimsOf = (token: string): Record<string, unknown> =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;

  it('is a JWT, HS256, that says until when', async () => {
    change(desk, { faveoSignIn: { ...ON, tokenMinutes: 4 } });
    const token = await tokenOf();
    const [head = '', , signature = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))).toEqual({ typ: 'JWT', alg: 'HS256' });
    expect(Buffer.from(signature, 'base64url')).toHaveLength(32);
    const claims = claimsOf(token);
    expect(claims).toEqual({
      iss: `http://127.0.0.1:${desk.port}/api/v1/authenticate`,
      iat: expect.any(Number),
      exp: Number(claims.iat) + 240,
      nbf: claims.iat,
      jti: expect.stringMatching(/^\w{22}$/),
      sub: 1,
    });
    expect(Math.abs(Number(claims.iat) * 1000 - desk.clock.now())).toBeLessThan(10_000);
  });

  it('tells who it is, in the address or the header', async () => {
    const token = await tokenOf();
    expect(await user(token)).toEqual([200, { user: USER }]);
    expect(await user(token, 'header')).toEqual([200, { user: USER }]);
  });

  it('is refused with 401 when it is missing, over or none of ours', async () => {
    const token = await tokenOf();
    expect(await user(null)).toEqual(refusedUser('Token not provided'));
    expect(await user('x')).toEqual(refusedUser('Token is invalid'));
    expect(await user(desk.token())).toEqual(refusedUser('Token is invalid'));
    desk.clock.advance(60 * 60_000);
    expect(await user(token)).toEqual(refusedUser('Token has expired'));
  });

  it('can’t be made, prolonged or stripped of its signature by anyone else', async () => {
    const token = await tokenOf();
    const [head = '', body = '', signature = ''] = token.split('.');
    const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const prolonged = text({ ...claimsOf(token), exp: 4_000_000_000 });
    const none = text({ typ: 'JWT', alg: 'none' });
    const signed = (content: string, key: string) =>
      `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
    const forged = [
      `${head}.${prolonged}.${signature}`,
      `${none}.${prolonged}.`,
      `${none}.${body}.${signature}`,
      `${head}.${body}.`,
      signed(`${head}.${prolonged}`, ''),
      signed(`${head}.${prolonged}`, 'secret'),
      `${token}A`,
    ];
    for (const one of forged) {
      expect(await user(one, 'header')).toEqual(refusedUser('Token is invalid'));
      const answer = await get(desk, '/api/tickets', { Authorization: `Bearer ${one}` });
      expect(answer.status).toBe(400);
    }
    expect((await user(token))[0]).toBe(200);
  });
});

describe('an account with a second factor', () => {
  it('needs an app password', async () => {
    const tess = { username: 'tess', password: PASSWORD };
    expect(await call({ form: tess })).toEqual(invalid);
    const account = desk.deps.store.staff.byId(TESS);
    const made = account && createAppPassword(desk.deps, actorOf(account), 'phone');
    if (!made?.ok) throw new Error('no app password');
    expect(await call({ form: { ...tess, password: made.value.password } })).toMatchObject({
      user_id: { id: 4 },
    });
    expect(
      await call({ form: { username: 'tess@desk.example', password: made.value.password } }),
    ).toMatchObject({
      user_id: { id: 4 },
    });
  });
});
