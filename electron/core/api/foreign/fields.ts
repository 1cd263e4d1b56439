import type { IncomingMessage } from 'node:http';
import { ok, type Result } from '../../../../shared/util/result.ts';
import { readInto } from '../helpdeskz/form.ts';

/** Whoever sends these has not signed in yet: names and passwords, no files. */
const MOST_BYTES = 64 * 1024;
const STALL_MS = 60_000;

export type Fields = ReadonlyMap<string, string>;

/** The fields of a body in any encoding that the HelpDeskZ API takes. Files are read past, nothing is kept. */
export async function readFields(source: IncomingMessage, stallMs = STALL_MS): Promise<Result<Fields>> {
  const fields = new Map<string, string>();
  const file = async (_name: string, _fileName: string, content: { resume(): unknown }) => {
    content.resume();
    return undefined;
  };
  // Requests that Fastify injects come without a socket and never stall.
  source.setTimeout?.(stallMs);
  const read = await readInto(source, fields, { maxFileBytes: 0, file }, MOST_BYTES);
  source.setTimeout?.(0);
  return read.ok ? ok(fields) : read;
}
