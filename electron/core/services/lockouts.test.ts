import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StaffId } from '../../../shared/model/ids.ts';
import { type ApiDesk, addStaff, openApiDesk } from '../../../test/contract/support/apiDesk.ts';
import type { StaffActor } from '../domain/actor.ts';
import { listLockouts, releaseLockout, removeOldFailures } from './lockouts.ts';
import { signIn } from './sessions.ts';
import { checkStaff } from './staffAuth.ts';

const MINUTE = 60_000;
const OFFICE = '198.51.100.7';
const admin: StaffActor = { kind: 'staff', staffId: 1 as StaffId, name: 'Ada', role: 'admin', scope: 'all' };

let desk: ApiDesk;
beforeEach(async () => {
  desk = await openApiDesk();
  const member = { password: 'Agent1Pass', admin: 0, active: 1, departments: [] };
  await addStaff(desk.deps, { ...member, username: 'ada', fullname: 'Ada', email: 'a@x.test', admin: 1 });
  await addStaff(desk.deps, { ...member, username: 'sam', fullname: 'Sam', email: 's@x.test' });
});
afterEach(() => desk.close());

async function enter(username: string, password: string, address: string): Promise<string> {
  const entered = await signIn(desk.deps, { username, password }, { address, userAgent: 'test' });
  return entered.ok ? 'in' : entered.error.code;
}
const guess = async (username: string, address: string, times = 3) => {
  for (let time = 0; time < times; time += 1) await enter(username, 'x', address);
};
/** A botnet: three guesses from each of ten addresses. */
const attack = async (username: string) => {
  for (let host = 1; host <= 10; host += 1) await guess(username, `203.0.113.${host}`);
};
const told = async (address: string, password: string) => {
  const credentials = { username: 'sam', password, address, addressFrom: 'caller', userAgent: 't' } as const;
  const checked = await checkStaff(desk.deps, credentials);
  return checked.ok ? checked.value.kind : checked.error.code;
};

describe('guessing from many addresses', () => {
  it('closes the account to addresses it was never used from, and stays open to its owner', async () => {
    expect(await enter('sam', 'Agent1Pass', OFFICE)).toBe('in');
    await attack('sam');
    expect(await enter('sam', 'Agent1Pass', '203.0.113.99')).toBe('login_locked');
    expect(await enter('sam', 'Agent1Pass', OFFICE)).toBe('in');
    expect(await enter('sam', 'Agent1Pass', '127.0.0.1')).toBe('in');
    expect(await enter('ada', 'Agent1Pass', '203.0.113.99')).toBe('in');
  });

  it('does not get longer by what is refused', async () => {
    await attack('sam');
    desk.clock.advance(4 * MINUTE);
    await guess('sam', '203.0.113.50');
    desk.clock.advance(MINUTE + 1000);
    expect(await enter('sam', 'Agent1Pass', '203.0.113.99')).toBe('in');
  });

  it('is refused for a name that nobody has in the same way', async () => {
    await attack('ghost');
    expect(await enter('ghost', 'Agent1Pass', '203.0.113.99')).toBe('login_locked');
  });

  it('never has an owner who was away for long', async () => {
    expect(await enter('sam', 'Agent1Pass', OFFICE)).toBe('in');
    desk.clock.advance(91 * 24 * 60 * MINUTE);
    await attack('sam');
    expect(await enter('sam', 'Agent1Pass', OFFICE)).toBe('login_locked');
  });
});

describe('an address that a caller tells', () => {
  it('counts with the same address in the app, and never as this machine', async () => {
    await guess('sam', OFFICE, 2);
    expect(await told(OFFICE, 'x')).toBe('wrong');
    expect(await told(OFFICE, 'Agent1Pass')).toBe('locked');
    expect(await enter('sam', 'Agent1Pass', OFFICE)).toBe('login_locked');
    for (let time = 0; time < 3; time += 1) await told('127.0.0.1', 'x');
    expect(await told('127.0.0.1', 'Agent1Pass')).toBe('locked');
    expect(await enter('sam', 'Agent1Pass', '127.0.0.1')).toBe('in');
  });
});

describe('the list of lockouts', () => {
  it('says who and from where until the time is over, and never what was typed as an unknown name', async () => {
    await guess('sam', OFFICE);
    await guess('my-password-in-the-wrong-field', OFFICE);
    await guess('ada', OFFICE, 2);
    const sam = { id: 2, name: 'Sam', username: 'sam' };
    const found = listLockouts(desk.deps);
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ staff: sam, from: 'address', address: OFFICE, attempts: 3 }),
        expect.objectContaining({ staff: null, from: 'address', address: OFFICE }),
      ]),
    );
    const stored = JSON.stringify(desk.deps.store.db.prepare('SELECT * FROM login_attempts').all());
    expect(stored).not.toContain('my-password');
    desk.clock.advance(5 * MINUTE + 1000);
    expect(listLockouts(desk.deps)).toEqual([]);
    removeOldFailures(desk.deps);
    expect(desk.deps.store.db.prepare('SELECT * FROM login_attempts').all()).toEqual([]);
  });

  it('releases one, which is logged', async () => {
    await guess('sam', OFFICE);
    const key = listLockouts(desk.deps)[0]?.key ?? '';
    expect(releaseLockout(desk.deps, admin, key)).toMatchObject({ ok: true });
    expect(listLockouts(desk.deps)).toEqual([]);
    expect(await enter('sam', 'Agent1Pass', OFFICE)).toBe('in');
    expect(releaseLockout(desk.deps, admin, key)).toMatchObject({ error: { code: 'not_found' } });
    const logged = desk.deps.store.db
      .prepare("SELECT actor_name AS who, payload FROM operations WHERE kind = 'release_lockout'")
      .all();
    expect(logged).toEqual([
      { who: 'Ada', payload: JSON.stringify({ staffId: 2, from: { kind: 'address', address: OFFICE } }) },
    ]);
  });
});
