import { TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { removeDialectKey } from '../../electron/core/services/dialects/keys.ts';
import { change, makeKey, openDialectDesk, PASSWORD, parsed, post, TOTP_SECRET } from './support/dialects.ts';
import { eachDesk } from './support/eachDesk.ts';
import { callOcteth, type Form, LOGIN, OCTETH_ON, refusal } from './support/octeth.ts';

const MINUTE = 60_000;

const desk = eachDesk(() => openDialectDesk({ octethSignIn: OCTETH_ON }));

const call = (form: Form) => callOcteth(desk, form);
const without = (form: Form, ...names: string[]): Form =>
  Object.fromEntries(Object.entries(form).filter(([name]) => !names.includes(name)));
const codeNow = (): string => new TOTP({ secret: TOTP_SECRET }).generate({ timestamp: desk.clock.now() });

describe('Admin.Login', () => {
  const success = {
    Success: true,
    ErrorCode: 0,
    SessionID: expect.stringMatching(/^\w{40}$/),
    AdminInfo: { AdminID: '1', Username: 'ada' },
  };

  it('answers a session and who it is, in this order and nothing else', async () => {
    const answer = await call(LOGIN);
    expect(answer).toEqual(success);
    expect(Object.keys(answer)).toEqual(['Success', 'ErrorCode', 'SessionID', 'AdminInfo']);
  });

  it.each([
    ['multipart', { parts: LOGIN }],
    ['names in other cases', { form: { COMMAND: 'admin.login', username: 'ada', PASSWORD } }],
    ['ResponseFormat=JSON', { form: { ...LOGIN, ResponseFormat: 'JSON' } }],
    ['a user name in another case', { form: { ...LOGIN, Username: 'ADA' } }],
  ])('takes %s', async (_what, sent) => {
    expect(parsed(await post(desk, '/api.php', sent))).toMatchObject({ Success: true, ErrorCode: 0 });
  });

  it.each([
    ['Username', without(LOGIN, 'Username'), [1]],
    ['Password', without(LOGIN, 'Password'), [2]],
    ['an empty Username', { ...LOGIN, Username: '' }, [1]],
    ['both', { Command: 'Admin.Login' }, [1, 2]],
  ])('lists what is missing: %s', async (_what, form, codes) => {
    expect(await call(form)).toEqual(refusal(...codes));
  });

  it.each([
    ['a wrong password', { ...LOGIN, Password: 'wrong' }],
    ['an unknown user', { ...LOGIN, Username: 'nobody' }],
    ['an account that is off', { ...LOGIN, Username: 'zoe' }],
  ])('says 3 for %s', async (_what, form) => {
    expect(await call(form)).toEqual(refusal(3));
  });

  it('does not read a password from the address', async () => {
    const query = new URLSearchParams(LOGIN).toString();
    expect(parsed(await post(desk, `/api.php?${query}`))).toEqual(refusal(99999));
  });

  it.each(['', 'Admin.Delete', '__proto__'])('refuses the command «%s»', async (Command) => {
    expect(await call({ ...LOGIN, Command })).toEqual(refusal(99999));
  });

  it('says 101 while the second factor is missing or wrong, and lets in with the code', async () => {
    const tess = { ...LOGIN, Username: 'tess' };
    expect(await call(tess)).toEqual(refusal(101));
    expect(await call({ ...tess, TfaCode: '000000' })).toEqual(refusal(101));
    const TFACode = codeNow();
    expect(await call({ ...tess, TFACode })).toMatchObject({ Success: true, AdminInfo: { AdminID: '4' } });
    expect(await call({ ...tess, TFACode })).toEqual(refusal(101));
  });

  it('answers XML to whoever asks for it', async () => {
    const form = { ...LOGIN, ResponseFormat: 'XML' };
    const done = await post(desk, '/api.php', { form });
    expect(done.contentType).toBe('text/xml; charset=UTF-8');
    expect(done.body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<response><Success>1<\/Success><ErrorCode>0<\/ErrorCode><SessionID>\w{40}<\/SessionID><AdminInfo><AdminID>1<\/AdminID><Username>ada<\/Username><\/AdminInfo><\/response>\n$/,
    );
    const refused = await post(desk, '/api.php', { form: { Command: 'Admin.Login', ResponseFormat: 'xml' } });
    expect(refused.body).toContain(
      '<response><Success></Success><ErrorCode>1</ErrorCode><ErrorCode>2</ErrorCode></response>',
    );
  });

  it.each([
    ['text/plain', 'x', 415],
    ['multipart/form-data', 'x', 400],
    ['application/x-www-form-urlencoded', `Password=${'x'.repeat(70_000)}`, 413],
  ])('keeps its form where a body can’t be read: %s', async (type, body, status) => {
    const response = await fetch(`http://127.0.0.1:${desk.port}/api.php`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ Success: false, ErrorCode: [99999] });
  });
});

