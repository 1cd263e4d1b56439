import { describe, expect, it } from 'vitest';
import { foldQuotes } from './quoteFolding.ts';

const LABEL = 'Show quoted text';

function fold(html: string) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const before = page.body.textContent ?? '';
  foldQuotes(page.body, LABEL);
  const folds = [...page.querySelectorAll('details')];
  const quoted = folds.map((details) => (details.textContent ?? '').replace(LABEL, '').trim());
  for (const details of folds) details.querySelector('summary')?.remove();
  // Whatever folds, nothing may get lost or change its place.
  expect(page.body.textContent).toBe(before);
  for (const details of folds) details.remove();
  return { quoted, own: (page.body.textContent ?? '').trim() };
}

describe('quote folding', () => {
  it.each([
    [
      'Gmail',
      '<div>Thanks!</div><div class="gmail_quote"><div class="gmail_attr">On Tue Ann wrote:</div><blockquote>Old</blockquote></div>',
      'Thanks!',
    ],
    [
      'Apple Mail',
      '<div>Thanks!<br><div><br><blockquote type="cite"><div>On 3 Mar, Ann wrote:</div>Old</blockquote></div></div>',
      'Thanks!',
    ],
    [
      'Thunderbird, attribution above',
      '<p>Thanks!</p><div class="moz-cite-prefix">On 3/3/26 Ann wrote:</div><blockquote type="cite">Old</blockquote>',
      'Thanks!',
    ],
    [
      'Outlook, marked',
      '<p>Thanks!</p><hr><div id="divRplyFwdMsg"><b>From:</b> Ann</div><div>Old</div><p>Older</p>',
      'Thanks!',
    ],
    [
      'Outlook, unmarked and German',
      '<p>Danke!</p><div><div style="border-top:solid 1pt"><p><b>Von:</b> Ann <br><b>Gesendet:</b> Dienstag</p></div><p>Alt</p></div>',
      'Danke!',
    ],
    ['original message line', '<div>Ok</div><p>-----Original Message-----</p><p>Old</p>', 'Ok'],
    [
      'plain lines with <br>',
      'Thanks!<br><br>On 3 Mar 2026, Ann wrote:<br>&gt; Old<br>&gt; Older',
      'Thanks!',
    ],
    [
      'plain lines in <pre>, attribution on two lines',
      '<pre>Thanks!\n\nOn 3 Mar 2026, Ann\n&lt;ann@example.org&gt; wrote:\n&gt; Old\n&gt; Older\n</pre>',
      'Thanks!',
    ],
    [
      'plain lines in a pre-wrap block',
      '<div style="white-space: pre-wrap">Thanks!\n&gt; Old\n&gt;\n&gt; Older</div>',
      'Thanks!',
    ],
  ])('%s', (_name, html, own) => {
    const folded = fold(html);
    expect(folded.own).toBe(own);
    expect(folded.quoted).toHaveLength(1);
    expect(folded.quoted[0]).toMatch(/Old|Alt/);
  });

  it.each([
    ['no quote', '<p>The printer jams.</p>'],
    ['a forward without a word of one’s own', '<blockquote type="cite">Please see below</blockquote>'],
    [
      'answers between quotes',
      '<blockquote>Does it print?</blockquote><p>Yes.</p><blockquote>And scan?</blockquote><p>No.</p>',
    ],
    ['«from:» in a sentence', '<p>Hello, from: the heart</p><p>Bye</p>'],
    ['an arrow in a line', '<p>Settings -> Printer -> Reset<br>then restart</p>'],
    ['«wrote:» in a sentence', '<p>I wrote:<br>nothing</p>'],
  ])('leaves alone: %s', (_name, html) => {
    expect(fold(html).quoted).toEqual([]);
  });

  it('folds a long quote above the answer', () => {
    const { quoted, own } = fold(`<blockquote>${'long words '.repeat(100)}</blockquote><p>Answer</p>`);
    expect(quoted).toHaveLength(1);
    expect(own).toBe('Answer');
  });

  it('folds nested quotes once', () => {
    const html =
      '<p>Hi</p><blockquote>one<blockquote>two<blockquote>three</blockquote></blockquote></blockquote>';
    expect(fold(html).quoted).toEqual(['onetwothree']);
  });

  it('counts a picture as the writer’s own', () => {
    const html = '<blockquote>short</blockquote><img src="/files/attachments/1">';
    expect(fold(html).quoted).toEqual([]);
  });
});
