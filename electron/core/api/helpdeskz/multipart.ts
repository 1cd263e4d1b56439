import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';

/** As many as PHP takes (max_input_vars); further ones are dropped. */
const MOST_FIELDS = 1000;
const MOST_FILES = 100;
/** A parser that has the whole body and still says nothing would hold the caller for ever. */
const SETTLE_MS = 10_000;

export interface PartStream extends Readable {
  /** The part was longer than `maxFileBytes`; the rest of it was dropped. */
  readonly truncated: boolean;
}

export interface MultipartReader {
  readonly maxRequestBytes: number;
  readonly maxFileBytes: number;
  field(name: string, value: string): void;
  /** Must read the stream to its end; an error it answers refuses the whole request. */
  file(name: string, fileName: string, content: PartStream): Promise<AppError | undefined>;
}

/**
 * Reads a multipart body in one pass, files while they arrive. Answers malformed_request for anything cut off
 * or not multipart, and body_too_large; never throws. The rest of a refused body is read and dropped, so that
 * the caller gets to see the answer.
 */
export function readMultipart(source: IncomingMessage, reader: MultipartReader): Promise<Result<void>> {
  const parser = createParser(source, reader.maxFileBytes);
  if (!parser) {
    source.resume();
    return Promise.resolve(err(appErrorOf('malformed_request')));
  }
  return new Promise((resolve) => {
    const open = new Set<Readable>();
    const reading: Promise<AppError | undefined>[] = [];
    const end = once(async (problem: AppError | undefined) => {
      unwatch();
      if (problem) stop(source, parser, open);
      const answers = await Promise.all(reading);
      const error = problem ?? answers.find((answer) => answer !== undefined);
      resolve(error ? err(error) : ok(undefined));
    });
    const fail = (code: AppError['code']): void => end(appErrorOf(code));
    parser.on('field', (name, value, _nameCut, valueCut) => {
      if (valueCut) fail('body_too_large');
      else reader.field(name, value);
    });
    parser.on('file', (name, content, fileName) => {
      open.add(content);
      content.on('close', () => open.delete(content));
      // A broken part is reported here and again by the parser; without a listener Node would stop.
      content.on('error', () => fail('malformed_request'));
      // A rejection that nobody awaits yet would end the process.
      reading.push(reader.file(name, fileName, content).catch(() => appErrorOf('internal')));
    });
    parser.on('error', () => fail('malformed_request'));
    parser.on('finish', () => end(undefined));
    const unwatch = watch(source, reader.maxRequestBytes, fail);
    source.pipe(parser);
  });
}

function createParser(source: IncomingMessage, maxFileBytes: number): BusboyInstance | undefined {
  try {
    return new Busboy({
      headers: { ...source.headers, 'content-type': source.headers['content-type'] ?? '' },
      // As PHP: a part is a file when it has a file name, an empty one included.
      isPartAFile: (_name, _type, fileName) => fileName !== undefined,
      limits: {
        fieldNameSize: 200,
        fieldSize: LIMITS.bodyBytes + 1,
        fields: MOST_FIELDS,
        files: MOST_FILES,
        fileSize: maxFileBytes + 1,
      },
    });
  } catch {
    return undefined;
  }
}

function once<T>(act: (value: T) => Promise<void>): (value: T) => void {
  let isDone = false;
  return (value) => {
    if (isDone) return;
    isDone = true;
    void act(value);
  };
}

/** Whoever reads a part that is still open must not wait for the rest of it. */
function stop(source: IncomingMessage, parser: BusboyInstance, open: ReadonlySet<Readable>): void {
  source.unpipe(parser);
  source.resume();
  for (const content of open) content.destroy(new Error('the request was refused'));
}

function watch(
  source: IncomingMessage,
  maxRequestBytes: number,
  fail: (code: AppError['code']) => void,
): () => void {
  let received = 0;
  let timer: NodeJS.Timeout | undefined;
  source.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > maxRequestBytes) fail('body_too_large');
  });
  source.on('end', () => {
    timer = setTimeout(() => fail('malformed_request'), SETTLE_MS);
  });
  source.on('close', () => {
    if (!source.readableEnded) fail('malformed_request');
  });
  source.on('error', () => fail('malformed_request'));
  return () => clearTimeout(timer);
}
