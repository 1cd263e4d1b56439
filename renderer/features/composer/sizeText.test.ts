import { expect, it } from 'vitest';
import { sizeText } from './sizeText.ts';

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
