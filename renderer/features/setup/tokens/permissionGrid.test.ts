import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../../../shared/contract/desk.ts';
import {
  ACTIONS,
  isSameChoice,
  PRESETS,
  permissionAt,
  RESOURCES,
  resourceTick,
  withPermission,
  withResource,
} from './permissionGrid.ts';

describe('the grid', () => {
  it('has a cell for each of the 19 permissions and no other', () => {
    const cells = RESOURCES.flatMap(({ key }) => ACTIONS.map((action) => permissionAt(key, action.key)));
    const found = cells.filter((name) => name !== undefined);
    expect(new Set(found)).toEqual(new Set(PERMISSIONS));
    expect(found).toHaveLength(19);
  });

  it('ticks one cell and takes it off again', () => {
    const one = withPermission([], 'tickets.read', true);
    expect(one).toEqual(['tickets.read']);
    expect(withPermission(one, 'tickets.read', true)).toEqual(['tickets.read']);
    expect(withPermission(one, 'tickets.read', false)).toEqual([]);
    expect(withPermission(['staff.auth'], 'users.create', true)).toEqual(['users.create', 'staff.auth']);
  });

  it('ticks a whole row and leaves the others alone', () => {
    const start = withPermission(['users.read'], 'messages.read', true);
    expect([resourceTick(start, 'messages'), resourceTick(start, 'tickets')]).toEqual([
      'indeterminate',
      false,
    ]);
    const full = withResource(start, 'messages', true);
    expect(full).toEqual(['users.read', 'messages.create', 'messages.read']);
    expect(resourceTick(full, 'messages')).toBe(true);
    expect(withResource(full, 'messages', false)).toEqual(['users.read']);
  });
});

describe('presets', () => {
  it.each([
    ['Everything', 19],
    ['Read only', 7],
    ['Website form', 5],
    ['Nothing', 0],
  ])('%s: %i permissions', (title, count) => {
    expect(PRESETS.find((preset) => preset.title === title)?.permissions).toHaveLength(count);
  });

  it('«Read only» changes nothing and tries no passwords', () => {
    const readOnly = PRESETS.find(({ title }) => title === 'Read only')?.permissions ?? [];
    expect(readOnly.filter((name) => /create|update|delete|auth/.test(name))).toEqual([]);
  });

  it('are recognised whatever the order', () => {
    expect(isSameChoice(['users.read', 'staff.read'], ['staff.read', 'users.read'])).toBe(true);
    expect(isSameChoice(['users.read'], [])).toBe(false);
  });
});
