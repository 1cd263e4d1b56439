import type { FastifyRequest } from 'fastify';

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

export function userAgent(request: FastifyRequest): string {
  return (request.headers['user-agent'] ?? '').slice(0, 300);
}
