import type { ApiCall } from './call.ts';
import { type Field, fieldsOf } from './fields.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const example = ({ schema }: Field): unknown => schema.examples?.[0];
const filled = (fields: readonly Field[]): Field[] => fields.filter((field) => example(field) !== undefined);

/** -F would take a text that begins with < or @ for the name of a file. */
function formOption(field: Field): string {
  const value = String(example(field));
  return `${/^[<@]/.test(value) ? '--form-string' : '-F'} ${quoted(`${field.name}=${value}`)}`;
}

/**
 * A line for a terminal that has the token in the variable TOKEN. It sends every field that has an example;
 * a POST without any says so itself.
 */
export function curlOf(call: ApiCall, baseUrl: string): string {
  const path = call.path.replace('{id}', '1');
  const search = new URLSearchParams(
    filled(fieldsOf(call.query)).map((field): [string, string] => [field.name, String(example(field))]),
  ).toString();
  const fields = filled(fieldsOf(call.form)).map(formOption);
  const method = call.method === 'POST' && fields.length === 0 ? ['-X POST'] : [];
  const address = quoted(`${baseUrl}${path}${search ? `?${search}` : ''}`);
  const token = call.permission === null ? [] : ['-H "Token: $TOKEN"'];
  const options = call.curl === undefined ? [] : [call.curl];
  return (
    ['curl', ...options, ...token, ...method, address].join(' ') +
    fields.map((field) => ` \\\n  ${field}`).join('')
  );
}
