import { z } from 'zod';
import { appErrorOf, type ErrorCode } from '../../../../shared/contract/errors.ts';
import { PERMISSION_TEXT } from '../../domain/permissions.ts';
import { EXTENSION_CODES } from '../helpdeskz/answers.ts';
import { addressRefused, permissionRefused, requestTooLarge, TEXT } from '../helpdeskz/texts.ts';
import { type ApiCall, components, HEADERS, type HeaderName, schemaOf, TAGS } from './call.ts';
import { API_CALLS } from './calls.ts';
import { componentSchemas, fieldsOf, type JsonSchema, jsonSchemaOf } from './fields.ts';

type Json = Readonly<Record<string, unknown>>;

/** Of an OpenAPI 3.1 document what its readers here look into. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly [part: string]: Json;
  };
  readonly [part: string]: unknown;
}

export interface Operation {
  readonly operationId: string;
  readonly 'x-permission'?: string;
  readonly responses: Readonly<Record<string, Json>>;
  readonly [part: string]: unknown;
}

const JSON_TYPE = 'application/json';
const refTo = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const formName = (call: ApiCall): string => `${capitalised(call.id)}Form`;
const answerName = (call: ApiCall): string => `${capitalised(call.id)}Answer`;

const refusalMessage = z.string().meta({ description: 'What was wrong.' });
const notImplemented = z.object({ error: z.string() });
const OTHER_SCHEMAS = {
  Refusal: z.object({ error: z.literal(1), message: refusalMessage }),
  CodedRefusal: z.object({
    error: z.literal(1),
    message: refusalMessage,
    code: z.enum(EXTENSION_CODES).meta({ description: 'Says the same to a program.' }),
    field: z.string().meta({ description: 'The field that it is about.' }).optional(),
  }),
  HostRefused: z.object({ error: z.object({ code: z.literal('host_refused'), message: z.string() }) }),
  NotImplemented: z.object({ status: z.literal(501), error: z.literal(501), messages: notImplemented }),
};
for (const [id, schema] of Object.entries(OTHER_SCHEMAS)) components.add(schema, { id });
for (const call of API_CALLS) {
  const answer = schemaOf(call);
  if (answer) components.add(answer, { id: answerName(call) });
  if (call.form) components.add(call.form, { id: formName(call) });
}

const examples = (messages: readonly string[]): Json =>
  Object.fromEntries(
    messages.map((message, index) => [`refusal${index + 1}`, { value: { error: 1, message } }]),
  );
const EITHER_REFUSAL = { anyOf: [refTo('schemas', 'Refusal'), refTo('schemas', 'CodedRefusal')] };
const response = (description: string, schema: Json, messages: readonly string[]): Json => ({
  description,
  content: { [JSON_TYPE]: { schema, examples: examples(messages) } },
});
const REFUSAL = refTo('schemas', 'Refusal');
const coded = (description: string, code: ErrorCode): Json => ({
  description,
  content: {
    [JSON_TYPE]: {
      schema: refTo('schemas', 'CodedRefusal'),
      example: { error: 1, message: appErrorOf(code).message, code },
    },
  },
});

const RESPONSES: Readonly<Record<string, Json>> = {
  Denied: response('The token, its permission or the caller’s address is refused.', REFUSAL, [
    TEXT.noAuthentication,
    addressRefused('192.0.2.1'),
    permissionRefused(PERMISSION_TEXT['tickets.read']),
  ]),
  DeniedOrUnreadable: response(
    'The token, its permission or the caller’s address is refused, or the body or a header is malformed.',
    EITHER_REFUSAL,
    [TEXT.noAuthentication, appErrorOf('malformed_request').message],
  ),
  HostRefused: {
    description: 'The desk was called by a name that is not one of its own.',
    content: { [JSON_TYPE]: { schema: refTo('schemas', 'HostRefused') } },
  },
  TooLarge: response('The body is too large.', REFUSAL, [requestTooLarge(2.5 * 1024 * 1024)]),
  KeyReused: coded('The key belongs to another request.', 'idempotency_key_reused'),
  Unchanged: { description: 'Nothing has changed; there is no body.' },
  Changed: coded('Somebody changed it since.', 'precondition_failed'),
  Part: { description: 'The range.', content: { 'application/octet-stream': {} } },
  Missing: response('There is no such thing.', REFUSAL, [appErrorOf('attachment_not_found').message]),
  Lost: response('Its file is lost.', REFUSAL, [appErrorOf('attachment_file_gone').message]),
  OutOfRange: coded('The range lies outside of the file.', 'invalid_input'),
  TooManyStreams: coded('The token has too many streams open.', 'too_many_streams'),
  Unsupported: response('The body is sent in another encoding.', REFUSAL, [
    appErrorOf('unsupported_body').message,
  ]),
  NotImplemented: {
    description: 'HelpDeskZ never had this action (`new`, `edit`).',
    content: { [JSON_TYPE]: { schema: refTo('schemas', 'NotImplemented') } },
  },
  NotNow: response('The desk is not open, or its disk is full.', REFUSAL, [appErrorOf('not_ready').message]),
};

const OWN_RESPONSES = {
  206: 'Part',
  404: 'Missing',
  410: 'Lost',
  416: 'OutOfRange',
  429: 'TooManyStreams',
} as const;

const INFO = {
  title: 'Staffdesk API',
  version: '2.0.2',
  summary: 'The API of HelpDeskZ 2.0.2, answered by Staffdesk.',
  description: [
    'What was written for HelpDeskZ 2.0.2 works here unchanged. The HTTP status is not the outcome: an answer is JSON with `"success":1`, or with `"error":1` and a `message`, and both come with status 200.',
    'Every value of a row is a string, ids and Unix seconds included; counts, pages and the ids of what was created are numbers.',
    'Each address also works below `/index.php`, and with a slash at its end. An unknown address is answered as HelpDeskZ does: status 200 and an HTML page. A method that a call does not take is answered 400 `Api.error.authentications`.',
  ].join('\n\n'),
};

const BEARER =
  'Instead of a token: what a sign-in as Forma LMS or Faveo gave a staff member’s client, with the rights of that person. Both dialects are off until an administrator switches them on; a token of Setup → API is refused here, as HelpDeskZ does.';

/** The OpenAPI 3.1 document of the API, for the address under which the desk was reached. */
export function openApiDocument(baseUrl: string): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: INFO,
    servers: [
      { url: baseUrl, description: 'This desk' },
      { url: `${baseUrl}/index.php`, description: 'The same, by HelpDeskZ’s other address' },
    ],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ token: [] }, { bearer: [] }],
    paths: paths(),
    components: {
      schemas: componentSchemas(),
      responses: RESPONSES,
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: 'Token', description: 'A token of Setup → API.' },
        bearer: { type: 'http', scheme: 'bearer', description: BEARER },
      },
    },
  };
}

