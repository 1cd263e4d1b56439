import fc from 'fast-check';
import { API_CALLS } from '../../../electron/core/api/openapi/calls.ts';
import { fieldsOf } from '../../../electron/core/api/openapi/fields.ts';
import { SMALL_PNG } from './png.ts';

const known = <T>(...values: T[]) => fc.constantFrom(...values);

/** Stand for the newest one that is there when the request is sent. */
export const LIVE = {
  user: 'LIVEuser',
  ticket: 'LIVEticket',
  department: 'LIVEdepartment',
  id: 'LIVEid',
  address: 'LIVEaddress',
};

const odd = known(
  ...[
    '1',
    '0',
    '-1',
    '1.5',
    '1e999',
    '1e3',
    '0x1',
    ' 1',
    '1 ',
    '01',
    '+1',
    '99999999999999999999',
    '9007199254740993',
  ],
  ...[
    'abc',
    '',
    ' ',
    '\t\n',
    'null',
    'undefined',
    'true',
    'NaN',
    '[]',
    '{}',
    "' OR 1=1 --",
    '1;2',
    '%00',
    '\u0000',
  ],
  ...[
    '😀',
    'ünïcödé',
    '漢字',
    '\ud800',
    '\ufeff',
    '\u202e',
    'a\r\nSet-Cookie: x=1',
    '../../etc/passwd',
    '<script>alert(1)</script>',
  ],
  ...[
    'a@example.com',
    'A@EXAMPLE.COM',
    '"a b"@example.com',
    'a@b',
    `${'x'.repeat(300)}@example.com`,
    'x'.repeat(5000),
  ],
);
export const oddText = fc.oneof(
  { weight: 5, arbitrary: odd },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);
export const oddId = fc.oneof(
  { weight: 3, arbitrary: known(LIVE.id, LIVE.id, '1', '2', '1abc', '1 or 1=1', '1;2', '1.5') },
  { weight: 1, arbitrary: oddText },
);

const GOOD: Readonly<Record<string, readonly string[]>> = {
  fullname: ['John Doe', "O'Brien <b>"],
  email: [`${LIVE.address}@example.com`, 'john@example.com'],
  new_email: [`${LIVE.address}@example.com`, 'john@example.com'],
  name: ['Support', '<i>Sales</i>'],
  private: ['0', '1'],
  opener: ['user', 'staff'],
  replier: ['user', 'staff'],
  user_id: [LIVE.user],
  ticket_id: [LIVE.ticket],
  department_id: [LIVE.department],
  staff_id: ['1', '2', '3'],
  status: ['1', '2', '3', '4', '5'],
  close: ['0', '1'],
  notify: ['0', '1'],
  subject: ['Hello', '0', 'x'.repeat(400)],
  body: ['<p>Hi</p>', 'a < b & c', '<script>x</script>', `${'<b>'.repeat(300)}deep`],
  message: ['<p>Hi</p>', 'plain', `<img src="cid:x"><a href="javascript:x">y</a>`],
  username: ['nobody', 'ad min'],
  ip_address: ['300.1.1.1', '::g', '10.0.0.1'],
};

/** A field's value: mostly one that it asks for, else anything. */
const valueFor = (name: string) => {
  const good = GOOD[name];
  return good
    ? fc.oneof({ weight: 6, arbitrary: known(...good) }, { weight: 1, arbitrary: oddText })
    : oddText;
};

const ALL_NAMES = [
  ...new Set(
    API_CALLS.flatMap((call) => [...fieldsOf(call.form), ...fieldsOf(call.query)].map(({ name }) => name)),
  ),
];
const oddName = fc.oneof(
  known(...ALL_NAMES),
  known(
    'status_id',
    '__proto__',
    'constructor',
    'toString',
    'body[a][b]',
    'fullname[]',
    'subject[0]',
    'attachment[]',
    '',
    'x'.repeat(300),
  ),
  oddText,
);

export type FieldValue = readonly [name: string, value: string];

/** The fields of a call, some missing, some twice, some that are none of its own, in any order. */
export function fieldValues(names: readonly string[]): fc.Arbitrary<FieldValue[]> {
  const own = names.map((name) =>
    fc.option(
      valueFor(name).map((value): FieldValue => [name, value]),
      { freq: 9, nil: undefined },
    ),
  );
  const stray = fc.array(fc.tuple(oddName, oddText), { maxLength: 3 });
  return fc
    .tuple(
      fc.tuple(...own),
      fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: stray }),
    )
    .map(([fields, strays]) => [...fields.filter((field) => field !== undefined), ...strays]);
}

export interface FuzzFile {
  readonly name: string;
  readonly filename: string;
  readonly type: string;
  readonly content: Buffer;
}

const bytes = fc.uint8Array({ maxLength: 300 }).map((values) => Buffer.from(values));

export const fuzzFile: fc.Arbitrary<FuzzFile> = fc.record({
  name: known(
    'attachment[]',
    'attachment[]',
    'attachment[0]',
    'attachment',
    'other',
    'attachment[x]',
    'attachment[][]',
  ),
  filename: known(
    'a.png',
    'a.PNG',
    'b.jpg',
    '',
    '../a.png',
    'a.php',
    '..',
    'con.txt',
    '😀.png',
    `${'x'.repeat(300)}.png`,
    'a\u0000.png',
  ),
  type: known(
    'image/png',
    'application/octet-stream',
    'text/html; charset=x',
    '',
    'multipart/mixed; boundary=y',
  ),
  content: fc.oneof({ weight: 2, arbitrary: fc.constant(SMALL_PNG) }, { weight: 1, arbitrary: bytes }),
});
