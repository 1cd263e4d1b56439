import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Dialect } from '../../../../shared/contract/dialects.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { type Captchas, createCaptchas } from '../../services/dialects/captchas.ts';
import { isDialectOn } from '../../services/dialects/sessions.ts';
import type { TokenUses } from '../../services/tokenUses.ts';
import { pageNotFound, send } from '../helpdeskz/answers.ts';
import { isFromPageElsewhere } from '../originPolicy.ts';
import { originFacts, peerAddress, type Surface, userAgent } from '../peer.ts';
import type { ForeignHandler } from './call.ts';
import { faveoAuthenticate, faveoCheckUrl, faveoUser } from './faveo/authenticate.ts';
import { readFields } from './fields.ts';
import { formaAuthenticate } from './forma/authenticate.ts';
import { octeth } from './octeth/octeth.ts';

export interface DialectOptions {
  readonly desk: { services(): { readonly deps: ServiceDeps } | null };
  readonly surface: Surface;
  readonly bodyStallMs?: number;
  readonly uses: TokenUses;
}

interface Route {
  readonly dialect: Dialect;
  readonly method: 'GET' | 'POST';
  readonly urls: readonly string[];
  readonly handle: ForeignHandler;
}

const ROUTES: readonly Route[] = [
  { dialect: 'octeth', method: 'POST', urls: ['/api.php'], handle: octeth },
  {
    dialect: 'forma',
    method: 'POST',
    urls: [
      '/api/auth/authenticate',
      '/api/auth/authenticate/',
      '/api/auth/authenticate.json',
      '/api/auth/authenticate.xml',
    ],
    handle: formaAuthenticate,
  },
  {
    dialect: 'faveo',
    method: 'POST',
    urls: ['/api/v1/authenticate', '/api/v1/authenticate/'],
    handle: faveoAuthenticate,
  },
  {
    dialect: 'faveo',
    method: 'GET',
    urls: ['/api/v1/authenticate/user', '/api/v1/authenticate/user/'],
    handle: faveoUser,
  },
  { dialect: 'faveo', method: 'GET', urls: ['/api/v1/helpdesk/check-url'], handle: faveoCheckUrl },
];

/**
 * Adds the sign-in calls of other systems (Setup → API → Sign-in dialects). One that is off answers like an
 * address that does not exist. Bodies are read here, as in the HelpDeskZ API, whose scope this is.
 */
export function registerDialects(scope: FastifyInstance, options: DialectOptions): void {
  let captchas: Captchas | undefined;
  const answer = async (route: Route, request: FastifyRequest, reply: FastifyReply) => {
    const deps = options.desk.services()?.deps;
    if (!deps || !isDialectOn(deps, route.dialect)) return send(reply, pageNotFound);
    // A page somebody looks at could guess from their machine, and lock them out of it.
    if (isFromPageElsewhere(originFacts(request)))
      return reply.code(403).send({ error: appErrorOf('origin_refused') });
    captchas ??= createCaptchas(deps.clock, deps.ids);
    const [path = ''] = (request.raw.url ?? '').split('?', 1);
    const answered = await route.handle({
      deps,
      request,
      path,
      captchas,
      uses: options.uses,
      peer: { address: peerAddress(request, options.surface), userAgent: userAgent(request) },
      fields: () => readFields(request.raw, options.bodyStallMs),
    });
    return send(reply, answered);
  };
  for (const route of ROUTES) {
    for (const url of route.urls) {
      const handler = (request: FastifyRequest, reply: FastifyReply) => answer(route, request, reply);
      scope.route({ method: route.method, url, handler });
    }
  }
}
