import type { FastifyRequest } from 'fastify';
import type { WorkspaceCaller } from '../domain/workspaceRules.ts';
import type { OriginFacts } from './originPolicy.ts';

/** Headers of the control socket; never accepted on TCP. */
export const CONTROL_HEADER = 'x-staffdesk-control';
export const SESSION_HEADER = 'x-staffdesk-session';

/** Through which door a request came. */
export type Surface = 'tcp' | 'control';

/** The caller's address for lock-outs, IP lists and the sign-in log; the control socket is this machine. */
export function peerAddress(request: FastifyRequest, surface: Surface): string {
  if (surface === 'control') return '127.0.0.1';
  return request.ip.replace(/^::ffff:/, '');
}

/** Added by proxies; a browser has no reason to send them. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** The connection as it is, not as a proxy describes it. */
export function connectionFacts({ raw, headers }: FastifyRequest): WorkspaceCaller {
  return {
    socketAddress: raw.socket.remoteAddress,
    host: headers.host,
    isForwarded: FORWARDED.some((name) => headers[name] !== undefined),
  };
}

export function userAgent(request: FastifyRequest): string {
  return (request.headers['user-agent'] ?? '').slice(0, 300);
}

/** What a browser tells about the page that sends a request. */
export function originFacts(request: FastifyRequest): OriginFacts {
  const site = request.headers['sec-fetch-site'];
  // A person following a link to the page itself is fine; its calls are not.
  const isPageLoad = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  return {
    method: request.method,
    origin: request.headers.origin,
    secFetchSite: isPageLoad || Array.isArray(site) ? undefined : site,
    ownOrigin: `${request.protocol}://${request.headers.host ?? ''}`,
  };
}
