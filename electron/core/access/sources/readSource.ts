import type { SourceKind } from '../../../../shared/contract/sources.ts';
import type {
  SourceCredentials,
  SourceDialect,
  SourceOutcome,
  SourceReply,
  SourceTarget,
} from './dialect.ts';
import { faveo } from './faveo.ts';
import { forma } from './forma.ts';
import { helpdeskz } from './helpdeskz.ts';
import { octeth } from './octeth.ts';
import { notUnderstood, wordsOf } from './reply.ts';

export const SOURCE_DIALECTS: Readonly<Record<SourceKind, SourceDialect>> = {
  helpdeskz,
  faveo,
  forma,
  octeth,
};

/**
 * What an answer to a sign-in means, normalised over the four kinds. What is not documented is `protocol` with the
 * server's words, never «wrong password»; whatever was typed is taken out of those words.
 */
export function readSource(
  kind: SourceKind,
  reply: SourceReply,
  target: SourceTarget,
  credentials: SourceCredentials,
): SourceOutcome {
  const outcome = readStatus(reply) ?? SOURCE_DIALECTS[kind].read(reply, credentials);
  if (outcome.ok) return outcome;
  const secrets = [credentials.password, credentials.code, target.key ?? ''];
  return { ...outcome, serverMessage: withoutSecrets(outcome.serverMessage, secrets) };
}

/** What HTTP says for every kind alike. */
function readStatus(reply: SourceReply): SourceOutcome | null {
  const { status } = reply;
  if (status === 429) {
    return { ok: false, reason: 'rate_limited', serverMessage: wordsOf(reply), isUnderstood: true };
  }
  if (status >= 502 && status <= 504) {
    return { ok: false, reason: 'unreachable', serverMessage: wordsOf(reply), isUnderstood: false };
  }
  return status >= 300 && status < 400 ? notUnderstood(reply) : null;
}

function withoutSecrets(words: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .reduce((text, secret) => text.replaceAll(secret, '…'), words);
}
