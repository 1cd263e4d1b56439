import type { HttpRequest } from '../../ports/httpFetch.ts';

/** What is asked of the other system. */
export interface SourceTarget {
  /** Without a slash at its end. */
  readonly url: string;
  /** API token, API key or code, as the kind has it; null = none. */
  readonly key: string | null;
}

export interface SourceCredentials {
  readonly username: string;
  readonly password: string;
  /** Second factor of the other system; empty = none was typed. */
  readonly code: string;
  /** What was read off its captcha; empty = none was typed. */
  readonly captcha: string;
  /** Which captcha that was, where it has a name. */
  readonly captchaId: string;
  /** Where the person who signs in sits. */
  readonly address: string;
}

/** An answer as the network brought it. */
export interface SourceReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** When it came. */
  readonly now: number;
}

export interface SourceIdentity {
  readonly id: string | null;
  readonly username: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** The other system's own word. */
  readonly role: string | null;
}

export type SourceReason =
  | 'bad_credentials'
  | 'second_factor'
  | 'captcha'
  | 'locked'
  | 'inactive'
  | 'disabled'
  | 'rate_limited'
  | 'unreachable'
  | 'protocol';

/** A captcha as far as the other system shows it in its answer. */
export interface SourceCaptcha {
  readonly id: string | null;
  /** A picture as a data: address. */
  readonly image: string | null;
  readonly text: string | null;
}

export interface SourceAccepted {
  readonly ok: true;
  /** Nothing else of the answer is kept: it may hold password hashes and secrets. */
  readonly identity: SourceIdentity;
  readonly credential: string | null;
  readonly expiresAt: number | null;
}

export interface SourceRefused {
  readonly ok: false;
  readonly reason: SourceReason;
  /** The other system's words, plain text. */
  readonly serverMessage: string;
  /** Whether it spoke the language that was expected, whatever it said. */
  readonly isUnderstood: boolean;
  readonly captcha?: SourceCaptcha;
}
export type SourceOutcome = SourceAccepted | SourceRefused;

/** How one kind of system is asked and what its answers mean; pure. */
export interface SourceDialect {
  /** The requests that sign in; a later one is for where the path of the one before does not exist. */
  signIn(target: SourceTarget, credentials: SourceCredentials): readonly HttpRequest[];
  read(reply: SourceReply, credentials: SourceCredentials): SourceOutcome;
  /** Asks for a captcha to show, where the refusal had none with it. */
  askCaptcha?(target: SourceTarget): HttpRequest;
  readCaptcha?(reply: SourceReply): SourceCaptcha | null;
  /** Asks who that is, where the first answer did not say; null = it cannot be asked. */
  askIdentity?(target: SourceTarget, username: string, credential: string | null): HttpRequest;
  readIdentity?(reply: SourceReply, username: string): SourceIdentity | null;
}
