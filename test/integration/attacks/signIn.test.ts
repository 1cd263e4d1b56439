import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashPassword, verifyPassword } from '../../../electron/core/access/passwords.ts';
import { signIn } from '../../../electron/core/services/sessions.ts';
import { type ApiDesk, addStaff } from '../../contract/support/apiDesk.ts';
import {
  ADA,
  ALL_ON,
  change,
  makeKey,
  openDialectDesk,
  PASSWORD,
  post,
  SAM,
  type Sent,
  TESS,
  TOTP_SECRET,
} from '../../contract/support/dialects.ts';

/** Counts what is really done: the checks run as they do in life. */
const work = vi.hoisted(() => ({ checks: 0, atOnce: 0, mostAtOnce: 0 }));
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  return {
    ...real,
    verify: async (...given: Parameters<typeof real.verify>) => {
      work.checks += 1;
      work.atOnce += 1;
      work.mostAtOnce = Math.max(work.mostAtOnce, work.atOnce);
      try {
        return await real.verify(...given);
      } finally {
        work.atOnce -= 1;
      }
    },
  };
});

let desk: ApiDesk;
let token: string;
let octethKey: string;
beforeEach(async () => {
  desk = await openDialectDesk(ALL_ON);
  token = desk.token();
  octethKey = await makeKey(desk, 'octeth');
  work.mostAtOnce = 0;
});
afterEach(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

const peer = { address: '192.0.2.1', userAgent: 'Attacker' };
const codeNow = () =>
  new TOTP({ secret: Secret.fromBase32(TOTP_SECRET) }).generate({ timestamp: desk.clock.now() });

/** Every door that takes a password, as somebody comes to it. */
const DOORS: readonly [
  name: string,
  path: string,
  sent: (username: string, password: string, code: string) => Sent,
][] = [
  [
    'staff/auth',
    '/api/staff/auth',
    (username, password, two_factor) => ({
      headers: { Token: token },
      form: { username, password, ip_address: '192.0.2.7', ...(two_factor ? { two_factor } : {}) },
    }),
  ],
  [
    'Octeth',
    '/api.php',
    (Username, Password, TfaCode) => ({ form: { Command: 'Admin.Login', Username, Password, TfaCode } }),
  ],
  ['Forma', '/api/auth/authenticate', (username, password) => ({ form: { username, password } })],
  ['Faveo', '/api/v1/authenticate', (username, password) => ({ form: { username, password } })],
];

interface Seen {
  readonly status: number;
  readonly body: string;
  readonly headers: string;
  readonly checks: number;
}

async function knock(path: string, sent: Sent): Promise<Seen> {
  const before = work.checks;
  const { status, body, headers } = await post(desk, path, sent);
  const names = JSON.stringify({ ...headers, date: '' });
  return { status, body, headers: names, checks: work.checks - before };
}

describe('who has an account here', () => {
  it.each(DOORS)('%s tells neither by text nor by work', async (_name, path, sent) => {
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const known = await knock(path, sent('ada', `wrong ${attempt}`, ''));
      const nobody = await knock(path, sent('eve', `wrong ${attempt}`, ''));
      const switchedOff = await knock(path, sent('zoe', `wrong ${attempt}`, ''));
      const secondFactor = await knock(path, sent('tess', `wrong ${attempt}`, ''));
      expect(nobody).toEqual(known);
      expect(switchedOff).toEqual(known);
      expect(secondFactor).toEqual(known);
      // As many checks for nobody as for somebody, and none at all once it is locked.
      expect(known.checks).toBe(attempt <= 3 ? 1 : 0);
    }
  });

  it('is not told by the window either', async () => {
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const answers = [];
      for (const username of ['ada', 'eve', 'zoe', 'tess', `'`, 'x'.repeat(100)]) {
        const before = work.checks;
        const answer = await signIn(desk.deps, { username, password: 'wrong' }, peer);
        answers.push(JSON.stringify([answer, work.checks - before]));
      }
      expect(new Set(answers).size).toBe(1);
    }
  });

  it('is not told by a second factor that nobody asked for', async () => {
    for (const code of ['123456', 'abcd-efgh-ijkl-mnop', codeNow()]) {
      const known = await signIn(desk.deps, { username: 'tess', password: 'wrong', code }, peer);
      const nobody = await signIn(desk.deps, { username: 'eve', password: 'wrong', code }, peer);
      expect(nobody).toEqual(known);
      expect(known).toMatchObject({ error: { code: 'bad_credentials' } });
      desk.deps.store.db.exec('DELETE FROM login_attempts');
    }
  });
});

