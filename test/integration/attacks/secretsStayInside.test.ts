import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Core, startCore } from '../../../electron/core/startCore.ts';
import { type DeskSettings, PERMISSIONS } from '../../../shared/contract/desk.ts';
import { ALL_ON } from '../../contract/support/dialects.ts';
import type { FakeSource } from '../../fakes/signInSources/fakeServer.ts';
import { fakeHelpdeskz } from '../../fakes/signInSources/helpdeskz.ts';
import { temporaryFolders } from '../../support/temporaryFolder.ts';

/** Typed by people; each is found wherever it is kept. */
const ADMIN = 'Zq-admin-4711';
const SECOND = 'Zq-second-4712';
const AGENT = 'Zq-agent-4713';
const GUESS = 'Zq-guess-4714';
const SOURCE_KEY = 'Zq-source-key-4715';
const SOURCE_PASSWORD = 'Zq-source-pass-4716';
const APP_NAME_AS_PASSWORD = 'Zq-typed-as-name-4717';

describe('a real desk on a real folder, every secret used in every way', () => {
  const temporaryFolder = temporaryFolders();
  let data: string;
  let core: Core;
  let url: string;
  let cookie: string;
  /** Everything that was answered, but for the one answer that shows a secret. */
  let answers: string[];
  let fake: FakeSource | null;
  beforeEach(async () => {
    data = temporaryFolder();
    [cookie, answers, fake] = ['', [], null];
    const started = await startCore({
      dataDir: data,
      port: 0,
      serveApp: true,
      rendererDir: null,
      env: { STAFFDESK_USE_KEYCHAIN: 'no' },
    });
    if (!started.ok) throw new Error(started.error.code);
    core = started.value;
    url = core.servers?.windowUrl ?? '';
  });
  afterEach(async () => {
    await core.close();
    await fake?.close();
  });

  async function ask(path: string, init: RequestInit): Promise<{ body: string; headers: Headers }> {
    const response = await fetch(url + path, { redirect: 'manual', ...init });
    return { body: await response.text(), headers: response.headers };
  }

  async function call<T = unknown>(name: string, input: unknown = {}, isShown = false): Promise<T> {
    const { body, headers } = await ask(`/trpc/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(input),
    });
    cookie = headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    if (!isShown) answers.push(`${name} ${body}`);
    return (JSON.parse(body) as { result?: { data: T } }).result?.data as T;
  }

  async function read(name: string, input: unknown): Promise<void> {
    const { body } = await ask(`/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, {
      headers: { cookie },
    });
    answers.push(`${name} ${body}`);
  }

  async function send(
    path: string,
    headers: Record<string, string>,
    form: Record<string, string>,
    isShown = false,
  ) {
    const { body } = await ask(path, { method: 'POST', headers, body: new URLSearchParams(form) });
    if (!isShown) answers.push(`${path.split('?')[0]} ${body}`);
    return body;
  }

  /** Files of the desk as they lie there, the database with its WAL. */
  function onDisk(): Record<string, string> {
    const names = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    return Object.fromEntries(
      names.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('latin1')]),
    );
  }

  it('leaves none of them in the log, an answer, an address or the database', async () => {
    const admin = { username: 'ada', name: 'Ada', email: 'ada@desk.example', password: ADMIN };
    await call('system.install', { siteName: 'Desk', admin });
    const session = cookie.split('=')[1] ?? '';
    await call('settings.update', { ...ALL_ON, loginAttempts: 100 } satisfies Partial<DeskSettings>);
    // Own password and second factor.
    await call('profile.changePassword', { currentPassword: GUESS, newPassword: SECOND });
    await call('profile.changePassword', { currentPassword: ADMIN, newPassword: SECOND });
    const offer = await call<{ secret: string }>('profile.offerSecondFactor', {}, true);
    const code = new TOTP({ secret: Secret.fromBase32(offer.secret) }).generate();
    await call('profile.confirmSecondFactor', {
      secret: offer.secret,
      code: '000000',
      currentPassword: SECOND,
    });
    const { recoveryCodes } = await call<{ recoveryCodes: string[] }>(
      'profile.confirmSecondFactor',
      { secret: offer.secret, code, currentPassword: SECOND },
      true,
    );
    // Colleagues, links, tokens, keys, app passwords.
    const member = {
      username: 'sam',
      name: 'Sam',
      email: 'sam@desk.example',
      role: 'agent',
      departmentIds: [1],
      password: AGENT,
    };
    const created = await call<{ staff: { id: number } }>('staff.create', member);
    const link = await call<{ secret: string }>('staff.makeResetLink', { staffId: created.staff.id }, true);
    const reset = link.secret;
    await call('session.resetFacts', { secret: reset });
    const token = await call<{ token: string; tokenId: number }>(
      'tokens.create',
      { name: 'x', permissions: [...PERMISSIONS] },
      true,
    );
    const next = await call<{ token: string }>(
      'tokens.regenerate',
      { tokenId: token.tokenId, overlapHours: 24 },
      true,
    );
    const octeth = await call<{ key: string }>('dialects.generateKey', { dialect: 'octeth' }, true);
    const faveo = await call<{ key: string }>('dialects.generateKey', { dialect: 'faveo' }, true);
    const app = await call<{ password: string }>(
      'appPasswords.create',
      { name: 'Phone', currentPassword: SECOND },
      true,
    );
    // Each of them where it belongs and where it does not.
    const shown = [
      SECOND,
      GUESS,
      token.token,
      next?.token ?? token.token,
      octeth.key,
      faveo.key,
      app?.password ?? GUESS,
      recoveryCodes[0] ?? '',
      session,
    ];
    for (const secret of shown) {
      const Token = token.token;
      await send(
        '/api/staff/auth',
        { Token },
        { username: 'ada', password: secret, two_factor: secret, ip_address: '192.0.2.1' },
      );
      await send('/api/staff/auth', { Token: secret }, { username: secret, password: secret });
      await send(
        `/api/staff/auth?password=${encodeURIComponent(secret)}&Token=${encodeURIComponent(secret)}`,
        { Token },
        { username: 'ada' },
      );
      await send(
        '/api.php',
        {},
        { Command: 'Admin.Login', Username: 'ada', Password: secret, AdminApiKey: secret, TfaCode: secret },
      );
      await send('/api.php', {}, { Command: 'Admin.Update', APIKey: secret, SessionID: secret });
      await send('/api/auth/authenticate', {}, { username: 'ada', password: secret });
      await send(
        `/api/v1/authenticate?username=ada&password=${encodeURIComponent(secret)}&api_key=${encodeURIComponent(secret)}`,
        {},
        {},
      );
      await send(
        '/api/tickets/create',
        { Token: secret, Authorization: `Bearer ${secret}` },
        { subject: 'x' },
      );
      await call('session.redeemReset', { secret, newPassword: secret });
      await call('nobody.knows', { password: secret });
      await call('session.signIn', { username: 'ada', password: [secret] });
      await read('tickets.get', { password: secret, ticketId: secret });
    }
    await call('session.signIn', { username: APP_NAME_AS_PASSWORD, password: GUESS });
    // Another system that says again what it was told.
    const other = await fakeHelpdeskz([]);
    fake = other;
    other.answer(({ form, headers }) => ({
      status: 500,
      body: { error: 1, message: `${form.get('password')} ${headers.token}` },
    }));
    const source = await call<{ source: { id: number } }>('sources.create', {
      kind: 'helpdeskz',
      name: 'Old',
      url: other.url,
      allowsHttp: true,
      ca: '',
      matchBy: 'username',
      createsStaff: false,
      departmentIds: [],
      key: SOURCE_KEY,
    });
    const typed = {
      sourceId: source.source.id,
      username: 'ada',
      password: SOURCE_PASSWORD,
      code: '',
      captcha: '',
      captchaId: '',
    };
    await call('sources.signIn', typed);
    await read('staff.signIns', { staffId: null });
    await read('tokens.calls', { tokenId: token.tokenId });
    await read('api.info', undefined);
    await read('staff.records', undefined);
    await read('profile.sessions', undefined);
    await read('sources.list', undefined);
    await call('session.signOut');
    await core.close();

    const files = onDisk();
    const answered = answers.join('\n');
    // The search looks where there is something to find.
    expect(files['core.log']).toContain('source_sign_in');
    expect(files['desk.db']).toContain('sam@desk.example');
    expect(answered).toContain('bad_credentials');
    const secrets = {
      ...Object.fromEntries(shown.map((value, n) => [`shown ${n}`, value])),
      ADMIN,
      SECOND,
      AGENT,
      GUESS,
      SOURCE_KEY,
      SOURCE_PASSWORD,
      APP_NAME_AS_PASSWORD,
      totp: offer.secret,
      reset,
      ...Object.fromEntries(recoveryCodes.map((value, n) => [`recovery ${n}`, value])),
    };
    const found = Object.entries(secrets).flatMap(([name, secret]) => [
      ...(secret.length < 8 ? [`${name} is no secret`] : []),
      ...Object.entries({ ...files, 'an answer': answered })
        .filter(([, text]) => text.includes(secret))
        .map(([where]) => `${name} in ${where}`),
    ]);
    expect(found).toEqual([]);
  }, 60_000);
});
