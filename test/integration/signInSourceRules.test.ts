import { describe, expect, it } from 'vitest';
import { authenticate } from '../../electron/core/services/sessions.ts';
import {
  deleteSource,
  listSources,
  setSourceActive,
  updateSource,
} from '../../electron/core/services/signInSources/sourceAdmin.ts';
import { fakeFaveo } from '../fakes/signInSources/faveo.ts';
import { fakeForma } from '../fakes/signInSources/forma.ts';
import { fakeHelpdeskz } from '../fakes/signInSources/helpdeskz.ts';
import { fakeOcteth } from '../fakes/signInSources/octeth.ts';
import { ACCOUNTS, SAM, SOURCE_FIELDS, SOURCE_PASSWORD, sourceDesk } from '../support/sourceDesk.ts';

const { desk, started, stop, add, enter, refusal, who } = sourceDesk();

describe('guesses', () => {
  it('are counted here, too: locked by account and address, also for the right password', async () => {
    const fake = await started(fakeForma(ACCOUNTS, 'seed'));
    const source = await add({ url: fake.url });
    for (let count = 0; count < 3; count += 1) await refusal(source, { password: 'wrong' });
    expect(await refusal(source)).toMatchObject({ code: 'login_locked' });
    expect(fake.calls).toHaveLength(3);
    expect((await enter(source, {}, '10.0.0.8')).ok).toBe(true);
    desk().clock.advance(6 * 60_000);
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
    await stop(fake);
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
    const zoe = {
      username: 'zoe.quinn',
      password: SOURCE_PASSWORD,
      name: 'Zoë Quinn',
      email: 'zoe@x.example',
    };
    const { url } = await started(fakeForma([zoe], 'source'));
    const source = await add({ url, matchBy: 'email' });
    expect(await refusal(source, { username: 'zoe.quinn' })).toMatchObject({ code: 'source_unknown_staff' });
    const [, advertising] = desk().departments;
    const departmentIds = [advertising];
    const more = { ...SOURCE_FIELDS, url, createsStaff: true, departmentIds, sourceId: source.id, key: null };
    await updateSource(desk().deps, desk().admin, { ...more, matchBy: 'email' });
    expect(await who(source, { username: 'zoe.quinn' })).toBe('Zoë Quinn');
    expect(await who(source, { username: 'zoe.quinn' })).toBe('Zoë Quinn');
    const made = desk().deps.store.staff.all().slice(2);
    expect(made).toMatchObject([
      { username: 'zoe-quinn', email: 'zoe@x.example', role: 'agent', departmentIds: [advertising] },
    ]);
  });

  it('a new one whose user name is somebody else’s, or without an address, is refused', async () => {
    const other = { username: 'sam', password: SOURCE_PASSWORD, name: 'Samira', email: 'samira@x.example' };
    const bare = { username: 'bare', password: SOURCE_PASSWORD, name: 'B', email: 'no address' };
    const { url } = await started(fakeForma([other, bare], 'seed'));
    const source = await add({ url, matchBy: 'email', createsStaff: true });
    expect(await refusal(source)).toMatchObject({ code: 'source_username_taken' });
    expect(await refusal(source, { username: 'bare' })).toMatchObject({ code: 'source_no_email' });
    expect(desk().deps.store.staff.all()).toHaveLength(2);
  });

  it('two people’s is nobody’s', async () => {
    const { url } = await started(fakeForma(ACCOUNTS, 'seed'));
    const source = await add({ url, matchBy: 'email' });
    const ada = desk().deps.store.staff.byUsername('ada');
    if (ada) desk().deps.store.staff.update(ada.id, { ...ada, email: 'sam@DESK.example' });
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
    const sam = desk().deps.store.staff.byUsername('sam');
    if (sam) desk().deps.store.staff.update(sam.id, { ...sam, isActive: false });
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
    const rows = tables.map((table) => desk().deps.store.db.prepare(`SELECT * FROM ${table}`).all());
    const seen = JSON.stringify([rows, listSources(desk().deps), echoed]);
    expect(seen).not.toMatch(/hdz-token|Pa55/);
    expect(listSources(desk().deps)).toMatchObject([{ hasKey: true }]);
  });

  it('gives a kept key to the server it was entered for only', async () => {
    const source = await add({ kind: 'helpdeskz', key: 'hdz-token', url: 'https://a.example/desk' });
    const input = { ...SOURCE_FIELDS, kind: 'helpdeskz', sourceId: source.id, key: null } as const;
    expect(
      await updateSource(desk().deps, desk().admin, { ...input, url: 'https://a.example/new' }),
    ).toMatchObject({
      ok: true,
      value: { url: 'https://a.example/new', hasKey: true },
    });
    expect(
      await updateSource(desk().deps, desk().admin, { ...input, url: 'https://evil.example' }),
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
    const [first, sessions] = [await token(), desk().deps.store.sessionList];
    expect(sessions.ofStaff(desk().agent.staffId, desk().clock.now())).toMatchObject([{ source: 'School' }]);
    setSourceActive(desk().deps, desk().admin, source.id, false);
    expect(authenticate(desk().deps, first)).toBeNull();
    expect(await refusal(source)).toMatchObject({ code: 'source_not_found' });
    setSourceActive(desk().deps, desk().admin, source.id, true);
    const second = await token();
    expect(authenticate(desk().deps, second)?.name).toBe('sam');
    deleteSource(desk().deps, desk().admin, source.id);
    expect(authenticate(desk().deps, second)).toBeNull();
    expect(listSources(desk().deps)).toEqual([]);
  });
});
