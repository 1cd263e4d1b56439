import { expect, it } from 'vitest';
import { mergeFields } from './mergeFields.ts';

const of = (name: string, isPrivate: boolean) => ({ name, isPrivate });
const old = of('Old', false);

it.each([
  ['nothing changed there', of('New', false), of('Old', false), of('New', false), []],
  ['another field changed there', of('New', false), of('Old', true), of('New', true), []],
  ['the same field, to the same', of('New', false), of('New', false), of('New', false), []],
  ['the same field, to something else', of('New', false), of('Other', false), of('New', false), ['name']],
  ['both, apart', of('New', true), of('Other', true), of('New', true), ['name']],
  ['set there, left alone here', of('Old', true), of('Other', false), of('Other', true), []],
])('%s', (_, mine, theirs, value, conflicts) => {
  expect(mergeFields({ before: old, mine, theirs })).toEqual({ value, conflicts });
});
