import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../../../shared/contract/desk.ts';
import { curlLine, permissionText, stateText } from './tokenText.ts';

describe('what the list says of a token', () => {
  it.each([
    ['active', 'Active'],
    ['expires', 'Expires 2027-01-01'],
    ['expired', 'Expired'],
    ['off', 'Switched off'],
    ['staff_off', 'Account switched off'],
  ] as const)('%s: %s', (state, text) => {
    expect(stateText(state, Date.UTC(2027, 0, 1, 5), 'America/New_York').text).toBe(text);
  });

  it('names few permissions and counts many', () => {
    expect(permissionText(PERMISSIONS)).toBe('All permissions');
    expect(permissionText([])).toBe('No permission');
    expect(permissionText(['users.read', 'staff.read'])).toBe('users.read, staff.read');
    expect(permissionText(PERMISSIONS.slice(0, 4))).toBe('4 permissions');
  });
});

describe('the curl line', () => {
  it('reads a list that the token may read', () => {
    const line = (...permissions: (typeof PERMISSIONS)[number][]) =>
      curlLine('http://desk:8484/', 'abc', permissions);
    expect(line(...PERMISSIONS)).toBe('curl -H "Token: abc" "http://desk:8484/api/tickets"');
    expect(line('staff.read', 'users.read')).toBe('curl -H "Token: abc" "http://desk:8484/api/users"');
    expect(line('messages.read', 'users.create')).toBeNull();
  });
});
