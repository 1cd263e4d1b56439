import { describe, expect, it } from 'vitest';
import { mapPerson, type RemotePerson, usernameFrom } from './sourceMapping.ts';

const STAFF = [
  { id: 1, username: 'ada', email: 'Ada@desk.example' },
  { id: 2, username: 'sam', email: 'team@desk.example' },
  { id: 3, username: 'zoe', email: 'TEAM@desk.example' },
];
const person = (more: Partial<RemotePerson>): RemotePerson => ({
  username: null,
  name: null,
  email: null,
  role: null,
  ...more,
});

describe('who somebody of another system is here', () => {
  it.each([
    [{ email: 'ada@DESK.example ' }, 'email', { kind: 'found', id: 1 }],
    [{ email: 'team@desk.example' }, 'email', { kind: 'ambiguous' }],
    [{ email: 'new@desk.example' }, 'email', { kind: 'unknown' }],
    [{ username: 'ada' }, 'email', { kind: 'no_email' }],
    [{ username: 'ADA', email: 'team@desk.example' }, 'username', { kind: 'found', id: 1 }],
    [{ username: 'ad' }, 'username', { kind: 'unknown' }],
    [{ email: 'ada@desk.example' }, 'username', { kind: 'unknown' }],
    [{ email: 'ada@desk.example', role: 'user' }, 'email', { kind: 'not_staff' }],
    [{ email: 'ada@desk.example', role: 'agent' }, 'email', { kind: 'found', id: 1 }],
  ] as const)('%o by %s → %o', (remote, matchBy, mapped) => {
    expect(mapPerson(person(remote), matchBy, STAFF)).toEqual(mapped);
  });
});

describe('a user name for somebody new', () => {
  it.each([
    [{ username: 'ann_lee-2' }, 'ann_lee-2'],
    [{ username: 'ann.lee@x.example', email: 'other@x.example' }, 'ann-lee'],
    [{ email: 'zoë@x.example' }, 'zoe'],
    [{ username: ' ../ann/ ' }, 'ann'],
    [{ username: 'x'.repeat(80) }, 'x'.repeat(50)],
    [{ username: '山田' }, null],
    [{}, null],
  ])('%o → %s', (remote, name) => {
    expect(usernameFrom(person(remote))).toBe(name);
  });
});
