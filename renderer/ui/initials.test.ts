// @vitest-environment node
import { expect, it } from 'vitest';
import { initialsOf } from './initials.ts';

it.each([
  ['Ann Lee', 'AL'],
  ['ann-marie de la cruz', 'AC'],
  ['Ñandú', 'Ñ'],
  ['ann@acme.io', 'A'],
  ['李 小龙', '李小'],
  ['  ', '?'],
  ['(none)', 'N'],
])('%s → %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
