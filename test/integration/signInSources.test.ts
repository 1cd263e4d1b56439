import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticate } from '../../electron/core/services/sessions.ts';
import {
  createSource,
  deleteSource,
  listSources,
  setSourceActive,
  updateSource,
} from '../../electron/core/services/signInSources/sourceAdmin.ts';
import { signInWithSource } from '../../electron/core/services/signInSources/sourceSignIn.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { CreateSourceInput, Source, SourceKind } from '../../shared/contract/sources.ts';
import type { FakeAccount, FakeSource } from '../fakes/signInSources/fakeServer.ts';
import { FAVEO_KEY, fakeFaveo } from '../fakes/signInSources/faveo.ts';
import { fakeForma } from '../fakes/signInSources/forma.ts';
import { fakeHelpdeskz } from '../fakes/signInSources/helpdeskz.ts';
import { fakeOcteth, OCTETH_CAPTCHA } from '../fakes/signInSources/octeth.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const PASSWORD = 'remote horse';
const SAM = { username: 'sam', password: PASSWORD, name: 'Sam Remote', email: 'SAM@desk.example' };
const TWO_STEP = {
  username: 'ada',
  password: PASSWORD,
  name: 'Ada R',
  email: 'ada@desk.example',
  code: '123456',
};
const ACCOUNTS: readonly FakeAccount[] = [SAM, TWO_STEP];
const PEER = { address: '10.0.0.7', userAgent: 'Test' };

let desk: TestDesk;
let fakes: FakeSource[];
beforeEach(() => {
  desk = openTestDesk();
  fakes = [];
});
afterEach(async () => {
  for (const fake of fakes) await fake.close();
  desk.close();
});

async function started(fake: Promise<FakeSource>): Promise<FakeSource> {
  fakes.push(await fake);
  return fake;
}

const FIELDS: CreateSourceInput = {
  kind: 'forma',
  name: 'School',
  url: 'https://other.example',
  allowsHttp: false,
  ca: '',
  matchBy: 'username',
  createsStaff: false,
  departmentIds: [],
  key: '',
};

async function add(fields: Partial<CreateSourceInput>): Promise<Source> {
  const made = await createSource(desk.deps, desk.admin, { ...FIELDS, ...fields });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

type Typed = { username?: string; password?: string; code?: string; captcha?: string };

async function enter(source: Source, typed: Typed = {}, address = PEER.address) {
  const input = {
    sourceId: source.id,
    username: 'sam',
    password: PASSWORD,
    code: '',
    captcha: '',
    captchaId: '',
    ...typed,
  };
  return signInWithSource(desk.deps, input, { ...PEER, address });
}

/** The error of a sign-in; fails the test when it went well. */
async function refusal(source: Source, typed: Typed = {}, address?: string): Promise<AppError> {
  const result = await enter(source, typed, address);
  if (result.ok) throw new Error('signed in');
  return result.error;
}

/** Who the new session belongs to. */
async function who(source: Source, typed: Typed = {}): Promise<string> {
  const result = await enter(source, typed);
  if (!result.ok) throw new Error(`${result.error.code}: ${JSON.stringify(result.error.details)}`);
  return authenticate(desk.deps, result.value.token)?.name ?? 'nobody';
}

const VARIANTS: readonly [string, SourceKind, string, () => Promise<FakeSource>, hasEmail: boolean][] = [
  ['HelpDeskZ', 'helpdeskz', 'hdz-token', () => fakeHelpdeskz(ACCOUNTS), true],
  [
    'HelpDeskZ, token may not read staff',
    'helpdeskz',
    'hdz-token',
    () => fakeHelpdeskz(ACCOUNTS, { mayReadStaff: false }),
    false,
  ],
  ['Faveo v1', 'faveo', '', () => fakeFaveo(ACCOUNTS, 'v1'), true],
  ['Faveo v1 with a key', 'faveo', FAVEO_KEY, () => fakeFaveo(ACCOUNTS, 'v1_with_key'), true],
  ['Faveo v1 commercial', 'faveo', '', () => fakeFaveo(ACCOUNTS, 'v1_commercial'), true],
  ['Faveo v3', 'faveo', '', () => fakeFaveo(ACCOUNTS, 'v3'), true],
  ['Forma of the seed', 'forma', '', () => fakeForma(ACCOUNTS, 'seed'), true],
  ['Forma of the source', 'forma', '', () => fakeForma(ACCOUNTS, 'source'), true],
  ['Forma in XML', 'forma', '', () => fakeForma(ACCOUNTS, 'xml'), true],
  ['Octeth v4', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'v4'), true],
  ['Octeth v4 in XML', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'xml'), true],
  ['Octeth api-docs', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'api_docs'), true],
  ['Octeth dev (seed)', 'octeth', 'admin-key', () => fakeOcteth(ACCOUNTS, 'dev'), false],
];

