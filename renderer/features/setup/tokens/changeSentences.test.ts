import { expect, it } from 'vitest';
import type { TokenChange } from '../../../../shared/contract/tokens.ts';
import type { OperationId, StaffId } from '../../../../shared/model/ids.ts';
import { changeSentences } from './changeSentences.ts';

const sam = 2 as StaffId;
const say = (change: Pick<TokenChange, 'kind' | 'payload'> & Partial<TokenChange>): string[] =>
  changeSentences(
    { id: 1 as OperationId, actorName: 'Ada', createdAt: 0, before: {}, ...change },
    { nameOf: () => 'Sam', timeZone: 'UTC' },
  );

it('tells what a token was made as', () => {
  const payload = {
    name: 'Shop',
    permissions: ['tickets.read' as const],
    ipList: ['10.0.0.*'],
    staffId: sam,
  };
  expect(say({ kind: 'create_token', payload: { ...payload, expiresAt: Date.UTC(2027, 0, 1) } })).toEqual([
    'Made «Shop»: tickets.read · from 10.0.0.* · writes as Sam · expires 2027-01-01',
  ]);
  expect(say({ kind: 'create_token', payload: { ...payload, ipList: [], staffId: null } })).toEqual([
    'Made «Shop»: tickets.read · from any address',
  ]);
});

it('tells each value that was changed', () => {
  const before: TokenChange['before'] = {
    name: 'Shop',
    permissions: ['tickets.read', 'users.read'],
    ipList: ['10.0.0.1'],
    expiresAt: null,
    staffId: null,
    isActive: true,
  };
  const payload: TokenChange['payload'] = {
    name: 'Old shop',
    permissions: ['tickets.read', 'staff.auth'],
    ipList: [],
    expiresAt: Date.UTC(2027, 0, 1),
    staffId: sam,
    isActive: false,
  };
  expect(say({ kind: 'update_token', before, payload })).toEqual([
    'Renamed from «Shop» to «Old shop»',
    'Permissions: gave staff.auth; took users.read',
    'Addresses: 10.0.0.1 → any address',
    'Expires 2027-01-01',
    'Writes as Sam',
    'Switched off',
  ]);
  expect(
    say({
      kind: 'update_token',
      before: payload,
      payload: { expiresAt: null, staffId: null, isActive: true },
    }),
  ).toEqual(['No longer expires', 'Writes as any staff member', 'Switched on']);
});

it('tells how long the old token worked on', () => {
  expect(say({ kind: 'regenerate_token', payload: { overlapHours: 168 } })).toEqual([
    'Regenerated with an overlap of 7 days',
  ]);
});
