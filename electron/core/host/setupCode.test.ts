import { describe, expect, it } from 'vitest';
import { isSetupCode } from './setupCode.ts';

describe('isSetupCode', () => {
  it.each([
    ['ABCD-EFGH-JKLM', true],
    ['abcd efgh jklm', true],
    ['ABCDEFGHJKLM', true],
    ['ABCD-EFGH-JKLN', false],
    ['ABCD', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (given, expected) => expect(isSetupCode(given, 'ABCD-EFGH-JKLM')).toBe(expected));
});
