import type { FastifyRequest } from 'fastify';
import type { Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { Captchas } from '../../services/dialects/captchas.ts';
import type { Peer } from '../../services/sessions.ts';
import type { TokenUses } from '../../services/tokenUses.ts';
import type { Answer } from './answer.ts';
import type { Fields } from './fields.ts';

/** One call in the words of another system. */
export interface ForeignCall {
  readonly deps: ServiceDeps;
  readonly request: FastifyRequest;
  readonly peer: Peer;
  readonly captchas: Captchas;
  readonly uses: TokenUses;
  /** The path without its query. */
  readonly path: string;
  /** Reads the body; only once. */
  readonly fields: () => Promise<Result<Fields>>;
}

export type ForeignHandler = (call: ForeignCall) => Promise<Answer>;

/** A value of the query string; of a repeated name the last one counts, as in PHP. */
export function queryValue(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  return Array.isArray(value) ? value.at(-1) : value;
}