describe.each(VARIANTS)('%s', (_name, kind, key, start, hasEmail) => {
  it('signs somebody in by user name, and by e-mail address where it tells one', async () => {
    const { url } = await started(start());
    expect(await who(await add({ kind, key, url, name: 'A' }))).toBe('sam');
    const byEmail = await add({ kind, key, url, name: 'B', matchBy: 'email' });
    if (hasEmail) expect(await who(byEmail)).toBe('sam');
    else expect(await refusal(byEmail)).toMatchObject({ code: 'source_no_email' });
  });

  it('refuses a wrong password, asking once, and says it in its own words', async () => {
    const fake = await started(start());
    const source = await add({ kind, key, url: fake.url });
    const error = await refusal(source, { password: 'wrong' });
    expect(error).toMatchObject({ code: 'source_bad_credentials', details: { source: 'School' } });
    expect(error.message).toContain('«School»');
    expect(error.details?.serverMessage).toMatch(/invalid|Unauthorized|ErrorCode 3/i);
    // v3 is found behind a page that is not there.
    const asked = fake.calls.filter(({ form }) => form.get('password') ?? form.get('Password'));
    expect(new Set(asked.map(({ path }) => path)).size).toBe(asked.length);
  });

  it('says so when it answers as nobody expects', async () => {
    const fake = await started(start());
    const source = await add({ kind, key, url: fake.url });
    fake.answer(() => ({
      body: '<html><body><script>alert(1)</script><b>Site under repair</b></body></html>',
    }));
    expect(await refusal(source)).toMatchObject({
      code: 'source_protocol',
      details: { serverMessage: 'HTTP 200: Site under repair' },
    });
  });
});

describe('a second factor of the other system', () => {
  it.each([
    ['HelpDeskZ', 'helpdeskz', 'hdz-token', () => fakeHelpdeskz(ACCOUNTS)],
    ['Octeth, code 101', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'dev')],
    ['Octeth, code 6', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'api_docs')],
  ] as const)('%s: is asked for and sent', async (_name, kind, key, start) => {
    const { url } = await started(start());
    const source = await add({ kind, key, url });
    const ada = { username: 'ada' };
    expect(await refusal(source, ada)).toMatchObject({ code: 'source_code_missing', field: 'code' });
    expect(await refusal(source, { ...ada, code: '000000' })).toMatchObject({ code: 'source_code_wrong' });
    expect(await who(source, { ...ada, code: '123 456' })).toBe('ada');
  });
});

describe('a captcha', () => {
  it('is shown, and the answer sent', async () => {
    const fake = await started(fakeOcteth(ACCOUNTS, 'dev', { captcha: true }));
    const source = await add({ kind: 'octeth', url: fake.url });
    expect(await refusal(source)).toMatchObject({
      code: 'source_captcha',
      field: 'captcha',
      details: { captchaText: OCTETH_CAPTCHA.text },
    });
    expect(await refusal(source, { captcha: '7' })).toMatchObject({ code: 'source_captcha' });
    expect(await who(source, { captcha: OCTETH_CAPTCHA.answer })).toBe('sam');
    expect(fake.calls.map(({ form }) => form.get('DisableCaptcha'))).toEqual(['true', null, null]);
  });
});

