import type { SourceKind } from '../../../../shared/contract/sources.ts';
import { ok, type Result } from '../../../../shared/util/result.ts';
import type {
  SourceAccepted,
  SourceCredentials,
  SourceOutcome,
  SourceRefused,
  SourceReply,
  SourceTarget,
} from '../../access/sources/dialect.ts';
import { readSource, SOURCE_DIALECTS } from '../../access/sources/readSource.ts';
import type { HttpFailure, HttpOptions, HttpRequest } from '../../ports/httpFetch.ts';
import type { SourceRow } from '../../store/repositories/sources.ts';
import type { ServiceDeps } from '../context.ts';
import { failureText } from './sourceFailures.ts';

const TIMEOUT_MS = 20_000;
/** A user's picture may come along. */
const MAX_BYTES = 2 * 1024 * 1024;

/** A source with its key in the clear: for the length of one call. */
export interface OpenSource {
  readonly kind: SourceKind;
  readonly target: SourceTarget;
  readonly ca: string;
}

/** What came of a call; `failure` when no answer came. */
export interface SourceCall {
  readonly outcome: SourceOutcome;
  readonly status: number | null;
  readonly failure: HttpFailure | null;
}

export const sealPurpose = (sealName: string): string => `sign-in source ${sealName}`;

/** Opens the sealed key of a source: secrets_locked, secrets_unavailable, secret_unreadable. */
export async function openSource(
  deps: ServiceDeps,
  { kind, url, ca, sealName, sealedKey }: Pick<SourceRow, 'kind' | 'url' | 'ca' | 'sealName' | 'sealedKey'>,
): Promise<Result<OpenSource>> {
  if (sealedKey === null) return ok({ kind, target: { url, key: null }, ca });
  const key = await deps.secrets.open(sealedKey, sealPurpose(sealName));
  return key.ok ? ok({ kind, target: { url, key: key.value }, ca }) : key;
}

/**
 * Asks another system whether these credentials are right and whose they are. Each request is sent once: a refused
 * password is never tried again.
 */
export async function askSource(
  deps: ServiceDeps,
  source: OpenSource,
  credentials: SourceCredentials,
  onPhase?: HttpOptions['onPhase'],
): Promise<SourceCall> {
  const dialect = SOURCE_DIALECTS[source.kind];
  const requests = dialect.signIn(source.target, credentials);
  for (const [index, request] of requests.entries()) {
    const sent = await send(deps, source, request, onPhase);
    if ('failure' in sent) return { outcome: unreached(sent.failure), status: null, failure: sent.failure };
    const { status } = sent.reply;
    if ((status === 404 || status === 405) && index < requests.length - 1) continue;
    const read = readSource(source.kind, sent.reply, source.target, credentials);
    const outcome = read.ok ? await identified(deps, source, read) : await withCaptcha(deps, source, read);
    return { outcome, status, failure: null };
  }
  throw new Error('a dialect without a request');
}

type Sent = { readonly reply: SourceReply } | { readonly failure: HttpFailure };

async function send(
  deps: ServiceDeps,
  source: OpenSource,
  request: HttpRequest,
  onPhase?: HttpOptions['onPhase'],
): Promise<Sent> {
  const ca = source.ca === '' ? undefined : source.ca;
  const options = { timeoutMs: TIMEOUT_MS, ...(onPhase ? { onPhase } : {}) };
  const result = await deps.httpFetch({ ...request, ca, maxBytes: MAX_BYTES }, options);
  if (!result.ok) return { failure: result.error };
  const { status, headers, body } = result.value;
  return { reply: { status, headers, text: Buffer.from(body).toString('utf8'), now: deps.clock.now() } };
}

/** An answer that could not be read is no network trouble. */
function unreached(failure: HttpFailure): SourceOutcome {
  const isOdd = failure.kind === 'malformed' || failure.kind === 'too_large' || failure.kind === 'bad_url';
  const reason = isOdd ? 'protocol' : 'unreachable';
  return { ok: false, reason, serverMessage: failureText(failure.kind).text, isUnderstood: false };
}

/** With something to show where a captcha is asked for and the refusal had none with it. */
async function withCaptcha(
  deps: ServiceDeps,
  source: OpenSource,
  refused: SourceRefused,
): Promise<SourceRefused> {
  const { askCaptcha, readCaptcha } = SOURCE_DIALECTS[source.kind];
  const { captcha } = refused;
  if (!captcha || captcha.image !== null || captcha.text !== null) return refused;
  if (!askCaptcha || !readCaptcha) return refused;
  const sent = await send(deps, source, askCaptcha(source.target));
  const shown = 'reply' in sent ? readCaptcha(sent.reply) : null;
  return shown ? { ...refused, captcha: shown } : refused;
}

/** With name and e-mail address, where a further call tells them; without them it is still that person. */
async function identified(
  deps: ServiceDeps,
  source: OpenSource,
  accepted: SourceAccepted,
): Promise<SourceAccepted> {
  const { askIdentity, readIdentity } = SOURCE_DIALECTS[source.kind];
  const { username, email } = accepted.identity;
  if (email !== null || username === null || !askIdentity || !readIdentity) return accepted;
  const sent = await send(deps, source, askIdentity(source.target, username, accepted.credential));
  const identity = 'reply' in sent ? readIdentity(sent.reply, username) : null;
  return identity ? { ...accepted, identity } : accepted;
}
