import { multipart, type Part, urlencoded } from './client.ts';
import type { Expected } from './compare.ts';
import type { Exchange, FormEntry } from './exchanges.ts';
import { pngOf } from './png.ts';

function withToken(text: string, token: string): string {
  return text.replace('<token>.toLowerCase()', token.toLowerCase()).replace('<token>', token);
}

function partOf({ name, value, filename, type, size, base64 }: FormEntry): Part {
  if (filename === undefined) return { name, value: value ?? '' };
  const content = base64 == null ? pngOf(size ?? 0) : Buffer.from(base64, 'base64');
  return { name, filename, content, ...(type === undefined ? {} : { type }) };
}

function bodyOf({ headers, form, body }: Exchange['request']) {
  if (body !== undefined) return { body: Buffer.from(body), contentType: headers['Content-Type'] ?? '' };
  if (form === undefined) return undefined;
  if (headers['Content-Type'] !== 'application/x-www-form-urlencoded') return multipart(form.map(partOf));
  return urlencoded(Object.fromEntries(form.map(({ name, value }) => [name, value ?? ''])));
}

/** A recorded request as it goes over the wire, with a token of the desk that is asked. */
export function requestOf({ request }: Exchange, token: string) {
  const sent = bodyOf(request);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, withToken(value, token)]),
  );
  if (sent) headers['Content-Type'] = sent.contentType;
  const path = withToken(request.path, token);
  return { method: request.method, path, headers, ...(sent ? { body: sent.body } : {}) };
}

export function recorded({ response }: Exchange): Expected {
  const isPage = response.body_truncated === true;
  return {
    status: response.status,
    contentType: response.headers['content-type'] ?? '',
    location: response.headers.location,
    body: response.body,
    isPage,
  };
}
