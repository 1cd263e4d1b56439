import { expect, it } from 'vitest';
import { bytesOfMegabytes, megabytesOf } from './megabytes.ts';

it.each([
  ['0', 0],
  [' 200 ', 200 * 1024 * 1024],
  ['1000000', 1_000_000 * 1024 * 1024],
  ['1000001', Number.NaN],
  ['1.5', Number.NaN],
  ['-1', Number.NaN],
  ['', Number.NaN],
])('«%s» megabytes are %d bytes', (text, bytes) => {
  expect(bytesOfMegabytes(text)).toBe(bytes);
});

it('shows whole megabytes', () => {
  expect(megabytesOf(200 * 1024 * 1024)).toBe('200');
});
