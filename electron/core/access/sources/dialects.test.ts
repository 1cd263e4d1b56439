import { describe, expect, it } from 'vitest';
import { NOW, read, reasonOf, reply, TARGET } from '../../../../test/support/sourceReplies.ts';
import { SOURCE_DIALECTS } from './readSource.ts';

const hdz = (message: string) => ({ error: 1, message });

describe('HelpDeskZ (behaviour.md 2.1, 2.7)', () => {
  it('says yes, and a second call says who that is', () => {
    const nobody = { id: null, name: null, email: null, role: null };
    expect(read('helpdeskz', { success: 1, message: 'You have been logged in.' })).toEqual({
      ok: true,
      identity: { ...nobody, username: 'Ann' },
      credential: null,
      expiresAt: null,
    });
    const row = { id: '3', username: 'ANN', fullname: 'Ann Lee', email: 'ann@x.example', last_login: '1' };
    const other = { ...row, id: '4', username: 'anna' };
    const { askIdentity, readIdentity } = SOURCE_DIALECTS.helpdeskz;
    expect(askIdentity?.(TARGET, 'a&b', null)).toMatchObject({
      url: 'https://other.example/api/staff?username=a%26b',
      headers: { token: TARGET.key },
    });
    expect(readIdentity?.(reply({ success: 1, users: [other, row] }), 'Ann')).toEqual({
      id: '3',
      username: 'ANN',
      name: 'Ann Lee',
      email: 'ann@x.example',
      role: null,
    });
    expect(readIdentity?.(reply({ success: 1, users: [] }), 'Ann')).toBeNull();
    expect(readIdentity?.(reply(hdz('Permission not allowed: x')), 'Ann')).toBeNull();
  });
  it.each([
    ['Invalid username or password. (attempt: 1 of 3%)', 'bad_credentials'],
    ['Invalid username or password. (attempt: 2 of 3)', 'bad_credentials'],
    ['Invalid username.', 'bad_credentials'],
    ['Api.error.usernameMissing. Password is missing.', 'bad_credentials'],
    ['Login locked for 5 minutes. (attempt: 3 of 3%)', 'locked'],
    ['Account is locked.', 'locked'],
    ['Two-Factor code is missing.', 'second_factor'],
    ['Two-Factor authentication failed. (attempt: 1 of 3)', 'second_factor'],
    ['Invalid authentication.', 'disabled'],
    ['IP address `127.0.0.1 is not allowed.', 'disabled'],
    ['Permission not allowed: Validate staff authentication.', 'disabled'],
    ['Api.error.authentications', 'protocol'],
    ['IP address is missing.', 'protocol'],
    ['IP address is not valid.', 'protocol'],
    ['Something new.', 'protocol'],
  ])('%s → %s', (message, reason) => {
    for (const status of [200, 400])
      expect(read('helpdeskz', hdz(message), { status })).toMatchObject({
        ok: false,
        reason,
        serverMessage: message,
        isUnderstood: true,
      });
  });
  it('success and error at once is no success', () => {
    expect(reasonOf('helpdeskz', { success: 1, error: 1, message: 'x' })).toBe('protocol');
  });
});

const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
const FAVEO_USER = {
  id: 1,
  user_name: 'demoadmin',
  first_name: 'Demo',
  last_name: 'Admin',
  email: 'demo@x.example',
  ban: 0,
  active: 1,
  is_delete: 0,
  role: 'admin',
  profile_pic: 'data:image/png;base64,AAAA',
};
const DEMO = { id: '1', username: 'demoadmin', name: 'Demo Admin', email: 'demo@x.example', role: 'admin' };

