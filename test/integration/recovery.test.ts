import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeOwnAccount } from '../../electron/core/services/dialects/ownAccount.ts';
import { makeResetLink, resetFacts } from '../../electron/core/services/passwordReset.ts';
import { type AppServer, startAppServer } from '../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const PASSWORD = 'correct horse';
const DAY_MS = 24 * 60 * 60 * 1000;

let desk: TestDesk;
let server: AppServer;
beforeEach(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
});
afterEach(async () => {
  await server.close();
  desk.close();
});

type Answer = { code: string; left: number | null; cookie: string };

/** Signs in beside the one who is signed in at `server`. */
async function enter(password: string, code?: string): Promise<Answer> {
  const response = await fetch(`${server.url}/trpc/session.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ username: 'sam', password, ...(code ? { code } : {}) }),
  });
  const answer = (await response.json()) as {
    result?: { data: { recoveryCodesLeft: number | null } };
    error?: { data: { appError: { code: string } } };
  };
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const code_ = answer.error?.data.appError.code ?? 'in';
  return { code: code_, left: answer.result?.data.recoveryCodesLeft ?? null, cookie };
}
const outcome = async (...how: Parameters<typeof enter>) => (await enter(...how)).code;
const profile = () => server.call('profile.get', undefined, { method: 'GET' });
const stored = (table: string) => JSON.stringify(desk.deps.store.db.prepare(`SELECT * FROM ${table}`).all());

type Codes = { recoveryCodes: string[] };
/** Switches two-step sign-in on for Sam; answers his recovery codes. */
async function enrol(): Promise<string[]> {
  await server.signIn('sam');
  const { secret } = (await server.call('profile.offerSecondFactor')) as { secret: string };
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: desk.clock.now() });
  const done = await server.call('profile.confirmSecondFactor', { secret, code, currentPassword: PASSWORD });
  return (done as Codes).recoveryCodes;
}

describe('recovery codes', () => {
  it('come with the second factor, hashed, and each signs in once', async () => {
    const codes = await enrol();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);
    const [first = '', second = ''] = codes;
    expect(await profile()).toMatchObject({ recoveryCodesLeft: 10 });
    expect(await enter(PASSWORD, first)).toMatchObject({ code: 'in', left: 9 });
    expect(await outcome(PASSWORD, first)).toBe('two_factor_wrong');
    expect(await outcome('wrong', second)).toBe('bad_credentials');
    // Typed by hand: capitals, spaces, and digits read for letters.
    const typed = second.replaceAll('-', ' ').toUpperCase().replaceAll('O', '0').replaceAll('L', '1');
    expect(await enter(PASSWORD, typed)).toMatchObject({ code: 'in', left: 8 });
    expect(await profile()).toMatchObject({ recoveryCodesLeft: 8 });
    for (const table of ['staff_recovery_codes', 'operations', 'login_log'])
      for (const code of codes) expect(stored(table)).not.toContain(code.replaceAll('-', ''));
    await server.signIn();
    const log = await server.call('staff.signIns', { staffId: desk.agent.staffId }, { method: 'GET' });
    expect(log).toMatchObject({
      signIns: [{ usedRecoveryCode: true }, {}, {}, { usedRecoveryCode: true }, {}],
    });
  });

  it('are used once by two who come at the same time', async () => {
    const [code = ''] = await enrol();
    const both = await Promise.all([outcome(PASSWORD, code), outcome(PASSWORD, code)]);
    expect(both.sort()).toEqual(['in', 'two_factor_wrong']);
  });

  it('count as failures when they are wrong', async () => {
    const [code = ''] = await enrol();
    const wrong = 'aaaa-bbbb-cccc-dddd';
    for (let time = 0; time < 3; time += 1) expect(await outcome(PASSWORD, wrong)).toBe('two_factor_wrong');
    expect(await outcome(PASSWORD, code)).toBe('login_locked');
  });

  it('are made anew with the password, and go with the second factor', async () => {
    const [old = ''] = await enrol();
    const renew = (currentPassword: string) => server.call('profile.renewRecoveryCodes', { currentPassword });
    expect(await renew('wrong')).toBe('password_wrong');
    const { recoveryCodes } = (await renew(PASSWORD)) as Codes;
    expect(recoveryCodes).toHaveLength(10);
    expect(await outcome(PASSWORD, old)).toBe('two_factor_wrong');
    expect(await outcome(PASSWORD, recoveryCodes[0])).toBe('in');
    await server.call('profile.dropSecondFactor', { currentPassword: PASSWORD });
    expect(await profile()).toMatchObject({ hasSecondFactor: false, recoveryCodesLeft: 0 });
    expect(stored('staff_recovery_codes')).toBe('[]');
    expect(await renew(PASSWORD)).toBe('second_factor_off');
  });
});

describe('a reset link', () => {
  const newPassword = 'battery staple';
  const make = async (): Promise<string> => {
    const link = await server.call('staff.makeResetLink', { staffId: desk.agent.staffId });
    return (link as { secret: string }).secret;
  };
  const facts = (secret: string) => server.call('session.resetFacts', { secret });
  const redeem = (secret: string) => server.call('session.redeemReset', { secret, newPassword });
  beforeEach(async () => {
    await server.signIn('sam');
    await server.signIn();
  });

  it('sets a new password once and ends every session', async () => {
    const his = await enter(PASSWORD);
    const secret = await make();
    expect(stored('password_resets') + stored('operations')).not.toContain(secret);
    expect(await facts(secret)).toMatchObject({ username: 'sam' });
    expect(await server.call('session.redeemReset', { secret, newPassword: 'short' })).toBe('invalid_input');
    const both = await Promise.all([redeem(secret), redeem(secret)]);
    expect(both.filter((one) => one === 'reset_link_invalid')).toHaveLength(1);
    expect(await facts(secret)).toBe('reset_link_invalid');
    expect(
      await server.call('queues.counts', undefined, { method: 'GET', headers: { cookie: his.cookie } }),
    ).toBe('signed_out');
    expect(await outcome(PASSWORD)).toBe('bad_credentials');
    expect(await outcome(newPassword)).toBe('in');
    const logged = desk.deps.store.db
      .prepare("SELECT actor_id AS who, kind FROM operations WHERE kind LIKE '%reset_link' ORDER BY id")
      .all();
    expect(logged).toEqual([
      { who: desk.admin.staffId, kind: 'make_reset_link' },
      { who: desk.agent.staffId, kind: 'use_reset_link' },
    ]);
  });

  it('lets in who is locked out, but not past the second factor', async () => {
    await enrol();
    await server.signIn();
    for (let time = 0; time < 3; time += 1) await outcome('wrong');
    expect(await outcome(PASSWORD)).toBe('login_locked');
    await redeem(await make());
    expect(await outcome(newPassword)).toBe('two_factor_missing');
  });

  it.each([
    ['a newer one', () => make()],
    [
      'an administrator who takes it back',
      () => server.call('staff.revokeResetLink', { staffId: desk.agent.staffId }),
    ],
    ['a day', () => desk.clock.advance(DAY_MS)],
    [
      'a password made by an administrator',
      () => server.call('staff.resetPassword', { staffId: desk.agent.staffId }),
    ],
    [
      'the account being switched off and on',
      async () => {
        for (const isActive of [false, true])
          await server.call('staff.setActive', { staffId: desk.agent.staffId, isActive });
      },
    ],
    [
      'a password changed by its owner',
      async () => {
        await server.signIn('sam');
        await server.call('profile.changePassword', {
          currentPassword: PASSWORD,
          newPassword: 'another one',
        });
      },
    ],
  ])('ends with %s', async (_what, happen) => {
    const secret = await make();
    await happen();
    expect(await facts(secret)).toBe('reset_link_invalid');
    expect(await redeem(secret)).toBe('reset_link_invalid');
  });

  it('is made by administrators, for active accounts', async () => {
    await server.call('staff.setActive', { staffId: desk.agent.staffId, isActive: false });
    expect(await server.call('staff.makeResetLink', { staffId: desk.agent.staffId })).toBe('staff_not_found');
    await server.call('staff.setActive', { staffId: desk.agent.staffId, isActive: true });
    const until = desk.clock.now() + DAY_MS;
    await make();
    const records = await server.call('staff.records', undefined, { method: 'GET' });
    expect(records).toMatchObject({ staff: [{ resetLinkUntil: null }, { resetLinkUntil: until }] });
    await server.call('staff.revokeResetLink', { staffId: desk.agent.staffId });
    await server.call('staff.revokeResetLink', { staffId: desk.agent.staffId });
    expect(await server.call('staff.records', undefined, { method: 'GET' })).toMatchObject({
      staff: [{ resetLinkUntil: null }, { resetLinkUntil: null }],
    });
    expect(stored('operations').split('revoke_reset_link')).toHaveLength(2);
    expect(await server.call('staff.revokeResetLink', { staffId: 99 })).toBe('staff_not_found');
    await server.signIn('sam');
    expect(await server.call('staff.makeResetLink', { staffId: desk.admin.staffId })).toBe('forbidden');
    expect(await server.call('staff.revokeResetLink', { staffId: desk.agent.staffId })).toBe('forbidden');
    expect(await server.call('security.lockouts', undefined, { method: 'GET' })).toBe('forbidden');
    expect(await server.call('security.release', { key: 'staff 1' })).toBe('forbidden');
  });

  it('is nothing anyone guesses', async () => {
    for (const secret of ['', ' ', 'x'.repeat(43), "' OR 1=1 --"])
      expect(['reset_link_invalid', 'invalid_input']).toContain(await facts(secret));
  });
});

it('a password that another system’s client sets ends the link that is out', async () => {
  const { deps, admin, agent } = desk;
  const link = makeResetLink(deps, admin, agent.staffId);
  const account = deps.store.staff.byId(agent.staffId);
  if (!link.ok || !account) throw new Error('no link');
  const { name, username, email } = account;
  const changed = await changeOwnAccount(
    deps,
    account,
    { name, username, email, password: 'a new password' },
    null,
  );
  expect(changed.ok).toBe(true);
  expect(resetFacts(deps, link.value.secret)).toMatchObject({ error: { code: 'reset_link_invalid' } });
});
