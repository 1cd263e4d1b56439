import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import {
  checkValues,
  errorsOf,
  type FirstRunValues,
  OFFERED_DEPARTMENTS,
  stepOf,
  toInstallInput,
} from './firstRunForm.ts';

const good: FirstRunValues = {
  siteName: ' Acme Support ',
  timeZone: 'Europe/Berlin',
  username: 'ann',
  name: 'Ann Lee',
  email: 'ann@acme.example',
  password: 'correct horse',
  departments: [...OFFERED_DEPARTMENTS, '  '],
  code: '',
};

describe('first run form', () => {
  it('sends trimmed values, no empty department and no empty code', () => {
    expect(toInstallInput(good)).toEqual({
      siteName: 'Acme Support',
      siteUrl: '',
      timeZone: 'Europe/Berlin',
      departments: ['General', 'Advertising', 'Sales'],
      admin: { username: 'ann', name: 'Ann Lee', email: 'ann@acme.example', password: 'correct horse' },
    });
    expect(toInstallInput({ ...good, code: ' 123456 ' }).code).toBe('123456');
    expect(checkValues(good)).toEqual({});
  });

  it.each([
    [{ siteName: '  ' }, 'siteName', 'desk'],
    [{ username: 'ann lee' }, 'username', 'admin'],
    [{ name: '' }, 'name', 'admin'],
    [{ email: 'ann@' }, 'email', 'admin'],
    [{ password: 'short' }, 'password', 'admin'],
    [{ departments: [' ', ''] }, 'departments', 'departments'],
    [{ departments: ['x'.repeat(300)] }, 'departments', 'departments'],
  ] as const)('%o is refused beside %s on step %s', (wrong, field, step) => {
    const errors = checkValues({ ...good, ...wrong });
    expect(Object.keys(errors)).toEqual([field]);
    expect(stepOf(errors)).toBe(step);
  });

  it('a step is only judged by its own fields', () => {
    const empty = { ...good, siteName: '', password: '' };
    expect(Object.keys(checkValues(empty, 'desk'))).toEqual(['siteName']);
    expect(Object.keys(checkValues(empty, 'admin'))).toEqual(['password']);
  });

  it.each([
    [appErrorOf('username_taken', { field: 'admin.username' }), 'username'],
    [appErrorOf('invalid_input', { field: 'timeZone' }), 'timeZone'],
    [appErrorOf('invalid_input', { field: 'departments.0' }), 'departments'],
    [appErrorOf('setup_code_wrong'), 'code'],
  ])('the core’s refusal %o stands beside %s', (error, field) => {
    expect(Object.keys(errorsOf(error) ?? {})).toEqual([field]);
  });

  it('what is about no field is said for the whole screen', () => {
    expect(errorsOf(appErrorOf('disk_full'))).toBeNull();
    expect(errorsOf(appErrorOf('invalid_input', { field: 'siteUrl' }))).toBeNull();
  });
});
