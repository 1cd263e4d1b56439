import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type {
  HttpFailure,
  HttpFailureKind,
  HttpFetch,
  HttpOptions,
  HttpPhase,
  HttpRequest,
  HttpResult,
  HttpUpload,
} from './httpFetch.ts';
import { type Connections, createConnections } from './nodeConnections.ts';
import type { Environment, ProxyRules, Ways } from './proxyRules.ts';

const MAX_BYTES = 1024 * 1024;

/**
 * HttpFetch over Node's own client. Goes through the proxies that `env` names (HTTP_PROXY, HTTPS_PROXY, NO_PROXY), else
 * those that `proxyRules` names, but for this machine itself; trusts the authorities of Node, of NODE_EXTRA_CA_CERTS
 * and of the operating system.
 */
export function createNodeHttpFetch(env: Environment, proxyRules?: ProxyRules): HttpFetch {
  const connections = createConnections(env, proxyRules);
  return (request, options) => {
    const url = readUrl(request.url);
    if (!url) return Promise.resolve(failure('bad_url', 'resolve', request.url));
    if (options.signal?.aborted) return Promise.resolve(failure('aborted', 'resolve', 'before it began'));
    return new Exchange(request, options, connections).run(url);
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
  readonly #connections: Connections;
  readonly #done = Promise.withResolvers<HttpResult>();
  readonly #timer: NodeJS.Timeout;
  #phase: HttpPhase = 'resolve';
  #host = '';
  #client: ClientRequest | null = null;
  #ways: Ways | null = null;
  #isFresh = false;
  #isWide = false;
  #isOver = false;

  constructor(request: HttpRequest, options: HttpOptions, connections: Connections) {
    this.#request = request;
    this.#options = options;
    this.#connections = connections;
    const { timeoutMs } = options;
    this.#timer = setTimeout(() => this.#fail('timeout', `after ${timeoutMs} ms`), timeoutMs);
  }

  run(url: URL): Promise<HttpResult> {
    const { signal } = this.#options;
    const onAbort = (): void => this.#fail('aborted', 'by the caller');
    signal?.addEventListener('abort', onAbort);
    void this.#begin(url);
    void this.#done.promise.then((result) => {
      if (!result.ok && isUnreached(result.error)) this.#giveUpWay(url);
    });
    return this.#done.promise.finally(() => {
      clearTimeout(this.#timer);
      signal?.removeEventListener('abort', onAbort);
    });
  }

  async #begin(url: URL): Promise<void> {
    this.#enter('resolve');
    this.#isWide = this.#connections.trustsSystem();
    try {
      this.#ways ??= await this.#connections.proxies.waysTo(url);
      const [way] = this.#ways.ways;
      if (!way) return this.#fail('proxy_unsupported', this.#ways.unsupported.join('; '));
      const agent = await this.#connections.agentFor(url, this.#request, way, this.#isFresh);
      if (!this.#isOver) this.#send(url, agent);
    } catch (error) {
      // Node refuses a header with a line break, and certificates that are none.
      this.#failWith(error);
    }
  }

  #send(url: URL, agent: Awaited<ReturnType<Connections['agentFor']>>): void {
    this.#host = url.hostname.replace(/^\[|\]$/g, '');
    const { method, headers, body = '', upload } = this.#request;
    const content = Buffer.from(body);
    const sizeBytes = upload?.sizeBytes ?? content.length;
    const client = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      ...{ method, agent },
      headers: { 'accept-encoding': 'identity', ...headers, ...lengthOf(method, sizeBytes) },
    });
    this.#client = client;
    client.on('socket', (socket) => this.#watchSocket(socket));
    client.on('finish', () => this.#enter('sent'));
    client.on('response', (response) => this.#read(response));
    client.on('error', (error) => {
      if (!this.#goesAgain(client, codeOf(error)) && !this.#hasOtherWay(url, codeOf(error)))
        this.#failWith(error);
      else if (this.#client === client) void this.#begin(url);
    });
    // What breaks while it is read breaks the request.
    if (upload) pipeline(this.#counted(upload), client, () => undefined);
    else client.end(content);
  }

  async *#counted(upload: HttpUpload): AsyncGenerator<Uint8Array> {
    let sentBytes = 0;
    try {
      for await (const chunk of upload.read()) {
        yield chunk;
        sentBytes += chunk.length;
        this.#timer.refresh();
        this.#options.onSent?.(sentBytes);
      }
    } catch (error) {
      // Before the connection ends: that must not look like one that broke by itself.
      this.#fail('unreadable', wordsOf(error));
      throw error;
    }
  }

  /**
   * A connection that was left open may have been closed meanwhile: nothing came back, and what is safe to repeat is
   * sent on a new one. A certificate that only the operating system knows gets a second look; nothing was sent.
   */
  #goesAgain(client: ClientRequest, code: string): boolean {
    if (this.#isOver) return false;
    if (this.#phase !== 'headers' && this.#phase !== 'body' && client.reusedSocket) {
      this.#isFresh = true;
      return this.#request.method === 'GET' || this.#phase !== 'sent';
    }
    return UNKNOWN_ISSUER.test(code) && !this.#isWide && this.#connections.trustSystem();
  }

  /** Nothing was reached on this one, so nothing was sent. */
  #hasOtherWay(url: URL, code: string): boolean {
    const [phase, ways] = [this.#phase, this.#ways?.ways ?? []];
    if (this.#isOver || ways.length < 2 || !isUnreached({ kind: kindOf(code, phase), phase })) return false;
    this.#giveUpWay(url);
    return true;
  }

  #giveUpWay(url: URL): void {
    const [way, ...ways] = this.#ways?.ways ?? [];
    if (way) this.#connections.proxies.failed(url, way);
    this.#ways = { ways, unsupported: [] };
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
      this.#end({ ok: true, value });
      // It answered before it had heard all: what is left would be taken for the next request.
      if (!this.#client?.writableFinished) this.#client?.destroy();
    });
  }

  #enter(phase: HttpPhase, fact?: string): void {
    this.#phase = phase;
    this.#options.onPhase?.(phase, fact);
  }

  #end(result: HttpResult): void {
    this.#isOver = true;
    this.#done.resolve(result);
  }

  #fail(kind: HttpFailureKind, detail: string): void {
    if (this.#isOver) return;
    this.#end(failure(kind, this.#phase, detail));
    this.#client?.destroy();
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
function lengthOf(method: string, sizeBytes: number): Record<string, string> {
  return method === 'GET' && sizeBytes === 0 ? {} : { 'content-length': String(sizeBytes) };
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

const UNKNOWN_ISSUER = /SELF_SIGNED|UNABLE_TO_/;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|_CA$|ERR_TLS_/;

function isUnreached({ kind, phase }: Pick<HttpFailure, 'kind' | 'phase'>): boolean {
  const isEarly = phase === 'resolve' || phase === 'connect';
  return isEarly && (kind === 'unresolved' || kind === 'no_connection' || kind === 'timeout');
}

/** What the system's code means for the request. */
function kindOf(code: string, phase: HttpPhase): HttpFailureKind {
  if (code === 'ERR_PROXY_TUNNEL') return 'proxy_refused';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'unresolved';
  if (code.startsWith('HPE_') || code.startsWith('ERR_INVALID_')) return 'malformed';
  if (CERTIFICATE.test(code)) return 'untrusted';
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO' || phase === 'tls') return 'tls';
  return phase === 'resolve' || phase === 'connect' ? 'no_connection' : 'cut';
}
