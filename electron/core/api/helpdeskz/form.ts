import type { IncomingMessage } from 'node:http';
import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { FileForMessage } from '../../services/messageWriter.ts';
import { hasBody } from '../bodyFlow.ts';
import { readMultipart } from './multipart.ts';
import { requestTooLarge } from './texts.ts';
import { createUploads, type Uploads, uploadRules } from './uploads.ts';

/** The query string: of a repeated name the last value counts, as in PHP. */
export type Query = Readonly<Record<string, string | undefined>>;

/** What a call sent: fields that have one text each, and judged files. */
export interface Form {
  get(name: string): string | undefined;
  /** The reference's words for the first file that may not come in. */
  readonly fileProblem: string | undefined;
  /** The same for two requests that ask for the same, however each was encoded. */
  fingerprint(): string;
  /** Makes the files part of the desk, durably; rows may refer to them afterwards. */
  keepFiles(): Promise<Result<FileForMessage[]>>;
  /** Removes the files that were not kept. */
  discard(): Promise<void>;
}

/** Texts may triple when they are percent-encoded. */
const MOST_TEXT_BYTES = 3 * LIMITS.bodyBytes;
const MOST_FIELDS = 1000;
/** A body of which nothing arrives for so long is given up with its connection. */
const STALL_MS = 60_000;

/**
 * Reads a body in any of the three encodings, whatever the documentation's examples and clients use. The query
 * string fills in what the body lacks: the documentation calls the fields «query parameters».
 */
export async function readForm(
  deps: ServiceDeps,
  source: IncomingMessage,
  query: Query,
  stallMs = STALL_MS,
): Promise<Result<Form>> {
  const rules = uploadRules(deps);
  const uploads = createUploads(deps, rules);
  const fields = new Map<string, string>();
  // Requests that Fastify injects come without a socket and never stall.
  source.setTimeout?.(stallMs);
  const read = await readInto(source, fields, uploads, MOST_TEXT_BYTES + rules.allFilesBytes);
  source.setTimeout?.(0);
  if (!read.ok) {
    await uploads.discard();
    const { code } = read.error;
    return code === 'body_too_large'
      ? err(appErrorOf(code, { message: requestTooLarge(rules.maxFileBytes) }))
      : read;
  }
  return ok({
    get: (name) => fields.get(name) ?? query[name],
    fileProblem: uploads.problem(),
    fingerprint: () => {
      const values = Object.entries({ ...query, ...Object.fromEntries(fields) });
      return JSON.stringify([values.sort(([a], [b]) => (a < b ? -1 : 1)), uploads.contents()]);
    },
    keepFiles: uploads.keep,
    discard: uploads.discard,
  });
}

export async function readInto(
  source: IncomingMessage,
  fields: Map<string, string>,
  uploads: Pick<Uploads, 'maxFileBytes' | 'file'>,
  maxRequestBytes: number,
): Promise<Result<void>> {
  if (!hasBody(source)) return ok(undefined);
  const announced = Number(source.headers['content-length'] ?? 0);
  if (announced > maxRequestBytes) return refuse(source, appErrorOf('body_too_large'));
  const encoding = source.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') return refuse(source, unreadable('not compressed'));
  const type = (source.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'multipart/form-data') {
    const { file, maxFileBytes } = uploads;
    const field = (name: string, value: string): void => void fields.set(name, value);
    return readMultipart(source, { maxRequestBytes, maxFileBytes, field, file });
  }
  if (type !== 'application/x-www-form-urlencoded' && type !== 'application/json') {
    return refuse(
      source,
      unreadable('multipart/form-data, application/x-www-form-urlencoded or application/json'),
    );
  }
  const text = await readText(source, maxRequestBytes);
  if (!text.ok) return text;
  return type === 'application/json' ? readJson(text.value, fields) : readUrlencoded(text.value, fields);
}

function refuse(source: IncomingMessage, error: AppError): Result<never> {
  source.resume();
  return err(error);
}

function unreadable(expected: string): AppError {
  return appErrorOf('unsupported_body', {
    message: `The request could not be read: send it as ${expected}.`,
  });
}

async function readText(source: IncomingMessage, maxBytes: number): Promise<Result<string>> {
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      received += (chunk as Buffer).length;
      if (received > maxBytes) return refuse(source, appErrorOf('body_too_large'));
      chunks.push(chunk as Buffer);
    }
  } catch {
    return err(appErrorOf('malformed_request'));
  }
  return ok(Buffer.concat(chunks).toString('utf8'));
}

function readUrlencoded(text: string, fields: Map<string, string>): Result<void> {
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.size >= MOST_FIELDS) break;
    fields.set(name, value);
  }
  return ok(undefined);
}

/** An object whose values are single; lists and objects count as not sent, like `name[]` of a form. */
function readJson(text: string, fields: Map<string, string>): Result<void> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err(appErrorOf('malformed_request'));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return err(appErrorOf('malformed_request'));
  }
  for (const [name, entry] of Object.entries(value).slice(0, MOST_FIELDS)) {
    if (typeof entry === 'string' || typeof entry === 'number') fields.set(name, String(entry));
    // As PHP writes a boolean into a form.
    if (typeof entry === 'boolean') fields.set(name, entry ? '1' : '0');
  }
  return ok(undefined);
}
