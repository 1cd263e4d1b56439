import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedMail } from '../../electron/core/mail/receive/parsedMail.ts';
import { parseMail } from '../../electron/core/mail/receive/parseMail.ts';
import { EXPECTED, type ExpectedMail } from '../fixtures/mail/expected.ts';

const folder = join(import.meta.dirname, '../fixtures/mail');
const corpus = readdirSync(folder).filter((name) => name.endsWith('.eml'));
const read = (name: string) => readFileSync(join(folder, name));

/** The parsed mail in the words of the table, only what the table asks for. */
function seen(mail: ParsedMail, asked: ExpectedMail): ExpectedMail {
  const pieces = (kind: 'text' | 'html') =>
    mail.body
      .filter((piece) => piece.kind === kind)
      .map(({ content }) => content.replaceAll('\r\n', '\n').trim());
  const html = pieces('html').join('\n');
  const all: Required<ExpectedMail> = {
    subject: mail.subject,
    from: mail.from?.email ?? null,
    name: mail.from?.name ?? '',
    text: pieces('text').join('\n'),
    html: asked.html !== undefined && html.includes(asked.html) ? asked.html : html,
    files: mail.attachments.map(({ name }) => name),
    sizes: mail.attachments.map(({ content }) => content.length),
    inline: mail.attachments.filter(({ isInline }) => isInline).map(({ name }) => name),
    date: mail.claimedAt === null ? null : new Date(mail.claimedAt).toISOString(),
    mailId: mail.mailId,
    references: mail.referenceIds,
    automatic: mail.automatic,
    report: mail.report ?? ('none' as 'bounce'),
    flags: mail.flags,
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in asked));
}

describe('the mail corpus, one file per line of the checklist', () => {
  it.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    expect(seen(await parseMail(read(`${name}.eml`)), expected)).toEqual(expected);
  });

  it('has an expectation for every file but those that other tests are about', () => {
    const others = ['A17-long', 'B22-hostile', 'B23-hidden'];
    expect(corpus.map((name) => name.replace('.eml', '')).filter((name) => !(name in EXPECTED))).toEqual(
      others,
    );
  });

  it('A17: a long subject is cut between characters', async () => {
    const { subject } = await parseMail(read('A17-long.eml'));
    expect(subject.length).toBeLessThanOrEqual(2_000);
    expect(subject.replaceAll(/👩‍👩‍👧 family ?|end|…/g, '')).toBe('');
  });

  it('B4: what is not taken apart is kept whole', async () => {
    for (const name of ['B4-deep.eml', 'B4-many.eml']) {
      const { attachments } = await parseMail(read(name));
      expect(attachments.at(-1)).toMatchObject({
        name: 'message.eml',
        mediaType: 'message/rfc822',
        content: read(name),
      });
    }
  });

  it('F12, F14: the hash is the same for every delivery, and another for other content', async () => {
    const mail = read('F1-root.eml');
    const { contentHash } = await parseMail(mail);
    const delivered = Buffer.concat([
      Buffer.from('Received: from x by y\r\nDelivered-To: second@helpdesk.test\r\n'),
      mail,
    ]);
    const unix = Buffer.from(mail.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    expect((await parseMail(delivered)).contentHash).toBe(contentHash);
    expect((await parseMail(unix)).contentHash).toBe(contentHash);
    expect((await parseMail(read('F14-same-id.eml'))).contentHash).not.toBe(contentHash);
  });
});

/** Words of the body that a reader must find somewhere: nothing typed may disappear. */
function everything(mail: ParsedMail): string {
  return [
    ...mail.body.map(({ content }) => content),
    ...mail.attachments.map(({ content }) => content.toString('latin1')),
  ].join('\n');
}

const small = corpus.filter((name) => read(name).length < 5_000);

describe('damaged mail', () => {
  it('truncated anywhere: read without an error, and what is left of the words is there', async () => {
    const mail = read('B9-several-texts.eml');
    for (let length = 0; length <= mail.length; length += 1) {
      const parsed = await parseMail(mail.subarray(0, length));
      const at = mail.indexOf('before');
      if (length >= at + 6) expect(everything(parsed)).toContain('before');
    }
  });

  it('flipped bytes, cut pieces, shuffled lines: never throws, always has an id and a hash', async () => {
    const change = fc.record({
      name: fc.constantFrom(...small),
      flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
      cut: fc.tuple(fc.nat(), fc.nat({ max: 60 })),
      swap: fc.tuple(fc.nat(), fc.nat()),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ name, flips, cut, swap }) => {
        const bytes = Buffer.from(read(name));
        for (const [at, byte] of flips) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        const start = bytes.length === 0 ? 0 : cut[0] % bytes.length;
        const lines = Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + cut[1])])
          .toString('latin1')
          .split('\n');
        const [a, b] = [swap[0] % lines.length, swap[1] % lines.length];
        [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
        const parsed = await parseMail(Buffer.from(lines.join('\n'), 'latin1'));
        expect(parsed.mailId).not.toBe('');
        expect(parsed.contentHash).toMatch(/^[0-9a-f]{64}$/);
        expect(parsed.subject).not.toMatch(/[\r\n]/);
        for (const { name: file } of parsed.attachments) expect(file).not.toMatch(/[/\\\r\n]|^\.|^$/);
      }),
      { numRuns: 400 },
    );
  });

  it('any bytes at all: the words are in the body or in a file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 200 })
          .filter((text) => !text.includes(':')),
        async (text) => {
          const parsed = await parseMail(Buffer.from(`\r\n${text}`));
          const words = text.split(/\s+/).filter((word) => /^[a-z0-9]{3,}$/i.test(word));
          for (const word of words) expect(JSON.stringify(parsed)).toContain(word);
        },
      ),
      { numRuns: 200 },
    );
  });
});
