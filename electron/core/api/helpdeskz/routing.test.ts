import { describe, expect, it } from 'vitest';
import { findTarget, pathSegments } from './routing.ts';

const target = (method: string, path: string): string => {
  const found = findTarget(method, pathSegments(path) ?? []);
  return found.kind === 'action' ? `${found.resource}.${found.action}(${found.id})` : found.kind;
};

describe('routing, as the reference’s router', () => {
  it.each([
    ['GET', '/api/users', 'users.index()'],
    ['GET', '/api/users/', 'users.index()'],
    ['GET', '/index.php/api/users', 'users.index()'],
    ['GET', '/api/users/7', 'users.show(7)'],
    ['GET', '/api/users/show/7', 'users.show(7)'],
    ['GET', '/api/users/show/7/', 'users.show(7)'],
    ['GET', '/api/users/show/1%20or%201=1', 'users.show(1 or 1=1)'],
    ['GET', '/api/users/show', 'users.show(show)'],
    ['GET', '/api/users/create', 'users.show(create)'],
    ['GET', '/api/users/delete/1', 'users.show(delete)'],
    ['GET', '/api/users/foo/1', 'users.show(foo)'],
    ['GET', '/api/users/new', 'users.new()'],
    ['GET', '/api/users/edit/1', 'users.edit(1)'],
    ['GET', '/api/users/remove/1', 'page_not_found'],
    ['GET', '/api/messages', 'messages.index()'],
    ['GET', '/api/staff/auth', 'staff.show(auth)'],
    ['GET', '/api', 'page_not_found'],
    ['GET', '/api/nope', 'page_not_found'],
    ['GET', '/API/users', 'page_not_found'],
    ['GET', '/Api/Users', 'unfiltered'],
    ['GET', '/api/Users', 'unfiltered'],
    ['POST', '/api/users', 'users.create()'],
    ['POST', '/api/users/', 'users.create()'],
    ['POST', '/api/users/create', 'users.create()'],
    ['POST', '/api/users/create/', 'users.create()'],
    ['POST', '/api/users/update/1', 'users.update(1)'],
    ['POST', '/api/users/delete/1', 'users.delete(1)'],
    ['POST', '/api/users/delete/1abc', 'csrf'],
    ['POST', '/api/users/update', 'unfiltered'],
    ['POST', '/api/users/foo', 'page_not_found'],
    ['POST', '/api/staff', 'csrf'],
    ['POST', '/api/staff/auth', 'staff.auth()'],
    ['POST', '/api/users/auth', 'page_not_found'],
    ['PUT', '/api/users/update/1', 'unfiltered'],
    ['PUT', '/api/users', 'unfiltered'],
    ['PUT', '/api/users/1', 'page_not_found'],
    ['PATCH', '/api/users/1', 'page_not_found'],
    ['DELETE', '/api/users/delete/1', 'unfiltered'],
    ['HEAD', '/api/users', 'unfiltered'],
    ['OPTIONS', '/api/users', 'unfiltered'],
    ['GET', '/api/constructor', 'page_not_found'],
    ['PUT', '/api/users/__proto__', 'page_not_found'],
  ])('%s %s → %s', (method, path, expected) => {
    expect(target(method, path)).toBe(expected);
  });

  it('answers null for a path that is not percent-encoded properly', () => {
    expect(pathSegments('/api/users/%E0%A4%A')).toBeNull();
  });
});
