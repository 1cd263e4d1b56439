import { expect, it } from 'vitest';
import type { AsStored } from '../../../../shared/contract/sync.ts';
import { storedText } from './storedText.ts';

it.each<[Partial<AsStored>, string]>([
  [
    { differences: ['cut'] },
    'The server keeps this message otherwise: its end is missing, because the message was too long.',
  ],
  [
    { differences: ['characters', 'cut'] },
    'The server keeps this message otherwise: emoji and other rare characters became question marks, and its end is missing, because the message was too long.',
  ],
  [
    { differences: ['files'], missingFiles: ['plan.exe', 'a.zip'] },
    'The server did not take plan.exe, a.zip.',
  ],
  [
    { differences: ['formatting', 'files'], missingFiles: ['a.zip'] },
    'The server keeps this message otherwise: its formatting is another. The server did not take a.zip.',
  ],
])('%o', (change, text) =>
  expect(storedText({ differences: [], missingFiles: [], sentHtml: null, ...change })).toBe(text),
);
