import { expect, it } from 'vitest';
import { type Spoiled, whatIsSpoiled } from './serverLimits.ts';

const MB = 1024 * 1024;
const files = (...sizes: number[]) => sizes.map((sizeBytes, index) => ({ name: `${index}.png`, sizeBytes }));

it.each<[string, Partial<Parameters<typeof whatIsSpoiled>[0]>, Spoiled | null]>([
  ['nothing', {}, null],
  ['65,535 bytes', { bodyHtml: 'x'.repeat(65_535) }, null],
  ['a byte more', { bodyHtml: 'x'.repeat(65_536) }, 'server_cuts_text'],
  ['fewer characters, more bytes', { bodyHtml: 'é'.repeat(32_768) }, 'server_cuts_text'],
  ['a subject of 255', { subject: 'é'.repeat(255) }, null],
  ['a subject of 256', { subject: 's'.repeat(256) }, 'server_cuts_subject'],
  ['characters of three bytes', { bodyHtml: '日本語 €' }, null],
  ['an emoji in the text', { bodyHtml: 'fine 👍' }, 'server_lacks_characters'],
  ['an emoji in the subject', { subject: '👍' }, 'server_lacks_characters'],
  ['an emoji in a name', { files: [{ name: '👍.png', sizeBytes: 1 }] }, 'server_lacks_characters'],
  ['three files', { files: files(1, 1, 1) }, null],
  ['four files', { files: files(1, 1, 1, 1) }, 'server_drops_files'],
  ['7 MB', { files: files(4 * MB, 3 * MB) }, null],
  ['9 MB', { files: files(4 * MB, 5 * MB) }, 'server_drops_request'],
])('a server spoils: %s', (_name, what, expected) => {
  expect(whatIsSpoiled({ bodyHtml: '<p>x</p>', files: [], ...what })).toBe(expected);
});
