import { beforeEach, describe, expect, it } from 'vitest';
import { createAppPassword } from '../../electron/core/services/appPasswords.ts';
import { actorOf } from '../../electron/core/services/sessions.ts';
import { change, get, openDialectDesk, PASSWORD, parsed, post, type Sent, TESS } from './support/dialects.ts';
import { eachDesk } from './support/eachDesk.ts';

const PATH = '/api/auth/authenticate';
const ON = { isOn: true, tokenMinutes: 60, isStrict: false };
const ADA = { username: 'ada', password: PASSWORD };

const desk = eachDesk(() => openDialectDesk({ formaSignIn: ON }));

const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const HEX = expect.stringMatching(/^[0-9a-f]{32}$/);
const invalid = { success: false, message: 'Error: invalid user.', error: 'Error: invalid user.' };
const incomplete = {
  success: false,
  message: 'Error: invalid login data provided.',
  error: 'Error: invalid login data provided.',
};
async function call(sent: Sent, path = PATH): Promise<Record<string, unknown>> {
  const answer = await post(desk, path, sent);
  expect([answer.status, answer.contentType]).toEqual([200, 'application/json; charset=UTF-8']);
  return parsed(answer);
}
const withToken = (token: unknown) => get(desk, '/api/tickets', { authorization: `Bearer ${token}` });

describe('success, as documented', () => {
  it('has every field with its type, in this order', async () => {
    const answer = await call({ form: ADA });
    expect(answer).toEqual({
      success: true,
      message: 'You are authenticated.',
      data: {
        idst: 1,
        userid: 'ada',
        firstname: 'Ada',
        lastname: 'Lovelace',
        avatar: '',
        email: 'ada@desk.example',
        signature: '',
        valid: 1,
        pwd_expire_at: null,
        register_date: DATE,
        last_enter: DATE,
        custom_fields: [],
      },
      token: HEX,
      expire_at: DATE,
    });
    expect(Object.keys(answer)).toEqual(['success', 'message', 'data', 'token', 'expire_at']);
  });

  it('tells the end of the token in the desk’s time zone', async () => {
    const { expire_at } = await call({ form: ADA });
    const end = new Date(desk.clock.now() + 60 * 60_000);
    const shown = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Berlin',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    expect([shown.format(end), shown.format(end.getTime() - 1000)]).toContain(String(expire_at).slice(0, 16));
  });
});

describe('failure', () => {
  it.each([
    ['a wrong password', { ...ADA, password: 'wrong' }, invalid],
    ['an unknown user', { ...ADA, username: 'nobody' }, invalid],
    ['an account that is off', { ...ADA, username: 'zoe' }, invalid],
    ['an e-mail address', { ...ADA, username: 'ada@desk.example' }, invalid],
    ['no password', { username: 'ada' }, incomplete],
    ['no user name', { password: PASSWORD }, incomplete],
    ['nothing', {}, incomplete],
  ])('for %s', async (_what, form, expected) => {
    expect(await call({ form: form as Record<string, string> })).toEqual(expected);
  });

  it('for a password in the address', async () => {
    expect(await call({}, `${PATH}?username=ada&password=${encodeURIComponent(PASSWORD)}`)).toEqual(
      incomplete,
    );
  });
});

