// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { fuzzyFilter, fuzzyScore } from './fuzzy.ts';

const names = ['Set status…', 'Assign…', 'Assign to me', 'Go to the top of the list', 'Müller, Jürgen'];
const filter = (typed: string) => fuzzyFilter(names, typed, (name) => name);

describe('fuzzyFilter', () => {
  it('keeps everything in order while nothing is typed', () => {
    expect(filter('  ')).toEqual(names);
  });

  it('finds beginnings of words in any order, beginnings of the text first', () => {
    expect(filter('assign')).toEqual(['Assign…', 'Assign to me']);
    expect(filter('me assign')).toEqual(['Assign to me']);
    expect(filter('list top')).toEqual(['Go to the top of the list']);
  });

  it('reads over accents and case', () => {
    expect(filter('muller')).toEqual(['Müller, Jürgen']);
    expect(filter('JÜR')).toEqual(['Müller, Jürgen']);
  });

  it('falls back to letters in order, and to nothing', () => {
    expect(filter('stts')).toEqual(['Set status…']);
    expect(filter('xyz')).toEqual([]);
    expect(fuzzyScore('zz', 'buzz fizz')).not.toBeNull();
  });
});
