import { expect, it } from 'vitest';
import { PERMISSIONS } from '../../../shared/contract/desk.ts';
import { PERMISSION_TEXT, tokenMay } from './permissions.ts';

it('knows the reference’s 19 permissions, each with its own words', () => {
  expect(Object.keys(PERMISSION_TEXT)).toEqual([...PERMISSIONS]);
  expect(new Set(Object.values(PERMISSION_TEXT)).size).toBe(19);
});

it('grants exactly what was ticked', () => {
  for (const granted of PERMISSIONS) {
    for (const wanted of PERMISSIONS) expect(tokenMay([granted], wanted)).toBe(granted === wanted);
    expect(tokenMay([], granted)).toBe(false);
  }
});
