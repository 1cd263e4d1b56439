import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { multipart } from './client.ts';
import { type FieldValue, type FuzzFile, fieldValues, fuzzFile, oddText } from './fuzzValues.ts';

export interface FuzzBody {
  readonly contentType: string | undefined;
  readonly body: Buffer;
  readonly encoding?: string;
}

const known = <T>(...values: T[]) => fc.constantFrom(...values);
const WHOLE = 1;
const share = fc.oneof(
  { weight: 4, arbitrary: fc.constant(WHOLE) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
);
const cut = (body: Buffer, part: number): Buffer => body.subarray(0, Math.floor(body.length * part));
const pairs = (fields: readonly FieldValue[]): string =>
  new URLSearchParams(fields.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()])).toString();

const bare = (fields: readonly FieldValue[]): string =>
  fields.map(([name, value]) => `${name}=${value}`).join('&');

const WRITTEN: Readonly<Record<string, (fields: readonly FieldValue[]) => string>> = {
  plain: pairs,
  bare,
  broken: (fields) => pairs(fields).replaceAll('%', '%z'),
  semicolons: (fields) => pairs(fields).replaceAll('&', ';'),
};

function urlencoded(fields: readonly FieldValue[], how: string, charset: string): FuzzBody {
  const write = WRITTEN[how] ?? pairs;
  const body = Buffer.from(write(fields), how === 'utf16' ? 'utf16le' : 'utf8');
  return { contentType: `application/x-www-form-urlencoded${charset}`, body };
}

function json(fields: readonly FieldValue[], how: string): FuzzBody {
  const value = (text: string): string => {
    if (how === 'numbers' && /^(?:[1-9]\d{0,14}|LIVE[a-z]+)$/.test(text)) return text;
    if (how === 'lists') return JSON.stringify([text]);
    return JSON.stringify(how === 'nested' ? { a: { b: text } } : text);
  };
  const written = fields.map(([name, text]) => `${JSON.stringify(name)}:${value(text)}`).join(',');
  const text = how === 'deep' ? `${'{"a":'.repeat(500)}1${'}'.repeat(500)}` : `{${written}}`;
  return { contentType: 'application/json', body: Buffer.from(how === 'bom' ? `\ufeff${text}` : text) };
}

function parts(
  fields: readonly FieldValue[],
  files: readonly FuzzFile[],
  how: string,
  part: number,
): FuzzBody {
  const whole = multipart([
    ...fields.map(([name, value]) => ({ name: name.replace(/["\r\n]/g, '_'), value })),
    ...files,
  ]);
  const boundary = whole.contentType.split('boundary=')[1] ?? '';
  const text = whole.body.toString('latin1');
  const withoutHeads = Buffer.from(text.replaceAll('Content-Disposition', 'X-Other'), 'latin1');
  const preamble = Buffer.from('to be ignored\r\n');
  const body = { noHeads: withoutHeads, preamble: Buffer.concat([preamble, whole.body]) }[how] ?? whole.body;
  const contentType = {
    otherBoundary: 'multipart/form-data; boundary=other',
    noBoundary: 'multipart/form-data',
    quoted: `multipart/form-data; boundary="${boundary}"`,
  }[how];
  return { contentType: contentType ?? whole.contentType, body: cut(body, part) };
}

const bytes = fc.uint8Array({ maxLength: 400 }).map((values) => Buffer.from(values));
const MANY = Buffer.from(Array.from({ length: 3000 }, (_, n) => `f${n}=${n}`).join('&'));
const HUGE = Buffer.concat([Buffer.from('subject=x&body='), Buffer.alloc(9 * 1024 * 1024, 'y')]);

const FORM = 'application/x-www-form-urlencoded';
const asForm = (text: string): FuzzBody => ({ contentType: FORM, body: Buffer.from(text) });
/** Rare, since they are slow: more fields than anybody may send, and more text. */
const tooMuch = known({ contentType: FORM, body: MANY }, { contentType: FORM, body: HUGE });

/** A body for a call with these fields, in every encoding that anybody ever sent, and some that nobody did. */
export function fuzzBody(names: readonly string[]): fc.Arbitrary<FuzzBody | undefined> {
  const fields = fieldValues(names);
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    {
      weight: 8,
      arbitrary: fc
        .tuple(
          fields,
          known('plain', 'plain', 'plain', 'bare', 'broken', 'semicolons', 'utf16'),
          known('', '', '; charset=utf-16', '; charset=x', ';;'),
        )
        .map((all) => urlencoded(...all)),
    },
    {
      weight: 8,
      arbitrary: fc
        .tuple(
          fields,
          fc.array(fuzzFile, { maxLength: 4 }),
          known('plain', 'plain', 'plain', 'noHeads', 'otherBoundary', 'noBoundary', 'quoted', 'preamble'),
          share,
        )
        .map((all) => parts(...all)),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fields, known('plain', 'plain', 'numbers', 'lists', 'nested', 'deep', 'bom'), share)
        .map(([values, how, part]) => {
          const whole = json(values, how);
          return { ...whole, body: cut(whole.body, part) };
        }),
    },
    {
      weight: 1,
      arbitrary: fc
        .jsonValue()
        .map((value) => ({ contentType: 'application/json', body: Buffer.from(JSON.stringify(value)) })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fields,
          known(
            'application/xml',
            'text/xml; charset=utf-8',
            'text/plain',
            'image/png',
            ';;;',
            '',
            undefined,
          ),
        )
        .map(([values, contentType]) => ({
          contentType,
          body: Buffer.from(`<form>${pairs(values)}</form>`),
        })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(bytes, known(FORM, 'application/json', 'multipart/form-data; boundary=x'))
        .map(([body, contentType]) => ({ contentType, body })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fields, known('gzip', 'br', 'identity', 'x'))
        .map(([values, encoding]) => ({ contentType: FORM, body: gzipSync(pairs(values)), encoding })),
    },
    {
      weight: 1,
      arbitrary: fc.oneof({ weight: 20, arbitrary: oddText.map(asForm) }, { weight: 1, arbitrary: tooMuch }),
    },
  );
}