describe('Faveo (part B)', () => {
  const token = jwt({ iat: 1000, exp: 1240 });
  it.each([
    ['v1 community', { token, user_id: FAVEO_USER }, DEMO],
    [
      'v1 community, numbers as texts',
      { token, user_id: { ...FAVEO_USER, id: '1', active: '1', ban: '0' } },
      DEMO,
    ],
    ['v1 commercial', { success: true, data: { token, user: FAVEO_USER } }, DEMO],
    [
      'v3',
      {
        success: true,
        data: {
          id: 1,
          first_name: 'Demo',
          last_name: 'Admin',
          email: 'demo@x.example',
          user_name: 'demoadmin',
          token,
        },
      },
      { ...DEMO, role: null },
    ],
  ])('%s says yes', (_name, body, identity) => {
    expect(read('faveo', body)).toEqual({ ok: true, identity, credential: token, expiresAt: NOW + 240_000 });
  });
  it('a token without times has no end that is known', () => {
    for (const opaque of ['opaque', jwt({}), 'a.b.c'])
      expect(read('faveo', { token: opaque, user_id: FAVEO_USER })).toMatchObject({ expiresAt: null });
    expect(read('faveo', { token: jwt({ exp: 2000 }), user_id: FAVEO_USER })).toMatchObject({
      expiresAt: 2_000_000,
    });
  });
  it.each([
    [{ error: 'invalid_credentials', status_code: 401 }, 200, 'bad_credentials', 'invalid_credentials'],
    [{ Error: 'invalid_credentials', status_code: 401 }, 200, 'bad_credentials', 'invalid_credentials'],
    [{ success: false, message: 'Invalid credentials' }, 401, 'bad_credentials', 'Invalid credentials'],
    [
      { success: false, message: 'These credentials do not match our records.' },
      200,
      'bad_credentials',
      'These',
    ],
    [{ result: { fails: 'Unauthorized! Please login again' } }, 422, 'bad_credentials', 'Unauthorized!'],
    [{ error: 'could_not_create_token', 0: 500 }, 200, 'protocol', 'could_not_create_token'],
    [{ error: 'Undefined index', file: '/var/www/x.php', line: 3 }, 200, 'protocol', 'Undefined index'],
    [{ error: { username: ['The username is required.'] } }, 200, 'protocol', 'The username is required.'],
    [
      { message: 'The given data was invalid.', errors: { user_name: ['Needed.'] } },
      422,
      'protocol',
      'The given',
    ],
    [{ success: false, message: 'Token not provided' }, 401, 'protocol', 'Token not provided'],
    [{ error: 'token_not_provided' }, 200, 'protocol', 'token_not_provided'],
    [{ error: 'Token has expired' }, 200, 'protocol', 'Token has expired'],
    [{ result: 'wrong api key' }, 200, 'disabled', 'wrong api key'],
    [{ result: 'please enable api' }, 200, 'disabled', 'please enable api'],
    [{ success: false, message: 'Licence expired' }, 200, 'protocol', 'Licence expired'],
    [{ message: 'Too Many Attempts.' }, 429, 'rate_limited', 'Too Many Attempts.'],
    [{ token, user_id: { ...FAVEO_USER, active: 0 } }, 200, 'inactive', 'active'],
    [{ token, user_id: { ...FAVEO_USER, ban: '1' } }, 200, 'inactive', 'ban'],
    [{ token, user_id: { ...FAVEO_USER, is_delete: 1 } }, 200, 'inactive', 'is_delete'],
  ])('%j (HTTP %i) → %s', (body, status, reason, words) => {
    expect(read('faveo', body, { status })).toMatchObject({
      reason,
      serverMessage: expect.stringContaining(words),
      isUnderstood: true,
    });
  });
});

