/**
 * How far a request got. `sending`: the body is being handed over; `sent`: all of it left this process, so the
 * other side may have acted on it; `headers`, `body`: it answers. Before `sent` a request is safe to repeat.
 */
export const HTTP_PHASES = ['resolve', 'connect', 'tls', 'sending', 'sent', 'headers', 'body'] as const;
export type HttpPhase = (typeof HTTP_PHASES)[number];

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** http or https, without a user name or password in it. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** In the place of `body`: what is too large to be held, read while it is sent. */
  readonly upload?: HttpUpload;
  /**
   * May go over a connection that an earlier request left open, and leaves its own open for the next. Off: the request
   * goes through every phase.
   */
  readonly reuse?: boolean;
  /** PEM certificates to trust besides the public authorities; checking is never off. */
  readonly ca?: string | undefined;
  /** An answer's body above this is refused; 1 MiB unless said otherwise. */
  readonly maxBytes?: number;
}

export interface HttpUpload {
  readonly sizeBytes: number;
  /** From its beginning, each time it is called. Throws where it can't give exactly `sizeBytes`. */
  read(): AsyncIterable<Uint8Array>;
}

export interface HttpOptions {
  /** Ends the request with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** For the whole exchange, then it ends with `timeout`; of an upload, since the other side last took some of it. */
  readonly timeoutMs: number;
  /** Called as a phase begins; `fact` is what the one before found out (address, certificate, status). */
  readonly onPhase?: (phase: HttpPhase, fact?: string) => void;
  /** How many bytes of an upload have been handed over; from the beginning again where it goes again. */
  readonly onSent?: (sentBytes: number) => void;
}

/** Any status is an answer. Redirects are answers too: nothing that carries a password goes where nobody sent it. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; of headers that may come several times, all in one line. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type HttpFailureKind =
  | 'bad_url'
  | 'unresolved'
  | 'no_connection'
  /** The way there is a kind of proxy that can't be used, or a proxy that lets nobody through. */
  | 'proxy_unsupported'
  | 'proxy_refused'
  | 'untrusted'
  | 'tls'
  | 'timeout'
  | 'aborted'
  | 'cut'
  /** The upload could not be read to its end: it was broken off, the other side did not get it whole. */
  | 'unreadable'
  | 'too_large'
  | 'malformed';

export interface HttpFailure {
  readonly kind: HttpFailureKind;
  /** The phase it was in. */
  readonly phase: HttpPhase;
  /** The system's own words, for people who look after networks; never a header or a body. */
  readonly detail: string;
}

export type HttpResult =
  | { readonly ok: true; readonly value: HttpAnswer }
  | { readonly ok: false; readonly error: HttpFailure };

/**
 * One outgoing request. Never throws, and never repeats what the other side may have acted on: only where a connection
 * that was left open turns out to be closed, a GET, and what had not been sent to its end, goes again on a new one.
 */
export type HttpFetch = (request: HttpRequest, options: HttpOptions) => Promise<HttpResult>;