function paths(): OpenApiDocument['paths'] {
  const all: Record<string, Record<string, Operation>> = {};
  for (const call of API_CALLS) {
    for (const [index, path] of [call.path, ...(call.aliases ?? [])].entries()) {
      const methods = all[path] ?? {};
      all[path] = methods;
      methods[call.method.toLowerCase()] = operation(call, index);
    }
  }
  return all;
}

function operation(call: ApiCall, alias: number): Operation {
  const other = alias === 0 ? '' : `The same as \`${call.path}\`. `;
  return {
    operationId: alias === 0 ? call.id : `${call.id}Alias${alias}`,
    tags: [call.tag],
    summary: call.summary,
    ...(other || call.description ? { description: `${other}${call.description ?? ''}`.trim() } : {}),
    ...(call.permission === null
      ? { security: [] }
      : { 'x-permission': [call.permission].flat().join(', ') }),
    parameters: parameters(call),
    ...(call.form ? { requestBody: requestBody(call, call.form) } : {}),
    responses: responses(call, alias > 0),
  };
}

function parameters(call: ApiCall): Json[] {
  const id = {
    name: 'id',
    in: 'path',
    required: true,
    description: `Number of ${call.idOf}.`,
    schema: { type: 'integer', minimum: 1 },
    example: 1,
  };
  const query = fieldsOf(call.query).map(
    ({ name, schema: { description, examples: values, ...schema } }) => ({
      name,
      in: 'query',
      description,
      schema,
      ...(values ? { example: values[0] } : {}),
    }),
  );
  const tagged: readonly HeaderName[] = isTagged(call) ? ['If-None-Match'] : [];
  const headers = [...tagged, ...(call.headers ?? [])].map((name) => ({
    name,
    in: 'header',
    description: HEADERS[name],
    schema: { type: 'string' },
  }));
  return [...(call.path.includes('{id}') ? [id] : []), ...query, ...headers];
}