describe('Forma (part C)', () => {
  const token = '0123456789abcdef0123456789abcdef';
  const plain = { success: true, message: 'You are authenticated.', token, expire_at: '2026-01-05 10:01:00' };
  const data = {
    idst: 12301,
    userid: '/ann',
    firstname: 'Ann',
    lastname: 'Lee',
    email: 'ann@x.example',
    valid: 1,
    custom_fields: [],
  };
  const xml = `<?xml version="1.0" encoding="UTF-8"?><XMLoutput><success>true</success><message>You are
    authenticated.</message><token>${token}</token><expire_at>2026-01-05 10:01:00</expire_at></XMLoutput>`;
  const nobody = { id: null, username: 'Ann', name: null, email: null, role: null };
  const ann = { id: '12301', username: 'ann', name: 'Ann Lee', email: 'ann@x.example', role: null };
  // One minute ahead, in a zone one hour east.
  const headers = { date: 'Mon, 05 Jan 2026 09:00:00 GMT' };
  it.each([
    ['without data (source)', plain, nobody],
    ['with data (seed)', { ...plain, data }, ann],
    ['as XML', xml, nobody],
  ])('%s says yes', (_name, body, identity) => {
    const outcome = { ok: true, identity, credential: token, expiresAt: NOW + 60_000 };
    expect(read('forma', body, { headers })).toEqual(outcome);
  });
  it('tells who that is with another call', () => {
    const { askIdentity, readIdentity } = SOURCE_DIALECTS.forma;
    const request = askIdentity?.({ ...TARGET, key: null }, 'Ann', token);
    expect(request).toMatchObject({ method: 'POST', body: `userid=Ann&auth=${token}` });
    expect(askIdentity?.(TARGET, 'Ann', token)).toMatchObject({ body: `userid=Ann&auth=${TARGET.key}` });
    expect(readIdentity?.(reply({ success: true, details: data }), 'Ann')).toEqual(ann);
    expect(readIdentity?.(reply({ success: true, details: { ...data, userid: 'bob' } }), 'Ann')).toBeNull();
    expect(readIdentity?.(reply({ error: 'Autentication Token is not valid' }), 'Ann')).toBeNull();
  });
  it.each([
    ['Error: invalid user.', 'bad_credentials'],
    ['Error: invalid auth.', 'bad_credentials'],
    ['Error: invalid login data provided.', 'bad_credentials'],
    ['Error: API not enabled.', 'disabled'],
    ['Error: Tokens are not used on this installation.', 'disabled'],
    ['Autentication Token is not valid', 'disabled'],
    ['Autentication code is not valid', 'disabled'],
    ['Api Key or Secret not valid', 'disabled'],
    ['Error: Invalid request.', 'protocol'],
    ['Error: not enough input parameters.', 'protocol'],
    ['Error: no input parameters.', 'protocol'],
    ['File not found : api.auth.php', 'protocol'],
  ])('%s → %s, in each of its wrappings', (said, reason) => {
    const shapes = [
      { error: said },
      { success: false, message: said },
      { success: false, message: said, error: said },
      `<XMLoutput><error>${said}</error></XMLoutput>`,
      `<XMLoutput><success>false</success><message>${said}</message></XMLoutput>`,
    ];
    for (const body of shapes) expect(read('forma', body)).toMatchObject({ reason, serverMessage: said });
  });
  it('an account that is not valid there is locked', () => {
    for (const valid of [0, '0'])
      expect(reasonOf('forma', { ...plain, data: { ...data, valid } })).toBe('locked');
  });
  it('no end is told where one of the two clocks is missing', () => {
    expect(read('forma', plain)).toMatchObject({ expiresAt: null });
    expect(read('forma', { ...plain, expire_at: 'soon' }, { headers })).toMatchObject({ expiresAt: null });
  });
});

