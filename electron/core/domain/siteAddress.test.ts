import { describe, expect, it } from 'vitest';
import { isSameSiteWithTls, siteAddresses } from './siteAddress.ts';

describe('the address of a site', () => {
  it.each([
    ['https://help.example', ['https://help.example', 'https://help.example/index.php']],
    ['https://help.example/?lang=en#top', ['https://help.example', 'https://help.example/index.php']],
    [
      'https://help.example/api/',
      ['https://help.example/api', 'https://help.example', 'https://help.example/index.php'],
    ],
    [
      'https://example.com/support/index.php/api/tickets',
      [
        'https://example.com/support/index.php/api/tickets',
        'https://example.com/support',
        'https://example.com/support/index.php',
      ],
    ],
    [
      'http://10.0.0.1:8080/staff/login',
      ['http://10.0.0.1:8080/staff/login', 'http://10.0.0.1:8080', 'http://10.0.0.1:8080/index.php'],
    ],
  ])('is looked for: %s', (typed, addresses) => {
    expect(siteAddresses(typed)).toEqual(addresses);
  });

  it.each([
    ['http://help.example', 'https://help.example', true],
    ['http://help.example:80/desk', 'https://help.example/desk', true],
    ['http://help.example', 'https://evil.example', false],
    ['https://help.example', 'http://help.example', false],
    ['https://help.example', 'https://help.example/desk', false],
  ])('may be followed from %s to %s: %s', (from, to, isSame) => {
    expect(isSameSiteWithTls(from, to)).toBe(isSame);
  });
});
