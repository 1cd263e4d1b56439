import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { findTarget, pathSegments, type Target } from '../../../electron/core/api/helpdeskz/routing.ts';
import { openApiDocument } from '../../../electron/core/api/openapi/document.ts';
import type { JsonSchema } from '../../../electron/core/api/openapi/fields.ts';

interface Answered {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<
    Record<
      string,
      {
        readonly schema?: object;
        readonly examples?: Readonly<Record<string, { value: { message: string } }>>;
      }
    >
  >;
}

export const apiDocument = openApiDocument('http://127.0.0.1:8484');
const DOCUMENT = 'https://desk.invalid/openapi.json';
/** Readers may meet new keys; these tests may not: every object is closed to what the document does not know. */
const closed = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  ...(schema.properties
    ? {
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(schema.properties).map(([name, value]) => [name, closed(value)]),
        ),
      }
    : {}),
  ...(schema.items ? { items: closed(schema.items) } : {}),
  ...(schema.anyOf ? { anyOf: schema.anyOf.map(closed) } : {}),
});
const closedDocument = {
  ...apiDocument,
  components: {
    ...apiDocument.components,
    schemas: Object.fromEntries(
      Object.entries(apiDocument.components.schemas).map(([id, schema]) => [id, closed(schema)]),
    ),
  },
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(closedDocument, DOCUMENT);

/** One operation, and where it stands in the document. */
interface Place {
  readonly path: string;
  readonly method: string;
}

const places: Place[] = Object.entries(apiDocument.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ path, method })),
);
/** What addresses mean to the router: those that no template has, `/api/users/foo/1`, end at one of these, too. */
const byTarget = new Map<string, Place>();
for (const place of places) {
  const target = nameOf(targetOf(place.method.toUpperCase(), place.path.replace('{id}', '1')));
  if (target !== undefined && !byTarget.has(target)) byTarget.set(target, place);
}

function targetOf(method: string, path: string): Target {
  const segments = pathSegments(path);
  return segments ? findTarget(method, segments) : { kind: 'page_not_found' };
}

function nameOf(target: Target): string | undefined {
  return target.kind === 'action' ? `${target.resource}.${target.action}` : undefined;
}

function placeOf(method: string, path: string): Place | undefined {
  // Where no route of the API begins, //api for one, there is nothing but the page; nor behind a lone %.
  if (!pathSegments(path) || !/^\/(?:index\.php\/)?api(?:\/|$)/.test(path)) return undefined;
  const target = targetOf(method, path);
  if (target.kind !== 'page_not_found') return byTarget.get(nameOf(target) ?? '');
  const plain = path.replace(/(?<=.)\/$/, '');
  return places.find((place) => place.method === method.toLowerCase() && templateOf(place.path).test(plain));
}

const templateOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('{id}', '[^/]+')}$`);

/** What an answer has that the document does not say; none = it is as documented. */
export function undocumented(method: string, url: string, answer: Answered): string[] {
  const [path = ''] = url.split('?', 1);
  const place = placeOf(method, path);
  const problems = place && answer.status !== 501 ? problemsAt(place, answer) : outside(method, answer);
  return problems.map(
    (problem) => `${method} ${url} ${answer.status}: ${problem}: ${answer.body.slice(0, 300)}`,
  );
}

const KNOWN_OUTSIDE = ['Refusal', 'NotImplemented', 'HostRefused'].map((id) =>
  ajv.compile({ $ref: `${DOCUMENT}#/components/schemas/${id}` }),
);

/** No call of the document: HelpDeskZ's page, its redirect, or a refusal (the document's own description). */
function outside(method: string, { status, contentType, body }: Answered): string[] {
  if (method === 'HEAD') return body === '' ? [] : ['a body'];
  if (contentType.startsWith('text/html')) {
    const isPage = status === 200 && body.includes('<title>Page not found - 404</title>');
    return isPage || (status === 303 && body === '') ? [] : ['another page'];
  }
  const isKnown = [400, 403, 415, 501, 503].includes(status);
  const value: unknown = isKnown ? parsed(body) : undefined;
  return KNOWN_OUTSIDE.some((validate) => validate(value)) ? [] : ['not one of the refusals'];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function problemsAt(place: Place, { status, contentType, body }: Answered): string[] {
  const found = responseAt(place, status);
  if (!found) return ['status is not documented'];
  const { response, pointer } = found;
  if (!response.content) return body === '' ? [] : ['a body, where none is documented'];
  const mediaType = contentType.split(';', 1)[0] ?? '';
  const media = response.content[mediaType];
  if (!media) return [`${contentType} is not documented`];
  if (!media.schema) return [];
  const value = parsed(body);
  const validate = validatorAt(`${pointer}/content/${escaped(mediaType)}/schema`);
  if (!validate(value)) return [ajv.errorsText(validate.errors)];
  return status === 200 ? unknownRefusal(value, media.examples ?? {}) : [];
}

function responseAt(place: Place, status: number): { response: Response; pointer: string } | undefined {
  const operation = apiDocument.paths[place.path]?.[place.method];
  const response: Response | undefined = operation?.responses[status];
  if (!response) return undefined;
  if (response.$ref === undefined) {
    return { response, pointer: `#/paths/${escaped(place.path)}/${place.method}/responses/${status}` };
  }
  const name = response.$ref.split('/').at(-1) ?? '';
  return { response: apiDocument.components.responses?.[name] as Response, pointer: response.$ref };
}

const escaped = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

const validators = new Map<string, ValidateFunction>();

function validatorAt(pointer: string): ValidateFunction {
  const made = validators.get(pointer) ?? ajv.compile({ $ref: `${DOCUMENT}${pointer}` });
  validators.set(pointer, made);
  return made;
}

/** A refusal says one or more of the call's own texts, whatever the numbers in them. */
function unknownRefusal(
  value: unknown,
  examples: Readonly<Record<string, { readonly value: { readonly message: string } }>>,
): string[] {
  const { message } = value as { message?: string };
  if (!(value as { error?: number }).error || message === undefined) return [];
  const texts = Object.values(examples).map((example) => patternOf(example.value.message));
  return new RegExp(`^(?:${texts.join('|')})(?: (?:${texts.join('|')}))*$`).test(message)
    ? []
    : ['not among the call’s refusals'];
}

const patternOf = (message: string): string =>
  message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\d+(?:\\\.\d+)?/g, '\\d+(?:\\.\\d+)?');
