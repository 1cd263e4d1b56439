import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSource, setSourceActive } from '../../electron/core/services/signInSources/sourceAdmin.ts';
import {
  finishSourceSignIn,
  signInWithSource,
} from '../../electron/core/services/signInSources/sourceSignIn.ts';
import { testSource } from '../../electron/core/services/signInSources/sourceTest.ts';
import type { CreateSourceInput, TestSourceInput } from '../../shared/contract/sources.ts';
import type { SourceId } from '../../shared/model/ids.ts';
import type { FakeSource } from '../fakes/signInSources/fakeServer.ts';
import { fakeForma } from '../fakes/signInSources/forma.ts';
import { fakeHelpdeskz } from '../fakes/signInSources/helpdeskz.ts';
import { fakeOcteth } from '../fakes/signInSources/octeth.ts';
import { type AppServer, startAppServer } from '../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const PASSWORD = 'remote horse';
const SAM = { username: 'sam', password: PASSWORD, name: 'Sam Remote', email: 'sam@desk.example' };
const PEER = { address: '127.0.0.1', userAgent: 'Test' };
const FIELDS: CreateSourceInput = {
  kind: 'forma',
  name: 'School',
  url: 'https://other.example',
  allowsHttp: false,
  ca: '',
  matchBy: 'email',
  createsStaff: false,
  departmentIds: [],
  key: '',
};

let desk: TestDesk;
let server: AppServer;
const fakes: FakeSource[] = [];
beforeEach(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
});
afterEach(async () => {
  for (const fake of fakes.splice(0)) await fake.close();
  await server.close();
  desk.close();
});

async function started(fake: Promise<FakeSource>): Promise<FakeSource> {
  fakes.push(await fake);
  return fake;
}

/** The steps as «state: text», in order. */
async function steps(fields: Partial<TestSourceInput>): Promise<string[]> {
  const input = { ...FIELDS, sourceId: null, username: '', password: '', code: '', ...fields };
  const result = await testSource(desk.deps, input, PEER);
  if (!result.ok) throw new Error(result.error.message);
  expect(result.value.steps.map(({ step }) => step)).toEqual(['resolve', 'connect', 'tls', 'call', 'parse']);
  for (const { state, wayOut } of result.value.steps) if (state !== 'failed') expect(wayOut).toBe('');
  return result.value.steps.map(({ state, text }) => `${state}: ${text}`);
}