describe('guessing', () => {
  it('at one account through every door counts as guessing at one door', async () => {
    const doors = DOORS.slice(1);
    for (const [, path, sent] of doors) await knock(path, sent('sam', 'wrong', ''));
    for (const [, path, sent] of doors) {
      const seen = await knock(path, sent('sam', PASSWORD, ''));
      expect([path, seen.checks]).toEqual([path, 0]);
      expect(seen.body).not.toContain('sam@desk.example');
    }
    expect(
      await signIn(desk.deps, { username: 'sam', password: PASSWORD }, { ...peer, address: '127.0.0.1' }),
    ).toMatchObject({
      error: { code: 'login_locked' },
    });
  });

  it('from hundreds of addresses checks thirty passwords, whatever each address still had', async () => {
    const before = work.checks;
    for (let n = 0; n < 300; n += 1) {
      const from = { ...peer, address: `198.51.${n >> 6}.${n & 63}` };
      await signIn(desk.deps, { username: 'sam', password: `guess ${n}` }, from);
    }
    expect(work.checks - before).toBe(30);
    const right = await signIn(
      desk.deps,
      { username: 'sam', password: PASSWORD },
      { ...peer, address: '203.0.113.5' },
    );
    expect(right).toMatchObject({ error: { code: 'login_locked' } });
  });

  it('by a told address in staff/auth can’t be spread either', async () => {
    const before = work.checks;
    for (let n = 0; n < 60; n += 1) {
      const form = { username: 'sam', password: 'x', ip_address: `198.51.100.${n}` };
      await post(desk, '/api/staff/auth', { headers: { Token: token }, form });
    }
    expect(work.checks - before).toBe(30);
  });

  it('all at once gets no more than its three', async () => {
    const before = work.checks;
    const all = Array.from({ length: 40 }, (_, n) =>
      signIn(desk.deps, { username: 'sam', password: `${n}` }, peer),
    );
    await Promise.all(all);
    expect(work.checks - before).toBe(3);
  });

  it('by letter case or blanks is the same account', async () => {
    const before = work.checks;
    for (const username of ['sam', 'SAM', ' sam ', 'Sam', 'sAm']) {
      await signIn(desk.deps, { username, password: 'wrong' }, peer);
    }
    expect(work.checks - before).toBe(3);
  });

  it('at many names at once leaves threads to everything else', async () => {
    const rush = Array.from({ length: 60 }, (_, n) =>
      signIn(desk.deps, { username: `name${n}`, password: 'x' }, peer),
    );
    await Promise.all(rush);
    expect(work.mostAtOnce).toBe(2);
    // One that breaks does not keep its place.
    await Promise.all(Array.from({ length: 5 }, () => verifyPassword('no hash', 'x')));
    expect(await verifyPassword(await hashPassword('x'), 'x')).toBe(true);
  });

  it('at a second factor counts, also with the right password each time', async () => {
    for (const code of ['000000', '000001', '000002']) {
      await signIn(desk.deps, { username: 'tess', password: PASSWORD, code }, peer);
    }
    const right = await signIn(desk.deps, { username: 'tess', password: PASSWORD, code: codeNow() }, peer);
    expect(right).toMatchObject({ error: { code: 'login_locked' } });
  });

  it('is not forgiven in the middle by a password without its code', async () => {
    for (const code of ['000000', undefined, '000001', undefined, '000002', undefined]) {
      await signIn(desk.deps, { username: 'tess', password: PASSWORD, ...(code ? { code } : {}) }, peer);
    }
    const right = await signIn(desk.deps, { username: 'tess', password: PASSWORD, code: codeNow() }, peer);
    expect(right).toMatchObject({ error: { code: 'login_locked' } });
  });
});

