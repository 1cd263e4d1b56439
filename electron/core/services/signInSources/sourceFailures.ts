import type { ErrorCode } from '../../../../shared/contract/errors.ts';
import type { SourceReason } from '../../access/sources/dialect.ts';
import type { HttpFailureKind } from '../../ports/httpFetch.ts';

interface FailureText {
  /** What happened. */
  readonly text: string;
  /** What to do about it. */
  readonly wayOut: string;
}

const FAILURES: Readonly<Record<HttpFailureKind, FailureText>> = {
  bad_url: { text: 'The address can’t be used.', wayOut: 'Check the address.' },
  unresolved: {
    text: 'No server is known under this name.',
    wayOut: 'Check the address for mistakes, and whether this machine reaches a name server.',
  },
  no_connection: {
    text: 'The server does not take the connection.',
    wayOut: 'Check the port and whether a firewall lies between.',
  },
  proxy_unsupported: {
    text: 'The way to the server is a kind of proxy that can’t be used.',
    wayOut:
      'Name an HTTP proxy in the environment (HTTPS_PROXY), or have the network let the server through.',
  },
  proxy_refused: {
    text: 'The proxy of this network lets nobody through to the server.',
    wayOut: 'Have the proxy allow the server’s address without a sign-in.',
  },
  untrusted: {
    text: 'The server’s certificate is not trusted.',
    wayOut:
      'If it is your own authority’s, paste its certificate below. If not, somebody may be listening in.',
  },
  tls: {
    text: 'The server does not speak TLS here.',
    wayOut: 'Check the port, and whether it is https:// there.',
  },
  timeout: { text: 'The server took too long.', wayOut: 'Try again; look at the load of that server.' },
  aborted: { text: 'The call was broken off.', wayOut: 'Try again.' },
  cut: { text: 'The connection broke off.', wayOut: 'Try again; look at the log of that server.' },
  unreadable: { text: 'What was to be sent could not be read.', wayOut: 'Try again.' },
  too_large: { text: 'The answer is too long to be one.', wayOut: 'Check the address.' },
  malformed: { text: 'The answer is not HTTP.', wayOut: 'Check the port.' },
};

export const failureText = (kind: HttpFailureKind): FailureText => FAILURES[kind];

/** The error of this desk for what another system refused. `hasCode`: a second factor had been typed. */
export function codeOf(reason: SourceReason, hasCode: boolean): ErrorCode {
  switch (reason) {
    case 'second_factor':
      return hasCode ? 'source_code_wrong' : 'source_code_missing';
    case 'bad_credentials':
    case 'captcha':
    case 'locked':
    case 'inactive':
    case 'disabled':
    case 'rate_limited':
    case 'unreachable':
    case 'protocol':
      return `source_${reason}`;
  }
}