describe('the test of a source walks the way', () => {
  it('to a system that understands and accepts the key, without a user name', async () => {
    const { url, calls } = await started(fakeHelpdeskz([SAM]));
    expect(await steps({ kind: 'helpdeskz', key: 'hdz-token', url })).toEqual([
      'ok: The address is 127.0.0.1.',
      'ok: The server takes the connection.',
      expect.stringMatching(/^skipped: Plain http/),
      'ok: It answered with HTTP 200.',
      'ok: It speaks the language of HelpDeskZ (it says: Api.error.usernameMissing. Password is missing.).',
    ]);
    expect(calls).toHaveLength(1);
  });

  it('to a person, and says who that is here', async () => {
    const { url } = await started(fakeForma([SAM], 'source'));
    const typed = { url, username: 'sam', password: PASSWORD };
    expect((await steps(typed)).at(-1)).toBe('ok: It is Sam Remote <sam@desk.example>: here sam (sam).');
    const nobody = { ...SAM, username: 'x', email: 'x@x.example' };
    const other = (await started(fakeForma([nobody], 'source'))).url;
    const asNobody = { url: other, username: 'x', password: PASSWORD };
    expect((await steps(asNobody)).at(-1)).toMatch(/^failed: It is Sam Remote <x@x.example>\. .*nobody here/);
    expect((await steps({ ...asNobody, createsStaff: true })).at(-1)).toMatch(/^ok: .*makes an agent/);
    // Nothing of it is kept.
    expect(desk.deps.store.staff.all()).toHaveLength(2);
    expect(desk.deps.store.sources.all()).toEqual([]);
  });

  it('until a refused key, with the way out', async () => {
    const { url } = await started(fakeHelpdeskz([SAM]));
    const last = (await steps({ kind: 'helpdeskz', key: 'wrong', url })).at(-1);
    expect(last).toMatch(
      /^failed: HelpDeskZ lets nobody sign in this way.* It says: Invalid authentication\.$/,
    );
  });

  it.each([
    ['a wrong password', { username: 'sam', password: 'wrong' }, /^failed: Octeth refused .* ErrorCode 3$/],
    ['a missing second factor', { username: 'ada', password: PASSWORD }, /^failed: Octeth asks for a second/],
    ['a second factor', { username: 'ada', password: PASSWORD, code: '123456' }, /^ok: It is ada/],
  ])('%s', async (_name, typed, last) => {
    const ada = { ...SAM, username: 'ada', code: '123456' };
    const { url } = await started(fakeOcteth([SAM, ada], 'dev'));
    expect((await steps({ kind: 'octeth', url, matchBy: 'username', ...typed })).at(-1)).toMatch(last);
  });

  it('to another page, which is no wrong password', async () => {
    const fake = await started(fakeForma([SAM], 'seed'));
    fake.answer(() => ({ body: '<html><h1>It works!</h1></html>' }));
    expect((await steps({ url: fake.url })).at(-1)).toMatch(
      /^failed: .*not understand.* HTTP 200: It works!$/,
    );
  });

  it('into nothing: what comes after is not reached', async () => {
    const fake = await started(fakeForma([], 'seed'));
    await fake.close();
    fakes.length = 0;
    expect(await steps({ url: fake.url })).toEqual([
      'ok: The address is 127.0.0.1.',
      expect.stringMatching(/^failed: The server does not take the connection\. \(.*ECONNREFUSED/),
      expect.stringMatching(/^skipped/),
      'skipped: Not reached.',
      'skipped: Not reached.',
    ]);
    expect((await steps({ url: 'https://nobody.invalid' }))[0]).toMatch(/^failed: No server is known/);
  });

  it('through TLS: an unknown certificate is refused, the given one trusted', async () => {
    const read = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
    const pair = { cert: read('localhost.crt'), key: read('localhost.key') };
    const secure = createServer(pair, (_request, response) =>
      response.end('{"error":"Error: invalid user."}'),
    );
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
    expect((await steps({ url }))[2]).toMatch(/^failed: The server’s certificate is not trusted/);
    const trusted = await steps({ url, ca: pair.cert });
    expect(trusted[2]).toMatch(/^ok: The certificate is trusted: TLSv1\.\d, localhost/);
    expect(trusted[4]).toMatch(/^ok: It speaks the language of Forma LMS/);
    secure.close();
  });
});

describe('the second factor of this desk', () => {
  /** Sam switches it on; answers how codes are made. */
  async function enrol(): Promise<() => string> {
    await server.signIn('sam');
    const { secret } = (await server.call('profile.offerSecondFactor')) as { secret: string };
    const code = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: desk.clock.now() });
    await server.call('profile.confirmSecondFactor', {
      secret,
      code: code(),
      currentPassword: 'correct horse',
    });
    desk.clock.advance(60_000);
    return code;
  }

  async function begin() {
    const { url, calls } = await started(fakeForma([SAM], 'seed'));
    const made = await createSource(desk.deps, desk.admin, { ...FIELDS, url });
    const sourceId = made.ok ? made.value.id : (0 as SourceId);
    const input = { sourceId, username: 'sam', password: PASSWORD, code: '', captcha: '', captchaId: '' };
    const result = await signInWithSource(desk.deps, input, PEER);
    const error = result.ok ? undefined : result.error;
    return { sourceId, calls, error, pending: String(error?.details?.pending) };
  }

  it('is asked for after the other system’s yes, whose password is not sent again', async () => {
    const code = await enrol();
    const { error, pending, calls } = await begin();
    expect(error).toMatchObject({ code: 'two_factor_missing', field: 'code' });
    expect(await finishSourceSignIn(desk.deps, { pending, code: '000000' }, PEER)).toMatchObject({
      error: { code: 'two_factor_wrong' },
    });
    const done = await finishSourceSignIn(desk.deps, { pending, code: code() }, PEER);
    expect(done).toMatchObject({ ok: true, value: { staffId: desk.agent.staffId } });
    expect(calls).toHaveLength(1);
    expect(await finishSourceSignIn(desk.deps, { pending, code: code() }, PEER)).toMatchObject({
      error: { code: 'signed_out' },
    });
  });

  it.each([
    ['after five minutes', () => desk.clock.advance(5 * 60_000)],
    ['once the source is off', (id: SourceId) => setSourceActive(desk.deps, desk.admin, id, false)],
  ])('comes too late %s', async (_name, meanwhile) => {
    const code = await enrol();
    const { sourceId, pending } = await begin();
    meanwhile(sourceId);
    const late = await finishSourceSignIn(desk.deps, { pending, code: code() }, PEER);
    expect(late).toMatchObject({ error: { code: 'signed_out' } });
  });

  it('counts wrong codes on, however often the password is right in between', async () => {
    await enrol();
    const { sourceId } = await begin();
    const input = { sourceId, username: 'sam', password: PASSWORD, code: '', captcha: '', captchaId: '' };
    const said: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      const yes = await signInWithSource(desk.deps, input, PEER);
      const pending = yes.ok ? undefined : yes.error.details?.pending;
      const last = pending
        ? await finishSourceSignIn(desk.deps, { pending: String(pending), code: '000000' }, PEER)
        : yes;
      said.push(last.ok ? 'in' : last.error.code);
    }
    expect(said).toEqual(['two_factor_wrong', 'two_factor_wrong', 'two_factor_wrong', 'login_locked']);
  });

  it('locks after three wrong codes', async () => {
    const code = await enrol();
    const { pending } = await begin();
    for (let count = 0; count < 3; count += 1)
      await finishSourceSignIn(desk.deps, { pending, code: '000000' }, PEER);
    expect(await finishSourceSignIn(desk.deps, { pending, code: code() }, PEER)).toMatchObject({
      error: { code: 'login_locked' },
    });
  });
});

