import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { AppError, ErrorCode } from '../../../../shared/contract/errors.ts';
import { TEXT } from './texts.ts';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Readable;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set where the call was refused: what it was told. */
  readonly refusal?: string;
}

export const JSON_TYPE = 'application/json; charset=UTF-8';
const CACHE_CONTROL = 'no-store, max-age=0, no-cache';
const HTML_TYPE = 'text/html; charset=UTF-8';

export function send(reply: FastifyReply, { status, contentType, body, headers }: Answer): FastifyReply {
  reply.code(status).header('Content-Type', contentType).header('Cache-control', CACHE_CONTROL);
  if (headers) reply.headers(headers);
  return reply.send(body);
}

const json = (status: number, body: string | Readable): Answer => ({ status, contentType: JSON_TYPE, body });

const refused = (status: number, message: string): Answer => ({
  ...json(status, JSON.stringify({ error: 1, message })),
  refusal: message,
});

/** `success` comes first, as in the reference. */
export function success(values: Readonly<Record<string, unknown>>): Answer {
  return json(200, JSON.stringify({ success: 1, ...values }));
}

/** A success whose JSON text is written by the caller, in parts or as a whole. */
export function successText(body: string | Readable): Answer {
  return json(200, body);
}

/** Validation and «not found»: HTTP 200, the outcome is in the body (behaviour.md fact 1). */
export function refusal(message: string): Answer {
  return refused(200, message);
}

/** Token, address and permission failures: 400, never 401 or 403. */
export function denied(message: string): Answer {
  return refused(400, message);
}

export function notImplemented(action: string): Answer {
  const messages = { error: `"${action}" action not implemented.` };
  return { ...json(501, JSON.stringify({ status: 501, error: 501, messages })), refusal: messages.error };
}

/** Calls that reach a controller past its filter. */
export const unfiltered = denied(TEXT.unfiltered);

/** Where the reference's CSRF filter sends a POST: the site's root. */
export function csrfRedirect(siteUrl: string): Answer {
  const url = URL.parse(siteUrl);
  // What an older version stored may be anything: nothing but a page, and nothing that ends a header.
  const location = /^https?:$/.test(url?.protocol ?? '') ? `${url?.href.replace(/\/+$/, '')}/` : '/';
  return { status: 303, contentType: HTML_TYPE, body: '', headers: { location } };
}

/** Unknown addresses: an HTML page with status 200 (behaviour.md fact 1). */
export const pageNotFound: Answer = {
  status: 200,
  contentType: HTML_TYPE,
  body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Page not found - 404</title></head>
<body><h1>Page not found - 404</h1><p>There is nothing at this address.</p></body>
</html>
`,
};

const FAILURE_STATUS: Partial<Record<ErrorCode, number>> = {
  malformed_request: 400,
  idempotency_key_invalid: 400,
  idempotency_key_reused: 422,
  precondition_failed: 412,
  since_unknown: 400,
  too_many_streams: 429,
  file_unreadable: 400,
  body_too_large: 413,
  unsupported_body: 415,
  disk_full: 503,
  database_busy: 503,
  database_corrupt: 503,
  database_too_new: 503,
  folder_not_writable: 503,
  not_ready: 503,
  not_installed: 503,
  upgrade_needed: 503,
  internal: 500,
};

/** The status of what went wrong before or beside the rules of a call. */
export function failureStatus(error: AppError): number {
  return FAILURE_STATUS[error.code] ?? 200;
}

/** What only callers of our extensions get to see: they may decide by a code, and by the name of what is wrong. */
export const EXTENSION_CODES = [
  'idempotency_key_invalid',
  'idempotency_key_reused',
  'precondition_failed',
  'since_unknown',
  'too_many_streams',
  'invalid_input',
] as const satisfies readonly ErrorCode[];

/** What the reference has no words for, in ours. */
export function failure({ code, message, field }: AppError): Answer {
  const answer = refused(FAILURE_STATUS[code] ?? 200, message);
  if (!EXTENSION_CODES.some((known) => known === code)) return answer;
  return { ...answer, body: JSON.stringify({ error: 1, message, code, field }) };
}
