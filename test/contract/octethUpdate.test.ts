import { describe, expect, it } from 'vitest';
import { createToken } from '../../electron/core/services/apiTokens.ts';
import { listSessions } from '../../electron/core/services/sessionList.ts';
import type { StaffId } from '../../shared/model/ids.ts';
import { SYSTEM } from './support/apiDesk.ts';
import { ADA, change, openDialectDesk, SAM } from './support/dialects.ts';
import { eachDesk } from './support/eachDesk.ts';
import { callOcteth, type Form, LOGIN, OCTETH_ON, refusal } from './support/octeth.ts';

const MINUTE = 60_000;

const desk = eachDesk(() => openDialectDesk({ octethSignIn: OCTETH_ON }));

const call = (form: Form) => callOcteth(desk, form);
const sessionOf = async (): Promise<string> => String((await call(LOGIN)).SessionID);

describe('Admin.Update', () => {
  const FIELDS: Form = {
    Command: 'Admin.Update',
    AdminID: '1',
    Name: 'Ada King',
    Username: 'ada_king',
    EmailAddress: 'ada.king@desk.example',
  };
  const update = async (form: Form = {}) => call({ ...FIELDS, SessionID: await sessionOf(), ...form });

  it('changes the own account', async () => {
    expect(await update()).toEqual({ Success: true, ErrorCode: 0 });
    expect(desk.deps.store.staff.byId(ADA)).toMatchObject({
      name: 'Ada King',
      username: 'ada_king',
      email: 'ada.king@desk.example',
      role: 'admin',
    });
    expect(await call({ ...LOGIN, Username: 'ada_king' })).toMatchObject({ Success: true });
  });

  it.each([
    ['no name', { Name: '' }, [1]],
    ['no user name', { Username: '' }, [2]],
    ['no address', { EmailAddress: '' }, [4]],
    ['no id', { AdminID: '' }, [6]],
    ['nothing', { Name: '', Username: '', EmailAddress: '', AdminID: '' }, [1, 2, 4, 6]],
    ['an id that is none', { AdminID: 'x' }, [6]],
    ['the id of nobody', { AdminID: '77' }, [6]],
    ['an address that is none', { EmailAddress: 'ada' }, [7]],
    ['another account', { AdminID: '2' }, [8]],
    ['a user name that is taken', { Username: 'sam' }, [2]],
    ['a user name with a space', { Username: 'ada king' }, [2]],
    ['a password that is too short', { Password: 'short' }, [3]],
  ])('refuses %s', async (_what, form, codes) => {
    expect(await update(form)).toEqual(refusal(...codes));
    expect(desk.deps.store.staff.byId(ADA)).toMatchObject({ name: 'Ada Lovelace', username: 'ada' });
  });

  it('sets a password, which ends every other session', async () => {
    const other = await sessionOf();
    const own = await sessionOf();
    expect(await call({ ...FIELDS, SessionID: own, Password: 'another password' })).toMatchObject({
      Success: true,
    });
    expect(await call({ ...FIELDS, SessionID: other })).toEqual(refusal(99998));
    expect(await call({ ...FIELDS, SessionID: own })).toMatchObject({ Success: true });
    expect(await call({ ...LOGIN, Username: 'ada_king' })).toEqual(refusal(3));
    expect(await call({ ...LOGIN, Username: 'ada_king', Password: 'another password' })).toMatchObject({
      Success: true,
    });
  });

  it.each([
    ['nobody', {}],
    ['an unknown session', { SessionID: 'x' }],
    ['an unknown key', { APIKey: 'x' }],
  ])('says 99998 to %s', async (_what, form) => {
    expect(await call({ ...FIELDS, ...form })).toEqual(refusal(99998));
  });

  it('says 99998 once the session was not used for its time; a use prolongs it', async () => {
    const SessionID = await sessionOf();
    for (let turn = 0; turn < 3; turn += 1) {
      desk.clock.advance(45 * MINUTE);
      expect(await call({ ...FIELDS, SessionID })).toMatchObject({ Success: true });
    }
    desk.clock.advance(60 * MINUTE);
    expect(await call({ ...FIELDS, SessionID })).toEqual(refusal(99998));
  });

  it('says 99998 after the account or the dialect was switched off, also when that is on again', async () => {
    const SessionID = await sessionOf();
    change(desk, { octethSignIn: { ...OCTETH_ON, isOn: false } });
    change(desk, { octethSignIn: OCTETH_ON });
    expect(await call({ ...FIELDS, SessionID })).toEqual(refusal(99998));
  });

  describe('by API key', () => {
    function token(
      staffId: StaffId | null,
      permissions: ('staff.auth' | 'tickets.read')[] = ['staff.auth'],
    ): string {
      const made = createToken(desk.deps, SYSTEM, { name: 'crm', permissions, ipList: [], staffId });
      return made.ok ? made.value.token : '';
    }

    it('is for a token that is bound to the account', async () => {
      expect(await call({ ...FIELDS, APIKey: token(null) })).toEqual(refusal(99998));
      expect(await call({ ...FIELDS, APIKey: token(SAM) })).toEqual(refusal(8));
      expect(await call({ ...FIELDS, APIKey: token(ADA, ['tickets.read']) })).toEqual({
        Success: true,
        ErrorCode: 0,
      });
      expect(await call({ ...FIELDS, SessionID: 'over', ApiKey: token(ADA) })).toMatchObject({
        Success: true,
      });
    });

    it('sets a password only with the permission that is about passwords', async () => {
      const Password = 'another password';
      expect(await call({ ...FIELDS, Password, APIKey: token(ADA, ['tickets.read']) })).toEqual(
        refusal(99999),
      );
      expect(await call({ ...FIELDS, Password, APIKey: token(ADA) })).toMatchObject({ Success: true });
    });
  });
});

describe('a session of Octeth', () => {
  it('is in the list of the account’s sessions, and opens neither the API nor the app', async () => {
    const session = await sessionOf();
    expect(listSessions(desk.deps, ADA, null)).toMatchObject([{ dialect: 'octeth', address: '127.0.0.1' }]);
    const answer = await fetch(`http://127.0.0.1:${desk.port}/api/tickets`, {
      headers: { authorization: `Bearer ${session}` },
    });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: 1, message: 'Invalid authentication.' },
    ]);
  });
});
