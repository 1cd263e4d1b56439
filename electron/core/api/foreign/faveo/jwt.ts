import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Ids } from '../../../ports/ids.ts';

export interface Claims {
  readonly iss: string;
  /** Seconds since 1970, like `exp` and `nbf`. */
  readonly iat: number;
  readonly exp: number;
  readonly nbf: number;
  readonly jti: string;
  readonly sub: number;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A JWT (RFC 7519), HS256, for clients that read `exp` in it. It is signed with a key that nobody keeps: we know our
 * tokens by their hash, like every other session, so there is no key to steal, no algorithm to choose, and a token
 * ends with its session.
 */
export function newJwt(claims: Claims, ids: Ids): string {
  const content = `${encoded({ typ: 'JWT', alg: 'HS256' })}.${encoded(claims)}`;
  return `${content}.${createHmac('sha256', ids.secret(64)).update(content).digest('base64url')}`;
}

const expiry = z.object({ exp: z.number() });

/** Whether a token says of itself that its time is over. Its word counts for the text of a refusal only. */
export function saysExpired(token: string, now: number): boolean {
  try {
    const [, payload = ''] = token.split('.');
    const claims = expiry.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return claims.success && claims.data.exp * 1000 <= now;
  } catch {
    return false;
  }
}
