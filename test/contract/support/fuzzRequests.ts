import fc from 'fast-check';
import type { ApiCall } from '../../../electron/core/api/openapi/call.ts';
import { API_CALLS } from '../../../electron/core/api/openapi/calls.ts';
import { fieldsOf } from '../../../electron/core/api/openapi/fields.ts';
import { type FuzzBody, fuzzBody } from './fuzzBodies.ts';
import { type FieldValue, fieldValues, oddId, oddText } from './fuzzValues.ts';

export interface FuzzRequest {
  readonly call: string;
  readonly method: string;
  readonly path: string;
  readonly token: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly sent: FuzzBody | undefined;
}

const known = <T>(...values: T[]) => fc.constantFrom(...values);

const query = (fields: readonly FieldValue[]): string =>
  fields.length === 0
    ? ''
    : `?${fields.map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`).join('&')}`;

function pathOf(call: ApiCall) {
  const names = [...fieldsOf(call.query), ...fieldsOf(call.form)].map(({ name }) => name);
  return fc
    .record({
      path: known(call.path, call.path, ...(call.aliases ?? [])),
      id: oddId,
      prefix: known('', '', '', '', '', '/index.php'),
      end: known('', '', '', '', '', '', '/', '/1', '/x/y'),
      fields: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fieldValues(names) },
      ),
    })
    .map(({ path, id, prefix, end, fields }) => {
      const address = path.replace('{id}', encodeURIComponent(id.toWellFormed()));
      return `${prefix}${address}${end}${query(fields)}`;
    });
}

/** Header values travel as Latin-1 without controls. */
const headerText = fc.oneof(
  known(
    '1',
    'key-1',
    'key-2',
    '*',
    '"x"',
    'W/"x"',
    'bytes=0-3',
    'bytes=9-',
    'bytes=-5',
    'bytes=5-2',
    '0',
    '-1',
    '999999',
  ),
  oddText.map((text) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?')),
);

function requestTo(call: ApiCall): fc.Arbitrary<FuzzRequest> {
  const own = (call.headers ?? []).map((name) =>
    fc.option(headerText.map((value) => [name, value] as const)),
  );
  return fc
    .record({
      method: fc.oneof(
        { weight: 12, arbitrary: fc.constant(call.method) },
        { weight: 1, arbitrary: known('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS') },
      ),
      path: pathOf(call),
      token: fc.nat(19),
      headers: fc.tuple(...own),
      sent:
        call.method === 'GET'
          ? fc.constant(undefined)
          : fuzzBody(fieldsOf(call.form).map(({ name }) => name)),
    })
    .map(({ headers, ...rest }) => ({
      ...rest,
      call: call.id,
      headers: Object.fromEntries(headers.filter((header) => header !== null)),
    }));
}

/** What deletes is rare, so that there is something left to speak of; what hashes passwords, since it is slow. */
const weightOf = ({ path }: ApiCall): number => (/delete|auth|openapi|docs/.test(path) ? 1 : 4);

export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  ...API_CALLS.map((call) => ({ weight: weightOf(call), arbitrary: requestTo(call) })),
);

/** Calls that go on answering for as long as somebody listens. */
export const isStream = ({ answer }: ApiCall): boolean =>
  'mediaType' in answer && answer.mediaType === 'text/event-stream';
const STREAMS = new Set(API_CALLS.filter(isStream).map(({ id }) => id));
export const mayStream = ({ call }: FuzzRequest): boolean => STREAMS.has(call);