describe('the captcha', () => {
  beforeEach(() => change(desk, { octethSignIn: { ...OCTETH_ON, asksCaptcha: true } }));

  async function challenge(): Promise<{ id: string; answer: string }> {
    const asked = await call({ Command: 'Captcha.Get' });
    expect(asked).toEqual({
      Success: true,
      ErrorCode: 0,
      CaptchaID: expect.any(String),
      Question: expect.any(String),
    });
    const [question = '', row = ''] = String(asked.Question).split(': ');
    const wanted = question.includes('letters') ? /[a-z]/ : /\d/;
    return {
      id: String(asked.CaptchaID),
      answer: row
        .split(' ')
        .filter((one) => wanted.test(one))
        .join(''),
    };
  }

  it('is missing together with the rest', async () => {
    expect(await call({ Command: 'Admin.Login' })).toEqual(refusal(1, 2, 4));
    expect(await call(LOGIN)).toEqual(refusal(4));
  });

  it('lets in who answers it, spaces and capitals aside, also as one field', async () => {
    const { id, answer } = await challenge();
    const Captcha = answer.toUpperCase().split('').join(' ');
    expect(await call({ ...LOGIN, CaptchaID: id, Captcha })).toMatchObject({ Success: true });
    const second = await challenge();
    expect(await call({ ...LOGIN, Captcha: `${second.id}:${second.answer}` })).toMatchObject({
      Success: true,
    });
  });

  it('works once, whether the answer or the password was wrong', async () => {
    const used = await challenge();
    const form = { ...LOGIN, CaptchaID: used.id, Captcha: used.answer };
    expect(await call({ ...form, Password: 'wrong' })).toEqual(refusal(3));
    expect(await call(form)).toEqual(refusal(5));
    const guessed = await challenge();
    expect(await call({ ...LOGIN, CaptchaID: guessed.id, Captcha: 'x' })).toEqual(refusal(5));
    expect(await call({ ...LOGIN, CaptchaID: guessed.id, Captcha: guessed.answer })).toEqual(refusal(5));
  });

  it('ends after five minutes', async () => {
    const { id, answer } = await challenge();
    desk.clock.advance(5 * MINUTE);
    expect(await call({ ...LOGIN, CaptchaID: id, Captcha: answer })).toEqual(refusal(5));
  });

  it('stands before the password: who fails it learns nothing and is not counted', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      expect(await call({ ...LOGIN, Password: 'wrong', Captcha: 'x' })).toEqual(refusal(5));
    }
    const { id, answer } = await challenge();
    expect(await call({ ...LOGIN, CaptchaID: id, Captcha: answer })).toMatchObject({ Success: true });
  });
});

describe('DisableCaptcha and Disable2FA', () => {
  const asked = { DisableCaptcha: 'true', Disable2FA: 'true' };
  const tess = { ...LOGIN, ...asked, Username: 'tess' };

  it('count only for a program with the key that an administrator made', async () => {
    change(desk, { octethSignIn: { ...OCTETH_ON, asksCaptcha: true } });
    expect(await call(tess)).toEqual(refusal(4));
    const AdminApiKey = await makeKey(desk, 'octeth');
    expect(await call({ ...tess, AdminApiKey: 'x' })).toEqual(refusal(4));
    expect(await call({ ...tess, AdminApiKey })).toMatchObject({ Success: true });
    expect(await call({ ...without(tess, 'Disable2FA'), AdminApiKey })).toEqual(refusal(101));
    expect(await call({ ...without(tess, 'DisableCaptcha'), AdminApiKey })).toEqual(refusal(4));
    expect(await call({ ...tess, AdminApiKey, Password: 'wrong' })).toEqual(refusal(3));
  });

  it('count no more once the key was made anew or removed; another dialect’s key and a token never do', async () => {
    const old = await makeKey(desk, 'octeth');
    const now = await makeKey(desk, 'octeth');
    expect(await call({ ...tess, AdminApiKey: old })).toEqual(refusal(101));
    expect(await call({ ...tess, AdminApiKey: await makeKey(desk, 'faveo') })).toEqual(refusal(101));
    expect(await call({ ...tess, AdminApiKey: desk.token() })).toEqual(refusal(101));
    removeDialectKey(desk.deps, 'octeth');
    expect(await call({ ...tess, AdminApiKey: now })).toEqual(refusal(101));
  });
});
