import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { getCACertificates, TLSSocket } from 'node:tls';
import type {
  HttpFailureKind,
  HttpFetch,
  HttpOptions,
  HttpPhase,
  HttpRequest,
  HttpResult,
} from './httpFetch.ts';

const MAX_BYTES = 1024 * 1024;
const LOOPBACK = /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * HttpFetch over Node's own client. Goes through the proxies that `env` names (HTTP_PROXY, HTTPS_PROXY, NO_PROXY),
 * but for this machine itself: as browsers do.
 */
export function createNodeHttpFetch(env: Environment): HttpFetch {
  return (request, options) => {
    const url = readUrl(request.url);
    if (!url) return Promise.resolve(failure('bad_url', 'resolve', request.url));
    if (options.signal?.aborted) return Promise.resolve(failure('aborted', 'resolve', 'before it began'));
    return new Exchange(request, options).run(url, LOOPBACK.test(url.hostname) ? {} : env);
  };
}

function readUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && url.username === '' && url.password === '';
  return isPlain && /^https?:$/.test(url.protocol) ? url : null;
}

const failure = (kind: HttpFailureKind, phase: HttpPhase, detail: string): HttpResult => ({
  ok: false,
  error: { kind, phase, detail },
});

/** One request from its first look-up to its last byte. */
class Exchange {
  readonly #request: HttpRequest;
  readonly #options: HttpOptions;
  readonly #done = Promise.withResolvers<HttpResult>();
  #phase: HttpPhase = 'resolve';
  #host = '';
  #client: ClientRequest | null = null;

  constructor(request: HttpRequest, options: HttpOptions) {
    this.#request = request;
    this.#options = options;
  }

  run(url: URL, env: Environment): Promise<HttpResult> {
    const { signal, timeoutMs } = this.#options;
    const onAbort = (): void => this.#fail('aborted', 'by the caller');
    const timer = setTimeout(() => this.#fail('timeout', `after ${timeoutMs} ms`), timeoutMs);
    signal?.addEventListener('abort', onAbort);
    this.#enter('resolve');
    try {
      this.#send(url, env);
    } catch (error) {
      // Node refuses a header with a line break, and certificates that are none.
      this.#failWith(error);
    }
    return this.#done.promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.#client?.destroy();
    });
  }

  #send(url: URL, env: Environment): void {
    const isTls = url.protocol === 'https:';
    this.#host = url.hostname.replace(/^\[|\]$/g, '');
    const { method, headers, body = '' } = this.#request;
    const content = Buffer.from(body);
    const common = {
      method,
      headers: { 'accept-encoding': 'identity', ...headers, ...lengthOf(method, content) },
    };
    const proxyEnv = { ...env };
    this.#client = isTls
      ? httpsRequest(url, { ...common, agent: new HttpsAgent({ proxyEnv, ...this.#trusted() }) })
      : httpRequest(url, { ...common, agent: new HttpAgent({ proxyEnv }) });
    this.#client.on('socket', (socket) => this.#watchSocket(socket));
    this.#client.on('finish', () => this.#enter('sent'));
    this.#client.on('response', (response) => this.#read(response));
    this.#client.on('error', (error) => this.#failWith(error));
    this.#client.end(content);
  }

  #trusted(): { ca?: string[] } {
    const { ca } = this.#request;
    return ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] };
  }

  #watchSocket(socket: Socket): void {
    const isTls = socket instanceof TLSSocket;
    // Through a proxy's tunnel it comes connected.
    if (!socket.connecting) {
      this.#enter('sending');
      return;
    }
    if (isIP(this.#host)) this.#enter('connect', this.#host);
    socket.once('lookup', (error, address) => {
      if (!error) this.#enter('connect', address);
    });
    socket.once('connect', () => this.#enter(isTls ? 'tls' : 'sending', socket.remoteAddress));
    socket.once('secureConnect', () => this.#enter('sending', isTls ? tlsFact(socket) : undefined));
  }

  #read(response: IncomingMessage): void {
    const { maxBytes = MAX_BYTES } = this.#request;
    const status = response.statusCode ?? 0;
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    this.#enter('headers', String(status));
    response.on('data', (chunk: Buffer) => {
      if (sizeBytes === 0) this.#enter('body');
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) this.#fail('too_large', `more than ${maxBytes} bytes`);
      else chunks.push(chunk);
    });
    response.on('error', (error) => this.#failWith(error));
    response.on('end', () => {
      const value = { status, headers: headersOf(response), body: Buffer.concat(chunks) };
      this.#done.resolve({ ok: true, value });
    });
  }

  #enter(phase: HttpPhase, fact?: string): void {
    this.#phase = phase;
    this.#options.onPhase?.(phase, fact);
  }

  #fail(kind: HttpFailureKind, detail: string): void {
    this.#done.resolve(failure(kind, this.#phase, detail));
  }

  #failWith(error: unknown): void {
    const code = codeOf(error);
    this.#fail(kindOf(code, this.#phase), [code, wordsOf(error)].filter(Boolean).join(': '));
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Where several addresses were tried, each one's words. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** A body of known length; without one, servers that read chunked bodies badly would hang. */
function lengthOf(method: string, content: Buffer): Record<string, string> {
  return method === 'GET' && content.length === 0 ? {} : { 'content-length': String(content.length) };
}

function headersOf(response: IncomingMessage): Record<string, string> {
  const known = Object.entries(response.headers).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, [value].flat().join(', ')]));
}

function tlsFact(socket: TLSSocket): string {
  const { subject, issuer } = socket.getPeerCertificate();
  const names = [subject?.CN, issuer?.CN ?? issuer?.O].flat().filter((name) => name !== undefined);
  return [socket.getProtocol() ?? 'TLS', ...names].join(', ');
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|_CA$|ERR_TLS_/;

/** What the system's code means for the request. */
function kindOf(code: string, phase: HttpPhase): HttpFailureKind {
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'unresolved';
  if (code.startsWith('HPE_') || code.startsWith('ERR_INVALID_')) return 'malformed';
  if (CERTIFICATE.test(code)) return 'untrusted';
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO' || phase === 'tls') return 'tls';
  return phase === 'resolve' || phase === 'connect' ? 'no_connection' : 'cut';
}
