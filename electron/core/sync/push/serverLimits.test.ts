import { expect, it } from 'vitest';
import { appErrorOf, type ErrorCode } from '../../../../shared/contract/errors.ts';
import { whatIsSpoiled } from './serverLimits.ts';

const files = (count: number) => Array.from({ length: count }, () => ({ name: 'a.png', sizeBytes: 1 }));

it.each<[string, Partial<Parameters<typeof whatIsSpoiled>[0]>, ErrorCode | null]>([
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
  ['three files', { files: files(3) }, null],
])('a server spoils: %s', (_name, what, expected) => {
  const sentence = expected && appErrorOf(expected).message;
  expect(whatIsSpoiled({ bodyHtml: '<p>x</p>', files: [], ...what }, [], 'UTC')).toBe(sentence);
});

it('a server spoils what it is known not to keep of files, and that can be tried again', () => {
  expect(whatIsSpoiled({ bodyHtml: '<p>x</p>', files: files(4) }, [], 'UTC')).toMatch(
    /three files.* as it is/,
  );
  const known = [{ what: 'files', kept: 1, refused: 2, refusedAt: 0 }];
  expect(whatIsSpoiled({ bodyHtml: '<p>x</p>', files: files(2) }, known, 'UTC')).toMatch(/1 Jan.* as it is/);
});
