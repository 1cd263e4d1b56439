import { expect, it } from 'vitest';
import { type FileLimit, fileProblem } from './fileLimits.ts';

const MB = 1024 * 1024;
const AT = Date.UTC(2025, 10, 12, 23, 30);
const files = (...sizes: number[]) => sizes.map((sizeBytes, index) => ({ name: `${index}.png`, sizeBytes }));
const found = (what: string, kept: number | null, refused: number | null): FileLimit => ({
  ...{ what, kept, refused },
  refusedAt: refused === null ? null : AT,
});
const exe = [{ name: 'Setup.EXE', sizeBytes: MB }];

it.each<[string, ReturnType<typeof files>, FileLimit[], string | null]>([
  ['no files', [], [found('files', 0, 1)], null],
  ['three files', files(1, 1, 1), [], null],
  ['four files', files(1, 1, 1, 1), [], 'takes three files'],
  ['four, as once before', files(1, 1, 1, 1), [found('files', 4, null)], null],
  ['three where one was dropped', files(1, 1, 1), [found('files', 2, 3)], 'kept only 2 of the files'],
  ['one where none is kept', files(1), [found('files', 0, 1)], 'kept none of the files'],
  ['7 MB', files(4 * MB, 3 * MB), [], null],
  ['9 MB', files(4 * MB, 5 * MB), [], '8 MB that a server usually'],
  ['9 MB, as once before', files(9 * MB), [found('message', 9 * MB, null)], null],
  ['6 MB where 5 did not arrive', files(6 * MB), [found('message', 2 * MB, 5 * MB)], 'with 5 MB of files'],
  ['more than it says it takes', files(3 * MB), [found('file', null, 2.5 * MB + 1)], 'at most 2.5 MB; 0.png'],
  ['as much as it says', files(2.5 * MB), [found('file', null, 2.5 * MB + 1)], null],
  ['an ending that was refused', exe, [found('.exe', null, 9 * MB)], 'a .exe file of 9 MB on 12 Nov.'],
  ['an ending that is kept', exe, [found('.exe', MB, 2 * MB)], null],
  ['larger than what is kept', exe, [found('.exe', 10, MB)], '1 MB on 12 Nov. The largest it kept had 10 B.'],
  ['between kept and refused: it is tried', exe, [found('.exe', 10, 2 * MB)], null],
  ['no ending', [{ name: 'README', sizeBytes: 1 }], [found('.', null, 1)], 'without an ending'],
])('%s', (_name, attached, limits, expected) => {
  const problem = fileProblem(attached, limits, 'UTC');
  if (expected === null) expect(problem).toBeNull();
  else expect(problem).toContain(expected);
});

it('names the day where the reader is', () => {
  expect(fileProblem(exe, [found('.exe', null, MB)], 'Asia/Tokyo')).toContain('13 Nov');
});
