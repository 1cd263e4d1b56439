import { describe, expect, it } from 'vitest';
import { cleanHtml, isEmptyHtml, ownText, plainText, quoteHtml, textToHtml } from './cleanHtml.ts';
import { startOfReply } from './signature.ts';

describe('HTML that enters the app’s own document', () => {
  it.each([
    ['<img src=x onerror=alert(1)>', ''],
    ['<p style="position:fixed" class="x" onclick="a()">hi</p>', '<p>hi</p>'],
    ['<script>alert(1)</script>ok', 'ok'],
    ['<iframe src="https://e.example"></iframe>ok', 'ok'],
    ['<img src="https://tracker.example/p.gif">ok', 'ok'],
    ['<img src="/files/attachments/4" alt="Photo">', '<img src="/files/attachments/4" alt="Photo">'],
    ['<form action="/x"><input name="q">ok</form>', 'ok'],
    ['<svg><a xlink:href="javascript:alert(1)">x</a></svg>', ''],
  ])('%s', (hostile, clean) => {
    expect(cleanHtml(hostile)).toBe(clean);
  });

  it('links open outside, and never run script', () => {
    expect(cleanHtml('<a href="javascript:alert(1)">x</a>')).not.toContain('javascript');
    expect(cleanHtml('<a href="https://a.example">x</a>')).toContain('rel="noopener noreferrer"');
  });

  it('a quote cannot break out of its attribution', () => {
    expect(quoteHtml('<b>Ann</b> wrote:', '<p>Hi</p>')).toBe(
      '<p>&lt;b&gt;Ann&lt;/b&gt; wrote:</p><blockquote><p>Hi</p></blockquote><p></p>',
    );
  });
});

it('plain words become paragraphs and stay words', () => {
  expect(textToHtml('a <b>\nc\n\nd')).toBe('<p>a &lt;b&gt;<br>c</p><p>d</p>');
});

describe('plain text', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['One<br>Two', 'One\nTwo'],
    ['<div>One</div><div>Two</div>', 'One\n\nTwo'],
    ['<ul><li>a</li><li>b</li></ul>', '• a\n• b'],
    ['<p>Yes</p><blockquote><p>Does it work?</p></blockquote>', 'Yes\n\n> Does it work?'],
    ['<pre>a\n  b</pre>', 'a\nb'],
    ['  spread \n over   lines ', 'spread over lines'],
  ])('%s', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it('the writer’s own words are those outside of quotes', () => {
    expect(ownText('<p>Fine.</p><blockquote><p>see attached</p></blockquote>')).toBe('Fine.');
    expect(ownText(`<p>Fine.</p>${startOfReply('<p>Files attached by Acme</p>')}`)).toBe('Fine.');
  });

  it.each([
    ['', true],
    ['<p></p>', true],
    ['<p> <br></p>', true],
    ['<p>x</p>', false],
    ['<p><img src="/files/uploads/1"></p>', false],
  ])('empty or not: %s', (html, expected) => {
    expect(isEmptyHtml(html)).toBe(expected);
  });
});

describe('the start of a reply', () => {
  it('is an empty line above the signature, and nothing to send', () => {
    expect(startOfReply('')).toBe('');
    const start = startOfReply('<p>Sam, <strong>Acme</strong></p>');
    expect(start).toBe('<p></p><div class="sd-signature"><p>Sam, <strong>Acme</strong></p></div>');
    expect(isEmptyHtml(start)).toBe(true);
    expect(isEmptyHtml(start.replace('<p></p>', '<p>Hello</p>'))).toBe(false);
  });
});