describe('Octeth (part D)', () => {
  const secrets = {
    Password: 'h4sh',
    '2FA_SecretKey': 'JBSWY3DP',
    '2FA_RecoveryKey': 'r3c',
    '2FA_Enabled': 'No',
  };
  const info = { AdminID: '1', Name: 'Ada', EmailAddress: 'ada@x.example', Username: 'admin' };
  const full = { id: '1', username: 'admin', name: 'Ada', email: 'ada@x.example', role: 'admin' };
  const bare = { id: '1', username: 'admin', name: null, email: null, role: 'admin' };
  const xml = `<response><Success>1</Success><ErrorCode>0</ErrorCode><SessionID>s1</SessionID>
    <AdminInfo><AdminID>1</AdminID><Username>admin</Username></AdminInfo></response>`;
  it.each([
    ['v4', { Success: true, ErrorCode: 0, SessionID: 's1', AdminInfo: { ...info, ...secrets } }, full],
    ['api-docs', { Success: 1, SessionID: 's1', AdminInfo: { ...info, ...secrets, Options: [] } }, full],
    [
      'dev (seed)',
      { Success: true, ErrorCode: 0, SessionID: 's1', AdminInfo: { AdminID: '1', Username: 'admin' } },
      bare,
    ],
    ['other case', { success: 'true', sessionid: 's1', admininfo: { adminid: 1, username: 'admin' } }, bare],
    ['XML', xml, bare],
  ])('%s says yes, and no secret of it is kept', (_name, body, identity) => {
    const outcome = read('octeth', body);
    expect(outcome).toEqual({ ok: true, identity, credential: 's1', expiresAt: null });
    expect(JSON.stringify(outcome)).not.toMatch(/h4sh|JBSWY3DP|r3c/);
  });
  it.each([
    [1, 'bad_credentials'],
    [2, 'bad_credentials'],
    [3, 'bad_credentials'],
    [4, 'captcha'],
    [5, 'captcha'],
    [6, 'second_factor'],
    [101, 'second_factor'],
    [99998, 'disabled'],
    [99999, 'disabled'],
    [77, 'protocol'],
  ])('code %i → %s, as a number, a text, a list and XML', (code, reason) => {
    const shapes = [
      { Success: false, ErrorCode: code },
      { Success: '', ErrorCode: String(code) },
      { Success: false, ErrorCode: [code] },
      { Success: false, ErrorCode: [code], ErrorText: ['Its own words'] },
      `<response><Success></Success><ErrorCode>${code}</ErrorCode><ErrorText/></response>`,
    ];
    for (const body of shapes) expect(reasonOf('octeth', body)).toBe(reason);
    expect(read('octeth', shapes[0])).toMatchObject({ serverMessage: `ErrorCode ${code}` });
    expect(read('octeth', shapes[3])).toMatchObject({ serverMessage: 'Its own words' });
  });
  it('a refusal without a code is not wrong credentials', () => {
    for (const ErrorCode of [undefined, 0, [], {}])
      expect(reasonOf('octeth', { Success: false, ErrorCode })).toBe('protocol');
  });
  it('a captcha is shown when the answer has one, a picture only when it is one', () => {
    const CaptchaImage = 'data:image/png;base64,iVBORw0KGgo=';
    const asked = { Success: false, ErrorCode: [4], CaptchaImage, CaptchaText: 'What is 2 + 3?' };
    const shown = { id: null, image: CaptchaImage, text: 'What is 2 + 3?' };
    expect(read('octeth', asked)).toMatchObject({ captcha: shown });
    const { askCaptcha, readCaptcha } = SOURCE_DIALECTS.octeth;
    expect(askCaptcha?.(TARGET).body).toBe('Command=Captcha.Get&ResponseFormat=JSON');
    const question = reply({ Success: true, CaptchaID: 'c1', Question: 'Letters of a1b2?' });
    expect(readCaptcha?.(question)).toEqual({ id: 'c1', image: null, text: 'Letters of a1b2?' });
    expect(readCaptcha?.(reply({ Success: false, ErrorCode: 1 }))).toBeNull();
    for (const image of ['https://evil.example/x.png', 'data:text/html;base64,AAAA', 'javascript:alert(1)'])
      expect(read('octeth', { ...asked, CaptchaImage: image })).toMatchObject({ captcha: { image: null } });
  });
});
