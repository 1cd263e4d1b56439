import { expect, it } from 'vitest';
import { judgeSizes, limits } from './size.ts';

it('fails what is over the limit, lists what is long, longest first', () => {
  const files = [
    { file: 'short.ts', lines: limits.listed },
    { file: 'long.ts', lines: limits.listed + 1 },
    { file: 'longest.ts', lines: limits.failing },
    { file: 'failing.ts', lines: limits.failing + 1 },
  ];
  const { failing, listed } = judgeSizes(files);
  expect(failing.map(({ file }) => file)).toEqual(['failing.ts']);
  expect(listed.map(({ file }) => file)).toEqual(['longest.ts', 'long.ts']);
});