describe('sources in the app', () => {
  it('are an administrator’s business; signing in shows their names only', async () => {
    await server.signIn();
    const { source } = (await server.call('sources.create', FIELDS)) as { source: { id: number } };
    await server.call('session.signOut');
    const input = { ...FIELDS, sourceId: source.id, isActive: true, sourceIds: [source.id] };
    const test = { ...input, username: '', password: '', code: '' };
    for (const role of ['nobody', 'sam']) {
      if (role === 'sam') await server.signIn('sam');
      const refused = role === 'sam' ? 'forbidden' : 'signed_out';
      for (const name of ['create', 'update', 'setActive', 'delete', 'reorder', 'test'])
        expect(await server.call(`sources.${name}`, test), `${role} ${name}`).toBe(refused);
      expect(await server.call('sources.list', undefined, { method: 'GET' })).toBe(refused);
      expect(await server.call('sources.offered', undefined, { method: 'GET' })).toEqual({
        sources: [{ id: source.id, name: 'School' }],
      });
    }
  });

  it('sign somebody in to a session that names them', async () => {
    const { url } = await started(fakeForma([SAM], 'seed'));
    await server.signIn();
    const { source } = (await server.call('sources.create', { ...FIELDS, url })) as {
      source: { id: number };
    };
    await server.call('session.signOut');
    const typed = { sourceId: source.id, username: 'sam', password: PASSWORD };
    expect(await server.call('sources.signIn', { ...typed, password: 'x' })).toBe('source_bad_credentials');
    expect(await server.call('sources.signIn', typed)).toMatchObject({
      viewer: { staff: { username: 'sam' } },
    });
    expect(await server.call('profile.sessions', undefined, { method: 'GET' })).toMatchObject({
      sessions: [{ source: 'School', isThis: true }],
    });
  });

  it('say beside each field what is wrong', async () => {
    await server.signIn();
    const long = 'x'.repeat(61);
    for (const [wrong, code] of [
      [{ name: ' ' }, 'invalid_input'],
      [{ name: long }, 'invalid_input'],
      [{ url: 'other.example' }, 'invalid_input'],
      [{ url: 'ftp://other.example' }, 'invalid_input'],
      [{ url: 'http://other.example' }, 'invalid_input'],
      [{ url: 'https://a:b@other.example' }, 'invalid_input'],
      [{ url: 'https://other.example/?token=1' }, 'invalid_input'],
      [{ ca: 'no certificate' }, 'invalid_input'],
      [{ kind: 'helpdeskz' }, 'invalid_input'],
      [{ kind: 'ldap' }, 'invalid_input'],
      [{ departmentIds: [99] }, 'department_not_found'],
    ] as const)
      expect(await server.call('sources.create', { ...FIELDS, ...wrong }), JSON.stringify(wrong)).toBe(code);
    const http = { ...FIELDS, url: 'http://other.example/api/', allowsHttp: true };
    expect(await server.call('sources.create', http)).toMatchObject({
      source: { url: 'http://other.example' },
    });
    expect(await server.call('sources.create', { ...FIELDS, name: 'SCHOOL' })).toBe('source_name_taken');
    expect(await server.call('sources.reorder', { sourceIds: [] })).toBe('invalid_input');
    expect(await server.call('sources.delete', { sourceId: 99 })).toBe('source_not_found');
  });
});
