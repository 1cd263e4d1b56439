import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { departmentMarker, foldForIndex, plainText, tokensOf } from './text.ts';

describe('plainText', () => {
  it.each([
    ['<p>Hello</p><p>world</p>', 'Hello world'],
    ['<b>Hel</b>lo <a href="https://x.example/?a=1&amp;b=2">there</a>', 'Hello there'],
    ['one<br />two<hr>three', 'one two three'],
    ['Fish &amp; chips &lt;now&gt; caf&#233; &#x1F600; &unknown;', 'Fish & chips <now> café 😀 &unknown;'],
    ['1 < 2', '1 < 2'],
  ])('reads %s', (html, text) => {
    expect(plainText(html).replace(/\s+/g, ' ').trim()).toBe(text);
  });
});

describe('foldForIndex', () => {
  it('leaves text alone that needs nothing', () => {
    expect(foldForIndex('Grüße aus Köln')).toBe('Grüße aus Köln');
  });
  it('cuts CJK runs into neighbouring pairs, and keeps other words whole', () => {
    expect(foldForIndex('Python3を使う').trim().split(/\s+/)).toEqual(['Python3', 'を使', '使う', 'う']);
    expect(foldForIndex('東京都').trim().split(/\s+/)).toEqual(['東京', '京都', '都']);
  });
  it('reads full-width letters and half-width kana as plain ones', () => {
    expect(foldForIndex('ＡＢＣ')).toBe('ABC');
    expect(foldForIndex('ﾗﾍﾞﾙ').trim().split(/\s+/)).toEqual(['ラベ', 'ベル', 'ル']);
  });
  it('lets nobody forge a marker', () => {
    expect(foldForIndex(`x${departmentMarker(4)}`)).toBe('x d4');
  });
});

describe('tokensOf', () => {
  const words = (text: string) => tokensOf(text).map((token) => `${token.text}${token.isPrefix ? '*' : ''}`);
  it.each([
    ['re-install', ['re', 'install']],
    ['anna@mail.example', ['anna', 'mail', 'example']],
    ['東京都', ['東京', '京都']],
    ['都', ['都*']],
    ['Python3を', ['Python3', 'を*']],
    [`"${departmentMarker(1)}" OR *`, ['d1', 'OR']],
    ['!!! ---', []],
  ])('cuts %s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
  it('never lets through a character that FTS5 gives a meaning to', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const bad = tokensOf(text).filter((token) => !/^[^\s"*^:(){}+\-\0\ue000]+$/u.test(token.text));
        expect(bad).toEqual([]);
      }),
    );
  });
});
