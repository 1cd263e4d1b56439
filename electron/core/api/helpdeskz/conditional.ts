import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { type Answer, failure } from './answers.ts';
import type { Call } from './call.ts';

/** A strong validator of an answer's text (RFC 9110 §8.8.3): another byte, another tag. */
function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url')}"`;
}

/** The tag of a successful answer; what is streamed has been given one, or has none. */
function tagOf({ refusal, status, headers, body }: Answer): string | undefined {
  if (refusal !== undefined || (status !== 200 && status !== 206)) return undefined;
  return headers?.ETag ?? (typeof body === 'string' ? etagOf(body) : undefined);
}

/** Puts the tag on what a GET answers, or says 304 to who has it already (RFC 9110 §13.1.2, weak comparison). */
export function withETag(headers: IncomingHttpHeaders, answer: Answer): Answer {
  const ETag = tagOf(answer);
  if (ETag === undefined) return answer;
  const tagged = { ...answer, headers: { ...answer.headers, ETag } };
  const known = headers['if-none-match'];
  if (known === undefined || !isListed(known, ETag, true)) return tagged;
  if (typeof answer.body !== 'string') answer.body.destroy();
  return { ...answer, status: 304, body: '', headers: { ETag } };
}

/**
 * `If-Match` of a change (RFC 9110 §13.1.1): 412 unless the thing is as the caller read it by `show`. Ask it in the
 * same breath as the change, with nothing awaited in between.
 */
export function changedSince(call: Call, show: (call: Call) => Answer): Answer | undefined {
  const wanted = call.headers['if-match'];
  if (wanted === undefined) return undefined;
  const ETag = tagOf(show(call));
  if (ETag !== undefined && isListed(wanted, ETag, false)) return undefined;
  return { ...failure(appErrorOf('precondition_failed')), ...(ETag ? { headers: { ETag } } : {}) };
}

function isListed(header: string, tag: string, isWeak: boolean): boolean {
  const strong = (one: string): string => (isWeak ? one.trim().replace(/^W\//, '') : one.trim());
  return header.split(',').some((one) => one.trim() === '*' || strong(one) === strong(tag));
}
