import { describe, expect, it } from 'vitest';
import { isAllowedHost, isOwnRequest } from './originPolicy.ts';

const own = 'http://127.0.0.1:8484';

describe('isOwnRequest', () => {
  it.each([
    ['GET', undefined, undefined, true],
    ['GET', undefined, 'same-origin', true],
    ['GET', undefined, 'none', true],
    ['GET', undefined, 'same-site', false],
    ['GET', undefined, 'cross-site', false],
    ['POST', own, 'same-origin', true],
    ['POST', own, undefined, true],
    ['POST', undefined, undefined, false],
    ['POST', undefined, 'same-origin', false],
    ['POST', 'http://127.0.0.1:9000', 'same-site', false],
    ['POST', 'http://localhost:8484', 'cross-site', false],
    ['POST', 'null', 'same-origin', false],
    ['DELETE', 'https://evil.example', undefined, false],
  ])('%s origin=%s site=%s → %s', (method, origin, secFetchSite, expected) => {
    expect(isOwnRequest({ method, origin, secFetchSite, ownOrigin: own })).toBe(expected);
  });
});

describe('isAllowedHost', () => {
  it.each([
    ['127.0.0.1:8484', true],
    ['localhost:8484', true],
    ['[::1]:8484', true],
    ['desk.example', true],
    ['DESK.example:8484', true],
    ['[::1].evil.example', false],
    ['[::1]"><script>', false],
    ['evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['', false],
    [undefined, false],
  ])('%s → %s', (host, expected) => {
    expect(isAllowedHost(host, ['desk.example'])).toBe(expected);
  });
});