describe('guesses', () => {
  it('are counted here, too: locked by account and address, also for the right password', async () => {
    const fake = await started(fakeForma(ACCOUNTS, 'seed'));
    const source = await add({ url: fake.url });
    for (let count = 0; count < 3; count += 1) await refusal(source, { password: 'wrong' });
    expect(await refusal(source)).toMatchObject({ code: 'login_locked' });
    expect(fake.calls).toHaveLength(3);
    expect((await enter(source, {}, '10.0.0.8')).ok).toBe(true);
    desk.clock.advance(6 * 60_000);
    expect(await who(source)).toBe('sam');
  });

  it('at once do not slip through', async () => {
    const fake = await started(fakeForma(ACCOUNTS, 'seed'));
    const source = await add({ url: fake.url });
    const codes = await Promise.all(
      Array.from({ length: 8 }, async () => (await refusal(source, { password: 'wrong' })).code),
    );
    expect(codes.filter((code) => code === 'source_bad_credentials')).toHaveLength(3);
    expect(fake.calls).toHaveLength(3);
  });

  it('of the second factor count; asking for it does not', async () => {
    const { url } = await started(fakeOcteth(ACCOUNTS, 'dev'));
    const source = await add({ kind: 'octeth', url });
    for (let count = 0; count < 5; count += 1) await refusal(source, { username: 'ada' });
    for (let count = 0; count < 3; count += 1) await refusal(source, { username: 'ada', code: '000000' });
    expect(await refusal(source, { username: 'ada', code: '123456' })).toMatchObject({
      code: 'login_locked',
    });
  });

  it('at somebody else’s name are not forgotten when the own account of that name signs in', async () => {
    // «ada» there is Sam here: her own yes must not free guesses at the Ada of this desk.
    const { url } = await started(fakeForma([{ ...SAM, username: 'ada' }], 'seed'));
    const source = await add({ url, matchBy: 'email' });
    for (let count = 0; count < 2; count += 1) await refusal(source, { username: 'ada', password: 'wrong' });
    expect(await who(source, { username: 'ada' })).toBe('sam');
    await refusal(source, { username: 'ada', password: 'wrong' });
    expect(await refusal(source, { username: 'ada' })).toMatchObject({ code: 'login_locked' });
  });

  it('are not trouble of the network', async () => {
    const fake = await started(fakeForma(ACCOUNTS, 'seed'));
    const source = await add({ url: fake.url });
    await fake.close();
    fakes = [];
    for (let count = 0; count < 5; count += 1)
      expect(await refusal(source)).toMatchObject({
        code: 'source_unreachable',
        details: { serverMessage: 'The server does not take the connection.' },
      });
  });

  it('that the other system locks out are told in its words', async () => {
    const { url } = await started(fakeHelpdeskz(ACCOUNTS));
    const source = await add({ kind: 'helpdeskz', key: 'hdz-token', url });
    // Three names, so that this desk has not locked anybody.
    for (const username of ['a', 'b', 'c']) await refusal(source, { username });
    expect(await refusal(source)).toMatchObject({
      code: 'source_locked',
      details: { serverMessage: expect.stringMatching(/^Login locked for 5 minutes/) },
    });
  });
});

describe('whose account it is', () => {
  it('nobody’s: refused, or an agent of the chosen departments is made, once', async () => {
    const zoe = { username: 'zoe.quinn', password: PASSWORD, name: 'Zoë Quinn', email: 'zoe@x.example' };
    const { url } = await started(fakeForma([zoe], 'source'));
    const source = await add({ url, matchBy: 'email' });
    expect(await refusal(source, { username: 'zoe.quinn' })).toMatchObject({ code: 'source_unknown_staff' });
    const [, advertising] = desk.departments;
    const departmentIds = [advertising];
    const more = { ...FIELDS, url, createsStaff: true, departmentIds, sourceId: source.id, key: null };
    await updateSource(desk.deps, desk.admin, { ...more, matchBy: 'email' });
    expect(await who(source, { username: 'zoe.quinn' })).toBe('Zoë Quinn');
    expect(await who(source, { username: 'zoe.quinn' })).toBe('Zoë Quinn');
    const made = desk.deps.store.staff.all().slice(2);
    expect(made).toMatchObject([
      { username: 'zoe-quinn', email: 'zoe@x.example', role: 'agent', departmentIds: [advertising] },
    ]);
  });

  it('a new one whose user name is somebody else’s, or without an address, is refused', async () => {
    const other = { username: 'sam', password: PASSWORD, name: 'Samira', email: 'samira@x.example' };
    const bare = { username: 'bare', password: PASSWORD, name: 'B', email: 'no address' };
    const { url } = await started(fakeForma([other, bare], 'seed'));
    const source = await add({ url, matchBy: 'email', createsStaff: true });
    expect(await refusal(source)).toMatchObject({ code: 'source_username_taken' });
    expect(await refusal(source, { username: 'bare' })).toMatchObject({ code: 'source_no_email' });
    expect(desk.deps.store.staff.all()).toHaveLength(2);
  });

  it('two people’s is nobody’s', async () => {
    const { url } = await started(fakeForma(ACCOUNTS, 'seed'));
    const source = await add({ url, matchBy: 'email' });
    const ada = desk.deps.store.staff.byUsername('ada');
    if (ada) desk.deps.store.staff.update(ada.id, { ...ada, email: 'sam@DESK.example' });
    expect(await refusal(source)).toMatchObject({ code: 'source_ambiguous' });
  });

  it('one that is switched off here, there, or a customer’s does not sign in', async () => {
    const off = { ...SAM, username: 'off', isOff: true };
    const customer = { ...SAM, username: 'customer', role: 'user' };
    const { url } = await started(fakeFaveo([SAM, customer], 'v1'));
    const source = await add({ kind: 'faveo', url });
    expect(await refusal(source, { username: 'customer' })).toMatchObject({ code: 'source_not_staff' });
    const forma = await add({ name: 'F', url: (await started(fakeForma([off], 'seed'))).url });
    expect(await refusal(forma, { username: 'off' })).toMatchObject({ code: 'source_locked' });
    const sam = desk.deps.store.staff.byUsername('sam');
    if (sam) desk.deps.store.staff.update(sam.id, { ...sam, isActive: false });
    expect(await refusal(source)).toMatchObject({ code: 'account_locked' });
  });
});