/** Files need multipart; what they are is said there only. */
function requestBody(call: ApiCall, form: z.ZodObject): Json {
  const schema = refTo('schemas', formName(call));
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const files = {
    type: 'object',
    properties: {
      'attachment[]': {
        type: 'array',
        items: file,
        description: 'Files, within the limits of the desk’s settings.',
      },
    },
  };
  const { required = [] } = jsonSchemaOf(form);
  return {
    required: required.length > 0,
    content: {
      'multipart/form-data': { schema: call.takesFiles ? { allOf: [schema, files] } : schema },
      'application/x-www-form-urlencoded': { schema },
      [JSON_TYPE]: { schema },
    },
  };
}

/** Everything that is read but a stream has an ETag. */
const isTagged = ({ method, permission, answer }: ApiCall): boolean =>
  method === 'GET' &&
  permission !== null &&
  !('mediaType' in answer && answer.mediaType === 'text/event-stream');
const takesMore = ({ form, headers }: ApiCall): boolean =>
  form !== undefined || headers?.includes('Last-Event-ID') === true;

function responses(call: ApiCall, isAlias: boolean): Operation['responses'] {
  const refused =
    call.permission === null
      ? {}
      : {
          400: refTo('responses', takesMore(call) ? 'DeniedOrUnreadable' : 'Denied'),
          ...(call.form ? { 413: refTo('responses', 'TooLarge') } : {}),
          ...(call.method === 'POST' ? { 415: refTo('responses', 'Unsupported') } : {}),
          ...(call.headers?.includes('Idempotency-Key') ? { 422: refTo('responses', 'KeyReused') } : {}),
          ...(call.headers?.includes('If-Match') ? { 412: refTo('responses', 'Changed') } : {}),
          ...(isAlias && call.method === 'GET' ? { 501: refTo('responses', 'NotImplemented') } : {}),
          503: refTo('responses', 'NotNow'),
        };
  const own = (call.statuses ?? []).map((status) => [status, refTo('responses', OWN_RESPONSES[status])]);
  return {
    200: answered(call),
    ...(isTagged(call) ? { 304: refTo('responses', 'Unchanged') } : {}),
    403: refTo('responses', 'HostRefused'),
    ...refused,
    ...Object.fromEntries(own),
  };
}

function answered(call: ApiCall): Json {
  const { answer: other } = call;
  if ('mediaType' in other) return { description: other.is, content: { [other.mediaType]: {} } };
  const answer = refTo('schemas', answerName(call));
  if (call.errors.length === 0)
    return { description: 'Success.', content: { [JSON_TYPE]: { schema: answer } } };
  const refusals = call.isCoded ? ['Refusal', 'CodedRefusal'] : ['Refusal'];
  const schema = { anyOf: [answer, ...refusals.map((name) => refTo('schemas', name))] };
  return {
    description: 'Success, or a refusal with its reason.',
    content: { [JSON_TYPE]: { schema, examples: examples(call.errors) } },
  };
}
