import { z } from 'zod';
import type { HttpResult } from '../../../ports/httpFetch.ts';
import type { FileRefusal, RemoteFailure, RemoteResult } from '../../remote.ts';
import { causeOfAnswer, causeOfSilence } from './cause.ts';

const refusal = z.object({ error: z.literal(1), message: z.string() });
const success = z.object({ success: z.literal(1) });

const fail = (error: RemoteFailure): { ok: false; error: RemoteFailure } => ({ ok: false, error });

/**
 * What an exchange means: by content type and `success === 1`, never by the status alone (behaviour.md fact 1).
 * Whatever can't be read after the request was sent is `no_answer`: it may have been done. `url` is what was asked.
 */
export function readAnswer<T extends z.ZodType>(
  exchange: HttpResult,
  schema: T,
  url: string,
): RemoteResult<z.output<T>> {
  if (!exchange.ok) {
    const { phase, kind, detail } = exchange.error;
    if (kind === 'unreadable') return fail({ kind, detail });
    const isSafe = phase === 'resolve' || phase === 'connect' || phase === 'tls' || phase === 'sending';
    const cause = causeOfSilence(exchange.error);
    return fail({
      kind: isSafe ? 'not_sent' : 'no_answer',
      detail: `${kind}: ${detail}`,
      ...(cause === undefined ? {} : { cause }),
    });
  }
  const { status, headers, body } = exchange.value;
  // A web server before HelpDeskZ: nothing was done (RFC 9110 §15.5.14).
  if (status === 413) return fail({ kind: 'refused', detail: 'HTTP 413', files: { about: 'message' } });
  const value = headers['content-type']?.startsWith('application/json') ? parse(body) : undefined;
  const refused = refusal.safeParse(value);
  if (refused.success) return fail(failureOf(status, refused.data.message));
  const known = success.safeParse(value).success ? schema.safeParse(value) : undefined;
  if (known?.success) return { ok: true, value: known.data };
  return fail({
    kind: 'no_answer',
    detail: `HTTP ${status}, not an answer of HelpDeskZ’s API`,
    ...causeOfAnswer(exchange.value, value, url),
  });
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** Token, address and permission are HTTP 400; validation and not-found are HTTP 200 (2.1). */
function failureOf(status: number, detail: string): RemoteFailure {
  if (status === 400) {
    if (detail.startsWith('IP address')) return { kind: 'denied', reason: 'address', detail };
    if (detail.startsWith('Permission not allowed')) return { kind: 'denied', reason: 'permission', detail };
    return { kind: 'denied', reason: 'token', detail };
  }
  if (/ not found\.$/.test(detail) && !detail.includes('ID')) return { kind: 'not_found', detail };
  const files = fileRefusalOf(detail);
  return { kind: 'refused', detail, ...(files && { files }) };
}

/** What it says of files (3.1). A form that PHP found too large is lost as a whole, and the first field is missing. */
function fileRefusalOf(detail: string): FileRefusal | undefined {
  if (/^(Opener|Ticket ID) is missing\./.test(detail)) return { about: 'message' };
  const mostMb = /File is too big\. Maximum size is (\d+(?:\.\d+)?)/.exec(detail)?.[1];
  if (mostMb !== undefined) return { about: 'size', mostBytes: Math.floor(Number(mostMb) * 1024 * 1024) };
  return detail.includes('File is not allowed.') ? { about: 'file' } : undefined;
}