describe('a source', () => {
  it('keeps its key sealed: not in the database, the log, an answer or an error', async () => {
    const fake = await started(fakeHelpdeskz(ACCOUNTS));
    const source = await add({ kind: 'helpdeskz', key: 'hdz-token', url: fake.url });
    await refusal(source, { password: 'Pa55-nobody-knows' });
    fake.answer(({ form, headers }) => ({
      body: { error: 1, message: `${form.get('password')} ${headers.token}` },
    }));
    const echoed = await refusal(source, { password: 'Pa55-nobody-knows' });
    expect(echoed).toMatchObject({ code: 'source_protocol' });
    const tables = ['sign_in_sources', 'operations', 'login_log', 'staff_sessions', 'settings'];
    const rows = tables.map((table) => desk.deps.store.db.prepare(`SELECT * FROM ${table}`).all());
    const seen = JSON.stringify([rows, listSources(desk.deps), echoed]);
    expect(seen).not.toMatch(/hdz-token|Pa55/);
    expect(listSources(desk.deps)).toMatchObject([{ hasKey: true }]);
  });

  it('gives a kept key to the server it was entered for only', async () => {
    const source = await add({ kind: 'helpdeskz', key: 'hdz-token', url: 'https://a.example/desk' });
    const input = { ...FIELDS, kind: 'helpdeskz', sourceId: source.id, key: null } as const;
    expect(
      await updateSource(desk.deps, desk.admin, { ...input, url: 'https://a.example/new' }),
    ).toMatchObject({
      ok: true,
      value: { url: 'https://a.example/new', hasKey: true },
    });
    expect(
      await updateSource(desk.deps, desk.admin, { ...input, url: 'https://evil.example' }),
    ).toMatchObject({
      error: { code: 'source_key_again', field: 'key' },
    });
  });

  it('that is switched off or deleted ends the sessions it opened, and nobody else’s', async () => {
    const { url } = await started(fakeForma(ACCOUNTS, 'seed'));
    const source = await add({ url });
    const token = async (): Promise<string> => {
      const result = await enter(source);
      return result.ok ? result.value.token : '';
    };
    const [first, sessions] = [await token(), desk.deps.store.sessionList];
    expect(sessions.ofStaff(desk.agent.staffId, desk.clock.now())).toMatchObject([{ source: 'School' }]);
    setSourceActive(desk.deps, desk.admin, source.id, false);
    expect(authenticate(desk.deps, first)).toBeNull();
    expect(await refusal(source)).toMatchObject({ code: 'source_not_found' });
    setSourceActive(desk.deps, desk.admin, source.id, true);
    const second = await token();
    expect(authenticate(desk.deps, second)?.name).toBe('sam');
    deleteSource(desk.deps, desk.admin, source.id);
    expect(authenticate(desk.deps, second)).toBeNull();
    expect(listSources(desk.deps)).toEqual([]);
  });
});