describe('a code that was seen (replay)', () => {
  const doors = [
    async (code: string) =>
      (await signIn(desk.deps, { username: 'tess', password: PASSWORD, code }, peer)).ok,
    async (code: string) =>
      (await knock('/api/staff/auth', DOORS[0]?.[2]('tess', PASSWORD, code) ?? {})).body.includes(
        '"success":1',
      ),
    async (code: string) =>
      (await knock('/api.php', DOORS[1]?.[2]('tess', PASSWORD, code) ?? {})).body.includes('SessionID'),
  ];
  it.each([
    [0, 1],
    [1, 2],
    [2, 0],
  ])('at door %i works at none of the others', async (first, second) => {
    const code = codeNow();
    expect(await doors[first]?.(code)).toBe(true);
    expect(await doors[second]?.(code)).toBe(false);
    expect(await doors[first]?.(code)).toBe(false);
  });

  it('is one of two that come at the same time', async () => {
    const code = codeNow();
    const both = await Promise.all(doors.map((door) => door(code)));
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  it('of the step before is none after the step was used', async () => {
    const before = codeNow();
    desk.clock.advance(30_000);
    expect(await doors[0]?.(codeNow())).toBe(true);
    expect(await doors[0]?.(before)).toBe(false);
  });
});

describe('a session of another system', () => {
  it('is made by the desk: one that the client brings is not taken up', async () => {
    const planted = 'p'.repeat(32);
    const form = { Command: 'Admin.Login', Username: 'sam', Password: PASSWORD, SessionID: planted };
    const answer = await knock('/api.php', { form, headers: { Cookie: `PHPSESSID=${planted}` } });
    expect(answer.body).toContain('SessionID');
    expect(answer.body).not.toContain(planted);
    const update = {
      Command: 'Admin.Update',
      SessionID: planted,
      Username: 'mallory',
      EmailAddress: 'm@evil.example',
    };
    expect(JSON.parse((await knock('/api.php', { form: update })).body)).toMatchObject({
      ErrorCode: [99998],
    });
  });

  it('of one person never becomes another’s, who signs in with it', async () => {
    const login = async (Username: string, more = {}) => {
      const form = { Command: 'Admin.Login', Username, Password: PASSWORD, ...more };
      return (JSON.parse((await knock('/api.php', { form })).body) as { SessionID: string }).SessionID;
    };
    const sams = await login('sam');
    const adas = await login('ada', { SessionID: sams });
    expect(adas).not.toBe(sams);
    // Sam's still is Sam's: it changes Sam, and nobody else by saying so.
    const fields = { Command: 'Admin.Update', SessionID: sams, Name: 'X', EmailAddress: 'new@desk.example' };
    await knock('/api.php', { form: { ...fields, AdminID: String(ADA), Username: 'mallory' } });
    await knock('/api.php', { form: { ...fields, AdminID: String(SAM), Username: 'sam' } });
    expect(desk.deps.store.staff.byUsername('ada')?.email).toBe('ada@desk.example');
    expect(desk.deps.store.staff.byUsername('sam')?.email).toBe('new@desk.example');
  });

  it('of Octeth can’t be had past captcha and second factor by saying so', async () => {
    change(desk, { octethSignIn: { isOn: true, sessionMinutes: 60, asksCaptcha: true } });
    const skip = { DisableCaptcha: 'true', Disable2FA: 'true' };
    const form = { Command: 'Admin.Login', Username: 'tess', Password: PASSWORD, ...skip };
    for (const AdminApiKey of ['', 'x', octethKey.slice(0, -1), `${octethKey} `]) {
      const { body } = await knock('/api.php', { form: { ...form, AdminApiKey } });
      expect(body).not.toContain('SessionID');
    }
    expect(desk.deps.store.sessionList.ofStaff(TESS, desk.clock.now())).toEqual([]);
  });
});

it('a name that looks like another’s is another’s', async () => {
  await addStaff(desk.deps, {
    username: 'Ada2',
    fullname: 'X',
    email: 'x@desk.example',
    password: 'x-password',
    admin: 0,
    active: 1,
  });
  for (const username of ['ada\u0000', 'аda', 'ada%', 'a_a', 'ada*', "ada'--", 'ada\u200b', 'ada2\u0000']) {
    expect(await signIn(desk.deps, { username, password: PASSWORD }, peer)).toMatchObject({
      error: { code: 'bad_credentials' },
    });
  }
});
