import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../shared/limits.ts';
import { cutText, startOf } from './cutText.ts';
import { purifyHtml } from './purify.ts';
import { htmlToText, previewOf } from './text.ts';
import { textToHtml } from './textToHtml.ts';

describe('htmlToText', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a\n\nb'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['a<br />b', 'a\nb'],
    ['<p>a  b\n c</p>', 'a b c'],
    ['<b>a</b><i>b</i> <u>c</u>', 'ab c'],
    ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['a<blockquote><p>b</p><p>c</p></blockquote>d', 'a\n\n> b\n\n> c\n\nd'],
    ['line1\nline2 &lt;x&gt; &amp;', 'line1\nline2 <x> &'],
    ['&eacute;&#x1F600;&nbsp;<b>x</b>', 'é😀 x'],
    ['<style>p{}</style><script>x</script><p>a</p>', 'a'],
    ['', ''],
    ['<p></p>', ''],
    ['<p>unclosed <b', 'unclosed'],
  ])('%j → %j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});

describe('textToHtml', () => {
  it.each([
    ['a\nb\n\nc', '<p>a<br />\nb</p>\n<p>c</p>\n'],
    ['a <b> & "c"', '<p>a &lt;b&gt; &amp; "c"</p>\n'],
    [
      'see https://x.test/?a=1&b=2.',
      '<p>see <a href="https://x.test/?a=1&amp;b=2">https://x.test/?a=1&amp;b=2</a>.</p>\n',
    ],
    ['mail me@example.com', '<p>mail <a href="mailto:me@example.com">me@example.com</a></p>\n'],
    ['www.example.com readme.md', '<p><a href="http://www.example.com">www.example.com</a> readme.md</p>\n'],
    ['javascript:alert(1)', '<p>javascript:alert(1)</p>\n'],
    ['> a\n>> b\nc', '<blockquote><p>a</p>\n<blockquote><p>b</p>\n</blockquote></blockquote><p>c</p>\n'],
    ['  x  y', '<p>\u00a0\u00a0x\u00a0\u00a0y</p>\n'],
    ['-----BEGIN PGP MESSAGE-----\n> x\n', '<pre>-----BEGIN PGP MESSAGE-----\n&gt; x\n</pre>'],
    [' \r\n ', ''],
  ])('%j', (text, html) => {
    expect(textToHtml(text)).toBe(html);
  });

  it('is what purifyHtml leaves alone, and loses no word', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '> ',
            'a',
            'b@x.test',
            'http://x.test/<>"\'',
            '\n',
            '\n\n',
            '  ',
            '<p>',
            '&',
            '&amp;',
            'é',
            '👩‍👩‍👧',
          ),
        ),
        (parts) => {
          const text = parts.join('');
          const html = textToHtml(text);
          expect(purifyHtml(html)).toBe(html);
          const words = (s: string) => s.replace(/[\s>]/g, '');
          expect(words(htmlToText(html))).toBe(words(text));
        },
      ),
    );
  });
});

describe('previewOf', () => {
  it.each([
    ['<p>Hello</p><p>World</p>', 'Hello World'],
    [
      '<p>Thanks!</p><p>On Mon, 3 Mar 2025 at 10:00, Bob &lt;b@x.test&gt; wrote:</p><blockquote>old</blockquote>',
      'Thanks!',
    ],
    [
      '<div>Danke</div><div class="gmail_quote"><div>Am Mo., 3. März schrieb Bob:</div>old<br>er</div>',
      'Danke',
    ],
    ['<blockquote><p>old <br> line <img src="/x"></p></blockquote><p>new</p>', 'new'],
    ['<blockquote>only a quote</blockquote>', '> only a quote'],
    ['ok\n&gt; old', 'ok'],
    ['yes\n-----Original Message-----\nFrom: x', 'yes'],
    ['', ''],
  ])('%j → %j', (html, preview) => {
    expect(previewOf(html)).toBe(preview);
  });

  it('is cut on whole characters', () => {
    const family = '👩‍👩‍👧‍👦';
    const preview = previewOf(`<p>${family.repeat(50)}</p>`);
    expect(preview.length).toBeLessThanOrEqual(LIMITS.previewLength);
    expect(preview.replaceAll(family, '')).toBe('…');
  });

  it('never looks at the whole of a huge body', () => {
    expect(previewOf(`<p>start</p>${'<p>x</p>'.repeat(100_000)}`)).toMatch(/^start x x/);
  });
});

describe('cutting', () => {
  it('never splits a grapheme and never exceeds the length', () => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 1, max: 80 }),
        (text, length) => {
          const start = startOf(text, length);
          expect(start.length).toBeLessThanOrEqual(length);
          expect(text.startsWith(start)).toBe(true);
          const ends = new Set([...graphemes.segment(text)].map(({ index }) => index).concat(text.length));
          expect(ends.has(start.length)).toBe(true);
          expect(cutText(text, length).length).toBeLessThanOrEqual(length);
        },
      ),
    );
  });
});
