import http, { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { appErrorOf, type ErrorCode } from '../../shared/contract/errors.ts';
import { CONTROL_HEADER, SESSION_HEADER } from '../core/api/peer.ts';
import type { CoreAddress } from '../core/host/coreProtocol.ts';

/** Where the staff session lives between requests: custom schemes have no cookies. */
export interface SessionKeeper {
  read(): string | null;
  /** An empty token signs out. */
  write(token: string): void;
}

/** What of a page's request reaches the core. Credentials are ours to add, never the page's. */
const passedOn = [
  'accept',
  'accept-language',
  'content-length',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'last-event-id',
  'range',
  'user-agent',
];
/** Belongs to the one connection (RFC 9110 7.6.1), or is meant for us and not for the page. */
const heldBack = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  CONTROL_HEADER,
  SESSION_HEADER,
]);
/** A Response may not carry a body with these. */
const bodiless = new Set([204, 205, 304]);

// One connection per request: a core that was restarted has no stale sockets, and streams never wait in line.
const agent = new http.Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

/** An answer of our own, in the shape the core's files answer failures with. */
export function errorResponse(status: number, code: ErrorCode): Response {
  return Response.json({ error: appErrorOf(code) }, { status });
}

function requestHeaders(request: Request, core: CoreAddress, session: SessionKeeper): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = { host: 'localhost', [CONTROL_HEADER]: core.controlSocket.secret };
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const token = session.read();
  if (token) headers[SESSION_HEADER] = token;
  return headers;
}

function responseHeaders(incoming: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming)) {
    if (value === undefined || heldBack.has(name)) continue;
    for (const item of Array.isArray(value) ? value : [value]) headers.append(name, item);
  }
  return headers;
}

/** Reads ahead by little and destroys the core's answer when the window lets go of it. */
function toResponse(incoming: IncomingMessage, method: string): Response {
  const status = incoming.statusCode ?? 502;
  const headers = responseHeaders(incoming.headers);
  if (method === 'HEAD' || bodiless.has(status)) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array<ArrayBuffer>>;
  return new Response(body, { status, headers });
}

function keepSession(incoming: IncomingMessage, session: SessionKeeper): void {
  const token = incoming.headers[SESSION_HEADER];
  if (typeof token === 'string') session.write(token);
}

/**
 * Passes a page's request to the core's control socket and its answer back, both as streams. node:http and not
 * net.fetch, which never closes a forwarded stream: cancelled answers would pile up in the core.
 */
export function forwardToCore(
  request: Request,
  core: CoreAddress,
  session: SessionKeeper,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  return new Promise((resolve) => {
    const outgoing = http.request({
      agent,
      socketPath: core.controlSocket.path,
      method: request.method,
      path: pathname + search,
      headers: requestHeaders(request, core, session),
    });
    const abort = () => outgoing.destroy();
    // The last thing a closing page does is to write down what is being typed: its going must not take that back.
    const isWrite = request.method === 'POST' && pathname.startsWith('/trpc/');
    if (!isWrite) request.signal.addEventListener('abort', abort);
    outgoing.on('close', () => request.signal.removeEventListener('abort', abort));
    // After the answer's head an error ends the body's stream; before it, this is all the page hears.
    outgoing.on('error', () => resolve(errorResponse(502, 'core_unreachable')));
    outgoing.on('response', (incoming) => {
      keepSession(incoming, session);
      resolve(toResponse(incoming, request.method));
    });
    send(request, outgoing);
  });
}

function send(request: Request, outgoing: http.ClientRequest): void {
  if (!request.body) {
    outgoing.end();
    return;
  }
  const body = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]);
  // A failed upload destroys the request, whose `error` or `response` then speaks.
  pipeline(body, outgoing).catch(() => outgoing.destroy());
}
