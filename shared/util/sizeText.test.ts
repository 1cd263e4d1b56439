import { expect, it } from 'vitest';
import { shareText, sizeText } from './sizeText.ts';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [12_700, '12 KB'],
  [1_048_576, '1 MB'],
  [1_258_291, '1.2 MB'],
  [104_857_600, '100 MB'],
  [1_050_000_000, '1 GB'],
  [3_221_225_472_000, '3000 GB'],
])('%i bytes read «%s»', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

it.each([
  [0, 830, '0 of 830 B'],
  [3_565_158, 12_582_912, '3.4 of 12 MB'],
  [100_000, 5_242_880, '0.1 of 5 MB'],
])('%i of %i bytes read «%s»', (bytes, whole, text) => {
  expect(shareText(bytes, whole)).toBe(text);
});
