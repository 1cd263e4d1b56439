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
  /** PEM certificates to trust besides the public authorities; checking is never off. */
  readonly ca?: string | undefined;
  /** An answer's body above this is refused; 1 MiB unless said otherwise. */
  readonly maxBytes?: number;
}

export interface HttpOptions {
  /** Ends the request with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** For the whole exchange; then it ends with `timeout`. */
  readonly timeoutMs: number;
  /** Called as a phase begins; `fact` is what the one before found out (address, certificate, status). */
  readonly onPhase?: (phase: HttpPhase, fact?: string) => void;
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
  | 'untrusted'
  | 'tls'
  | 'timeout'
  | 'aborted'
  | 'cut'
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

/** One outgoing request on a connection of its own. Never throws, never retries. */
export type HttpFetch = (request: HttpRequest, options: HttpOptions) => Promise<HttpResult>;
