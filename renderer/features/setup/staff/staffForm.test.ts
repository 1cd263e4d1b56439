import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { type StaffRecord, staffRecord } from '../../../../shared/contract/people.ts';
import { departmentId } from '../../../../shared/model/ids.ts';
import {
  checkFields,
  checkNew,
  errorsOf,
  fieldsOf,
  isSameFields,
  NEW_STAFF,
  reachText,
} from './staffForm.ts';

const departments = ['General', 'Sales', 'Billing', 'Returns'].map((name, index) => ({
  id: departmentId.parse(index + 1),
  name,
  isPrivate: false,
  position: index + 1,
}));
const zoe: StaffRecord = staffRecord.parse({
  id: 7,
  username: 'zoe',
  name: 'Zoë',
  email: 'zoe@acme.example',
  role: 'agent',
  isActive: true,
  departmentIds: [2, 99],
  createdAt: 1,
  lastSignInAt: null,
  hasSecondFactor: false,
  resetLinkUntil: null,
  avatar: null,
});
const values = { ...NEW_STAFF, username: ' zoe ', name: ' Zoë ', email: ' zoe@acme.example ' };

describe('a new colleague', () => {
  it('is trimmed, and has a password made unless one was typed', () => {
    expect(checkNew(values)).toEqual({
      ok: true,
      input: {
        username: 'zoe',
        name: 'Zoë',
        email: 'zoe@acme.example',
        role: 'agent',
        departmentIds: [],
        password: null,
      },
    });
    const typed = checkNew({ ...values, isGenerated: false, password: 'correct horse' });
    expect(typed).toMatchObject({ ok: true, input: { password: 'correct horse' } });
  });

  it.each([
    [{ username: 'zoë' }, 'username'],
    [{ username: '' }, 'username'],
    [{ username: 'a b' }, 'username'],
    [{ name: ' ' }, 'name'],
    [{ email: 'zoe' }, 'email'],
    [{ isGenerated: false, password: 'short' }, 'password'],
  ] as const)('%o is refused beside %s', (wrong, field) => {
    const checked = checkNew({ ...values, ...wrong });
    expect(checked.ok ? [] : Object.keys(checked.errors)).toEqual([field]);
  });

  it('shows the core’s refusal beside its field', () => {
    expect(errorsOf(appErrorOf('username_taken', { field: 'username' }))).toEqual({
      username: 'Another staff member already has this user name.',
    });
    expect(errorsOf(appErrorOf('invalid_input', { field: 'departmentIds.0' }))).toHaveProperty(
      'departmentIds',
    );
    expect(errorsOf(appErrorOf('disk_full'))).toBeNull();
  });
});

describe('someone who exists', () => {
  it('is edited without departments that are gone, and unchanged whatever their order', () => {
    const fields = fieldsOf(zoe, departments);
    expect(fields.departmentIds).toEqual([2]);
    expect(checkFields(fields)).toMatchObject({ ok: true });
    const [a, b] = [departmentId.parse(1), departmentId.parse(2)];
    expect(isSameFields({ ...fields, departmentIds: [a, b] }, { ...fields, departmentIds: [b, a] })).toBe(
      true,
    );
    expect(isSameFields(fields, { ...fields, role: 'admin' })).toBe(false);
    expect(isSameFields(fields, { ...fields, departmentIds: [] })).toBe(false);
  });

  it('has their reach in words', () => {
    const withIds = (ids: number[]) => ({ ...zoe, departmentIds: ids.map((id) => departmentId.parse(id)) });
    expect(reachText(zoe, departments)).toBe('Sales');
    expect(reachText(withIds([99]), departments)).toBe('No department: sees no ticket');
    expect(reachText(withIds([1, 2, 3, 4]), departments)).toBe('4 departments');
    expect(reachText({ ...zoe, role: 'admin' }, departments)).toBe('Every department');
  });
});
