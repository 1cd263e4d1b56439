import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { groupsOf, passwordErrors, profileErrors, refusalOf } from './profileForm.ts';

describe('profile', () => {
  it.each([
    [{ name: ' Ada ', email: ' ada@acme.example ' }, []],
    [{ name: ' ', email: 'ada@acme.example' }, ['name']],
    [{ name: 'Ada', email: 'ada' }, ['email']],
  ] as const)('%o is wrong in %o', (values, fields) => {
    expect(Object.keys(profileErrors({ ...values, timeZone: '' }))).toEqual(fields);
  });

  const right = { currentPassword: 'x', newPassword: 'battery staple', repeated: 'battery staple' };
  it.each([
    [{}, []],
    [{ currentPassword: '' }, ['currentPassword']],
    [{ newPassword: 'short', repeated: 'short' }, ['newPassword']],
    [{ repeated: 'battery stapler' }, ['repeated']],
  ] as const)('a password with %o is wrong in %o', (wrong, fields) => {
    expect(Object.keys(passwordErrors({ ...right, ...wrong }))).toEqual(fields);
  });

  it('puts a refusal beside its field when the form has it', () => {
    const refused = appErrorOf('password_wrong', { field: 'currentPassword' });
    expect(refusalOf(refused, ['currentPassword'])).toEqual({
      currentPassword: 'This is not your password.',
    });
    expect(refusalOf(refused, ['code'])).toBeNull();
    expect(refusalOf(appErrorOf('login_locked'), ['code'])).toBeNull();
  });

  it('shows a secret in groups', () => {
    expect(groupsOf('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
  });
});
