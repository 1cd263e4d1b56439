import { describe, expect, it } from 'vitest';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { StaffId, TokenId } from '../../../../shared/model/ids.ts';
import {
  changesOf,
  createInputOf,
  EMPTY_FORM,
  errorsOf,
  formOf,
  problemsOf,
  withThisMachine,
} from './tokenForm.ts';

const token: ApiToken = {
  id: 1 as TokenId,
  name: 'Shop',
  permissions: ['tickets.read'],
  ipList: ['10.0.0.1', '10.1.*.*'],
  isActive: true,
  createdAt: 0,
  expiresAt: Date.UTC(2027, 0, 1, 5),
  boundTo: { staffId: 2 as StaffId, name: 'Sam', isActive: true },
  lastUsedAt: null,
  lastUsedAddress: null,
  lastUsedCall: null,
  previousValidUntil: null,
};
const saved = formOf(token, 'America/New_York');

describe('the form of a token', () => {
  it('shows the token, its day in the desk’s zone', () => {
    expect(saved).toEqual({
      name: 'Shop',
      permissions: ['tickets.read'],
      ipList: '10.0.0.1, 10.1.*.*',
      expiresOn: '2027-01-01',
      staffId: 2,
    });
    expect(formOf({ ...token, expiresAt: null, boundTo: null }, undefined)).toMatchObject({
      expiresOn: '',
      staffId: null,
    });
  });

  it('sends only what was changed', () => {
    expect(changesOf(saved, saved)).toEqual({});
    expect(changesOf({ ...saved, name: ' Shop ', ipList: '10.0.0.1 10.1.*.*' }, saved)).toEqual({});
    expect(changesOf({ ...saved, expiresOn: '', staffId: null }, saved)).toEqual({
      expiresOn: null,
      staffId: null,
    });
    expect(changesOf({ ...saved, permissions: [], ipList: '', name: 'x' }, saved)).toEqual({
      name: 'x',
      permissions: [],
      ipList: [],
    });
  });

  it('makes a token of what was typed', () => {
    expect(createInputOf({ ...EMPTY_FORM, name: ' Shop ', ipList: ' 10.0.0.1,\n::1 ' })).toEqual({
      name: 'Shop',
      permissions: [],
      ipList: ['10.0.0.1', '::1'],
      expiresOn: null,
      staffId: null,
    });
  });

  it('says beside each field what is missing', () => {
    expect(Object.keys(problemsOf(EMPTY_FORM))).toEqual(['name', 'permissions']);
    expect(problemsOf(saved)).toEqual({});
  });

  it('adds this machine once', () => {
    expect(withThisMachine('')).toBe('127.0.0.1, ::1');
    expect(withThisMachine('10.0.0.1, ::1')).toBe('10.0.0.1, ::1, 127.0.0.1');
    expect(withThisMachine(withThisMachine(''))).toBe('127.0.0.1, ::1');
  });

  it('puts the core’s refusal beside its field', () => {
    const refused = (field: string) => errorsOf(appErrorOf('invalid_input', { field, message: 'no' }));
    expect(refused('ipList.0')).toEqual({ ipList: 'no' });
    expect(refused('expiresOn')).toEqual({ expiresOn: 'no' });
    expect(refused('other')).toBeNull();
    expect(errorsOf(appErrorOf('token_not_found'))).toBeNull();
  });
});