describe('the form of the answer', () => {
  const JSON_TYPE = 'application/json; charset=UTF-8';
  const XML_TYPE = 'text/xml; charset=UTF-8';

  it.each([
    [PATH, undefined, JSON_TYPE, XML_TYPE],
    [PATH, '*/*', JSON_TYPE, XML_TYPE],
    [PATH, 'application/json', JSON_TYPE, JSON_TYPE],
    [PATH, 'application/json, text/plain', JSON_TYPE, XML_TYPE],
    [PATH, 'application/xml', XML_TYPE, XML_TYPE],
    [PATH, 'text/xml, */*', XML_TYPE, XML_TYPE],
    [`${PATH}/`, undefined, JSON_TYPE, XML_TYPE],
    [`${PATH}.json`, 'application/xml', JSON_TYPE, JSON_TYPE],
    [`${PATH}.xml`, 'application/json', XML_TYPE, XML_TYPE],
  ])('%s with Accept %s is %s, when strict %s', async (path, accept, usual, strict) => {
    const headers: Record<string, string> = accept === undefined ? {} : { Accept: accept };
    expect((await post(desk, path, { form: ADA, headers })).contentType).toBe(usual);
    change(desk, { formaSignIn: { ...ON, isStrict: true } });
    expect((await post(desk, path, { form: ADA, headers })).contentType).toBe(strict);
  });

  it('is well-formed XML whatever a name holds', async () => {
    desk.deps.store.db.prepare("UPDATE staff SET name = 'A & <b> \u0001' WHERE id = 1").run();
    const answer = await post(desk, `${PATH}.xml`, { form: ADA });
    expect(answer.body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<XMLoutput><success>true<\/success><message>You are authenticated.<\/message><data><idst>1<\/idst>/,
    );
    expect(answer.body).toContain('<firstname>A &amp; &lt;b&gt;</firstname><lastname></lastname>');
    const refused = await post(desk, `${PATH}.xml`, { form: {} });
    expect(refused.body).toContain(
      '<XMLoutput><success>false</success><message>Error: invalid login data provided.</message><error>Error: invalid login data provided.</error></XMLoutput>',
    );
  });
});

describe('strict, as the product does it', () => {
  beforeEach(() => change(desk, { formaSignIn: { ...ON, isStrict: true } }));

  it('answers without data, and failures with nothing but the error', async () => {
    const answer = await call({ form: ADA }, `${PATH}.json`);
    expect(answer).toEqual({ success: true, message: 'You are authenticated.', token: HEX, expire_at: DATE });
    expect(await call({ form: { ...ADA, password: 'x' } }, `${PATH}.json`)).toEqual({
      error: 'Error: invalid user.',
    });
  });

  it('lets the next sign-in replace the token', async () => {
    const first = await call({ form: ADA }, `${PATH}.json`);
    const second = await call({ form: ADA }, `${PATH}.json`);
    expect((await withToken(first.token)).status).toBe(400);
    expect((await withToken(second.token)).status).toBe(200);
  });
});

describe('a token', () => {
  it('lives as long as set, not longer by being used, and beside others', async () => {
    const { token } = await call({ form: ADA });
    await call({ form: ADA });
    desk.clock.advance(59 * 60_000);
    expect((await withToken(token)).status).toBe(200);
    desk.clock.advance(60_000);
    expect((await withToken(token)).status).toBe(400);
  });
});

describe('an account with a second factor', () => {
  const tess = { username: 'tess', password: PASSWORD };
  const account = () => {
    const found = desk.deps.store.staff.byId(TESS);
    if (!found) throw new Error('no tess');
    return actorOf(found);
  };
  function appPassword(): { id: number; password: string } {
    const made = createAppPassword(desk.deps, account(), 'phone');
    if (!made.ok) throw new Error(made.error.message);
    return made.value;
  }

  it('is refused with its password, and counted like a wrong one', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await call({ form: tess })).toEqual(invalid);
    const { password } = appPassword();
    expect(await call({ form: { ...tess, password } })).toEqual(invalid);
  });

  it('comes in with an app password, with or without its spaces', async () => {
    const { password } = appPassword();
    expect(password).toMatch(/^(\w{4} ){5}\w{4}$/);
    expect(await call({ form: { ...tess, password } })).toMatchObject({ success: true, data: { idst: 4 } });
    expect(await call({ form: { ...tess, password: password.replaceAll(' ', '') } })).toMatchObject({
      success: true,
    });
    expect(desk.deps.store.appPasswords.ofStaff(TESS)).toMatchObject([
      { name: 'phone', lastUsedAddress: '127.0.0.1' },
    ]);
    expect(await call({ form: { ...ADA, password } })).toEqual(invalid);
  });

  it('is signed out there when the app password goes', async () => {
    const { id, password } = appPassword();
    const { token } = await call({ form: { ...tess, password } });
    expect((await withToken(token)).status).toBe(200);
    desk.deps.store.appPasswords.remove(TESS, id);
    expect((await withToken(token)).status).toBe(400);
    expect(await call({ form: { ...tess, password } })).toEqual(invalid);
  });
});
