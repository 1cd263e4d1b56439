import { createHash } from 'node:crypto';
import { escapeHtml } from '../helpdeskz/phpValues.ts';
import { type ApiCall, HEADERS, schemaOf, TAGS } from './call.ts';
import { API_CALLS } from './calls.ts';
import { curlOf } from './curl.ts';
import { DOCS_SCRIPT, DOCS_STYLE } from './docsStyle.ts';
import {
  componentSchemas,
  exampleOf,
  type Field,
  fieldsOf,
  type JsonSchema,
  jsonSchemaOf,
} from './fields.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only this page's own style and script; nothing else is loaded, sent or framed. */
export const DOCS_CSP = `default-src 'none'; style-src ${hash(DOCS_STYLE)}; script-src ${hash(DOCS_SCRIPT)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The API for people: every call with its fields, a curl line, what it answers and what it refuses. */
export function docsPage(baseUrl: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Staffdesk API</title>
<style>${DOCS_STYLE}</style>
</head>
<body>
${navigation()}
<main>
${introduction(baseUrl)}
${tags((tag) => section(tag, baseUrl))}
</main>
<script>${DOCS_SCRIPT}</script>
</body>
</html>
`;
}

const tags = (of: (tag: ApiCall['tag']) => string): string =>
  (Object.keys(TAGS) as ApiCall['tag'][]).map(of).join('\n');
const callsOf = (tag: ApiCall['tag']): ApiCall[] => API_CALLS.filter((call) => call.tag === tag);
const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;
/** Descriptions mark code with back-ticks. */
const prose = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
const heading = (text: string): string => `<h4>${text}</h4>`;

function navigation(): string {
  const list = (tag: ApiCall['tag']): string =>
    `<h2>${tag}</h2><ul>${callsOf(tag)
      .map(({ id, summary }) => `<li><a href="#${id}">${escapeHtml(summary)}</a></li>`)
      .join('')}</ul>`;
  return `<nav aria-label="Calls"><p>Staffdesk API</p>${tags(list)}</nav>`;
}

function introduction(baseUrl: string): string {
  return `<h1>Staffdesk API</h1>
<p>This desk answers the API of HelpDeskZ 2.0.2 at ${code(baseUrl)}. A program reads all of this page as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<p>Make a token in Setup → API and put it into the header ${code('Token')}. The lines below find it in a variable of your terminal:</p>
${copyable('TOKEN=…the token…')}
<p class="soft after">The HTTP status is not the outcome: an answer has ${code('"success":1')}, or ${code('"error":1')} and a message, and both come with status 200. Status 400 means that the token, its permission or the caller’s address is refused, or that the body can’t be read. Bodies may be ${code('multipart/form-data')}, ${code('application/x-www-form-urlencoded')} or ${code('application/json')}. Every value of a row is text; counts and the numbers of what was created are numbers.</p>`;
}

function section(tag: ApiCall['tag'], baseUrl: string): string {
  const articles = callsOf(tag).map((call) => article(call, baseUrl));
  return `<section aria-labelledby="${tag}"><h2 id="${tag}">${tag}</h2><p class="soft">${prose(TAGS[tag])}</p>
${articles.join('\n')}</section>`;
}

function article(call: ApiCall, baseUrl: string): string {
  const aliases = (call.aliases ?? []).map((path) => `, also ${code(path)}`).join('');
  return `<article id="${call.id}">
<h3>${escapeHtml(call.summary)}</h3>
<div class="address"><span class="method ${call.method}">${call.method}</span>${code(call.path)}<span class="facts">${call.permission === null ? 'no token needed' : `needs ${[call.permission].flat().map(code).join(' or ')}`}${aliases}</span></div>
${call.description === undefined ? '' : `<p class="soft">${prose(call.description)}</p>`}
${fieldTable(call)}
${heading('In a terminal')}
${copyable(curlOf(call, baseUrl))}
${heading('Answer')}
${answerOf(call)}
${refusals(call)}
</article>`;
}

function answerOf(call: ApiCall): string {
  const schema = schemaOf(call);
  if (!schema) return 'is' in call.answer ? `<p>${prose(call.answer.is)}</p>` : '';
  const example = exampleOf(jsonSchemaOf(schema), componentSchemas());
  return `<pre>${code(JSON.stringify(example, null, 2))}</pre>`;
}

function copyable(line: string): string {
  return `<div class="line"><pre>${code(line)}</pre><button type="button" hidden>Copy</button></div>`;
}

function fieldTable(call: ApiCall): string {
  const id = {
    name: 'id',
    schema: { type: 'integer', description: `Number of ${call.idOf}, in the address.` },
  };
  const files = {
    type: 'file',
    description: 'Files, within the limits of the desk’s settings; multipart only.',
  };
  const rows: Field[] = [
    ...(call.path.includes('{id}') ? [{ ...id, isRequired: true }] : []),
    ...fieldsOf(call.query),
    ...fieldsOf(call.form),
    ...(call.takesFiles ? [{ name: 'attachment[]', schema: files, isRequired: false }] : []),
    ...(call.headers ?? []).map((name) => ({
      name,
      schema: { type: 'header', description: HEADERS[name] },
      isRequired: false,
    })),
  ];
  if (rows.length === 0) return '';
  return `<table><thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.map(fieldRow).join('')}</tbody></table>`;
}

function fieldRow({ name, schema, isRequired }: Field): string {
  const needed = isRequired ? '<span class="needed">required</span>' : '';
  return `<tr><td>${code(name)}${needed}</td><td class="type">${escapeHtml(typeOf(schema))}</td><td>${prose(schema.description ?? '')}</td></tr>`;
}

function typeOf({ enum: values, type }: JsonSchema): string {
  if (values) return values.join(', ');
  return type === 'integer' ? 'number' : type === 'string' ? 'text' : (type ?? '');
}

function refusals({ errors }: ApiCall): string {
  if (errors.length === 0) return '';
  const items = errors.map((message) => `<li>${escapeHtml(message)}</li>`).join('');
  return `<details><summary>${errors.length} ${errors.length === 1 ? 'refusal' : 'refusals'}</summary><ul>${items}</ul></details>`;
}
