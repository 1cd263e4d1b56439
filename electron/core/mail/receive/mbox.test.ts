import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMbox } from './mbox.ts';

const LINE = 'From ann@x.test Tue Mar  4 10:00:00 2025';

async function split(
  text: string,
  chunk = 7,
  options: Parameters<typeof splitMbox>[1] = {},
): Promise<string[]> {
  const bytes = Buffer.from(text, 'latin1');
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
  const found: string[] = [];
  for await (const { raw } of splitMbox(Readable.from(chunks), options)) found.push(raw.toString('latin1'));
  return found;
}

describe('splitMbox', () => {
  it.each([
    ['two mails', `${LINE}\nA: 1\n\none\n\n${LINE}\nA: 2\n\ntwo\n`, ['A: 1\n\none\n', 'A: 2\n\ntwo\n']],
    [
      'CRLF',
      `${LINE}\r\nA: 1\r\n\r\none\r\n\r\n${LINE}\r\nA: 2\r\n\r\ntwo\r\n`,
      ['A: 1\r\n\r\none\r\n', 'A: 2\r\n\r\ntwo\r\n'],
    ],
    ['mboxo escape', `${LINE}\nA: 1\n\n>From me\n`, ['A: 1\n\nFrom me\n']],
    [
      'mboxrd escapes',
      `${LINE}\nA: 1\n\n>>From me\n>>>From me\n> From me\n`,
      ['A: 1\n\n>From me\n>>From me\n> From me\n'],
    ],
    [
      'a sentence that begins with From',
      `${LINE}\nA: 1\n\none\n\nFrom here on it is text.\n`,
      ['A: 1\n\none\n\nFrom here on it is text.\n'],
    ],
    [
      'a separator needs a blank line before it',
      `${LINE}\nA: 1\n\none\n${LINE}\ntext\n`,
      [`A: 1\n\none\n${LINE}\ntext\n`],
    ],
    [
      'a separator without a date before a header',
      `${LINE}\nA: 1\n\none\n\nFrom ann@x.test\nA: 2\n\ntwo\n`,
      ['A: 1\n\none\n', 'A: 2\n\ntwo\n'],
    ],
    [
      'mboxcl: the length hides a separator',
      `${LINE}\nContent-Length: ${6 + LINE.length}\n\nhi\n\n${LINE}\nx\n${LINE}\n`.replace(
        `x\n${LINE}\n`,
        `x\n\n${LINE}\nA: 2\n\ntwo\n`,
      ),
      [`Content-Length: ${6 + LINE.length}\n\nhi\n\n${LINE}\nx\n`, 'A: 2\n\ntwo\n'],
    ],
    [
      'mboxcl: a wrong length is not believed',
      `${LINE}\nContent-Length: 9000\n\none\n\n${LINE}\nA: 2\n\ntwo\n`,
      ['Content-Length: 9000\n\none\n', 'A: 2\n\ntwo\n'],
    ],
    ['no line at the end', `${LINE}\nA: 1\n\none`, ['A: 1\n\none']],
    ['no separator at all', 'A: 1\n\none\n', ['A: 1\n\none\n']],
    ['nothing but separators', `${LINE}\n\n${LINE}\n`, []],
    ['empty', '', []],
  ])('%s', async (_, text, mails) => {
    expect(await split(text)).toEqual(mails);
    expect(await split(text, 1)).toEqual(mails);
    expect(await split(text, 10_000)).toEqual(mails);
  });

  it('says where a mail lies in the file, and keeps only the start of one that is too large', async () => {
    const text = `${LINE}\nA: 1\n\n${'x'.repeat(500)}\n${'y'.repeat(500)}\n\n${LINE}\nA: 2\n\ntwo\n`;
    const found = [];
    for await (const message of splitMbox(Readable.from([Buffer.from(text)]), { largestBytes: 300 }))
      found.push(message);
    expect(found.map(({ isCut }) => isCut)).toEqual([true, false]);
    const [large] = found;
    expect(text.slice(large?.offset, (large?.offset ?? 0) + (large?.lengthBytes ?? 0))).toBe(
      `A: 1\n\n${'x'.repeat(500)}\n${'y'.repeat(500)}\n\n`,
    );
    expect(large?.raw.length).toBeLessThan(600);
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const found: string[] = [];
    for await (const { raw } of splitMbox(
      Readable.from([Buffer.from(`${LINE}\nA: 1\n\none\n\n`.repeat(50))]),
      { signal: abort.signal },
    )) {
      found.push(raw.toString());
      if (found.length === 3) abort.abort();
    }
    expect(found).toHaveLength(3);
  });

  it('gives back what was written, whatever the bodies and the chunks', async () => {
    const line = fc.oneof(
      fc.constantFrom('From me', '>From you', '', 'text', LINE),
      fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, '')),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        async (mails, chunk) => {
          const bodies = mails.map((lines) => `Subject: x\n\nstart\n${lines.join('\n')}\nend\n`);
          // mboxrd: every line that begins with any number of > and From gets one more.
          const file = bodies.map((body) => `${LINE}\n${body.replace(/^(>*From )/gm, '>$1')}\n`).join('');
          const expected = bodies.map((body) => Buffer.from(body).toString('latin1'));
          expect(await split(Buffer.from(file).toString('latin1'), chunk)).toEqual(expected);
        },
      ),
    );
  });
});
