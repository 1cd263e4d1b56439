import { timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { StaffActor } from '../domain/actor.ts';
import { callRefusal } from '../domain/rights.ts';
import { isAtThisMachine } from '../domain/workspaceRules.ts';
import type { Logger } from '../ports/logger.ts';
import { authenticate } from '../services/sessions.ts';
import type { AppContext } from './app/context.ts';
import { type AppRouter, appRouter } from './app/router.ts';
import { hasBody, watchBodyFlow } from './bodyFlow.ts';
import type { DeskPort } from './deskPort.ts';
import { registerEvents } from './events.ts';
import { type Admit, registerFiles, sendError } from './files.ts';
import { registerHelpdeskz, sendPageNotFound } from './helpdeskz/plugin.ts';
import { isAllowedHost, isOwnRequest } from './originPolicy.ts';
import { registerPages } from './pages.ts';
import {
  CONTROL_HEADER,
  connectionFacts,
  originFacts,
  peerAddress,
  SESSION_HEADER,
  type Surface,
  userAgent,
} from './peer.ts';

/** As long as browsers keep a cookie; the core decides when a session ends. */
const SESSION_MAX_AGE_S = 400 * 24 * 60 * 60;
/** tRPC inputs; files go through /files. */
const BODY_LIMIT_BYTES = 20 * 1024 * 1024;
/** What somebody sends who has not signed in: names, passwords, the first screen's form. */
const STRANGER_BODY_BYTES = 64 * 1024;
const HEADERS_TIMEOUT_MS = 60_000;

export interface ServerOptions {
  readonly desk: DeskPort;
  readonly log: Logger;
  readonly surface: Surface;
  /** Whether the window is served here (Node host) or only the HelpDeskZ API (TCP of the Electron host). */
  readonly serveApp: boolean;
  /** Folder of the built window; null while developing (Vite serves it). */
  readonly rendererDir: string | null;
  /** Required with surface `control`. */
  readonly controlSecret?: string;
  /** Names besides this machine's loopback ones. */
  readonly allowedHosts?: readonly string[];
  readonly trustedProxies?: readonly string[];
  readonly tls?: { readonly cert: string; readonly key: string };
  /** How long a caller may take; a minute for the headers and between looks at a body unless said otherwise. */
  readonly patience?: { readonly headersMs: number; readonly lookEveryMs: number };
}

/** One server of a desk: the HelpDeskZ API, and the app API with the window where it is served. Not yet listening. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const { patience } = options;
  const headersTimeout = patience?.headersMs ?? HEADERS_TIMEOUT_MS;
  const limits = { headersTimeout, connectionsCheckingInterval: headersTimeout / 2 };
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: 5000, ignoreTrailingSlash: false },
    trustProxy: options.trustedProxies ? [...options.trustedProxies] : false,
    requestTimeout: 0,
    connectionTimeout: 0,
    frameworkErrors: (_error, _request, reply) => sendPageNotFound(reply),
    ...(options.tls
      ? { https: { cert: options.tls.cert, key: options.tls.key, ...limits } }
      : { http: limits }),
  }) as FastifyInstance;
  app.addHook('onRequest', (request, reply, done) => {
    watchBodyFlow(request.raw, patience ?? {});
    const refused = refusal(options, request);
    if (refused) sendError(reply, refused);
    else done();
  });
  const { desk, log, surface } = options;
  app.register(inScope((scope) => registerHelpdeskz(scope, { desk, log, surface })));
  if (options.serveApp) app.register(inScope((scope) => registerApp(scope, options)));
  return app;
}

/** Names the kind of plugin: Fastify takes callback ones under the same name. */
function inScope(register: (scope: FastifyInstance) => Promise<void> | void): FastifyPluginAsync {
  return async (scope) => register(scope);
}

function refusal(options: ServerOptions, request: FastifyRequest) {
  if (options.surface === 'control') {
    const given = Buffer.from(String(request.headers[CONTROL_HEADER] ?? ''));
    const wanted = Buffer.from(options.controlSecret ?? '');
    const isRight = wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
    return isRight ? null : appErrorOf('forbidden');
  }
  return isAllowedHost(request.headers.host, options.allowedHosts ?? []) ? null : appErrorOf('host_refused');
}

async function registerApp(app: FastifyInstance, options: ServerOptions): Promise<void> {
  await app.register(cookie);
  app.addHook('onRequest', (request, reply, done) => {
    if (options.surface === 'control' || isOwnRequest(originFacts(request))) done();
    else sendError(reply, appErrorOf('origin_refused'));
  });
  const identify = (request: FastifyRequest): StaffActor | null => {
    const token = sessionToken(options, request);
    const services = options.desk.services();
    return services && token !== null ? authenticate(services.deps, token) : null;
  };
  app.addHook('onRequest', (request, reply, done) => {
    const isSmall = !hasBody(request.raw) || announcedBytes(request) <= STRANGER_BODY_BYTES;
    if (isSmall || options.surface === 'control' || identify(request)) return done();
    // The rest of a refused body is not read: the connection must not be used again.
    sendError(reply.header('connection', 'close'), appErrorOf('body_too_large'));
  });
  // The framework's own words for a fault hold its message: file names, SQL.
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode === 413) return sendError(reply, appErrorOf('body_too_large'));
    if (statusCode < 500) return sendError(reply, appErrorOf('invalid_input'));
    options.log.error('app_route_failed', { route: request.routeOptions.url, error });
    return sendError(reply, appErrorOf('internal'));
  });
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    createContext: ({ req, res }) => appContext(options, req, res, identify(req)),
  };
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
  const admit: Admit = (request, reply) => {
    const services = options.desk.services();
    const actor = identify(request);
    const refusal = services ? callRefusal(actor, fileCall(request), true) : 'not_ready';
    if (services && actor && !refusal) return { services, actor };
    sendError(reply, appErrorOf(refusal ?? 'signed_out'));
    return null;
  };
  await app.register(inScope((scope) => registerFiles(scope, admit)));
  registerEvents(app, { events: () => options.desk.events, actor: identify });
  if (options.rendererDir !== null) await registerPages(app, options.rendererDir);
}

/** Infinity where a body comes in pieces, without its size. */
function announcedBytes({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? Number.POSITIVE_INFINITY);
}

/** A route of files as the table of rights names it. */
function fileCall({ method, routeOptions }: FastifyRequest): string {
  return `${method === 'HEAD' ? 'GET' : method} ${routeOptions.url ?? ''}`;
}

/** Cookies ignore ports: the name holds the workspace, so that two desks do not sign each other out. */
function cookieName(options: ServerOptions): string {
  return `staffdesk_${options.desk.status().workspaceId}`;
}

function sessionToken(options: ServerOptions, request: FastifyRequest): string | null {
  if (options.surface === 'control') {
    const header = request.headers[SESSION_HEADER];
    return typeof header === 'string' && header !== '' ? header : null;
  }
  return request.cookies[cookieName(options)] ?? null;
}

function appContext(
  options: ServerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: StaffActor | null,
): AppContext {
  return {
    desk: options.desk,
    log: options.log,
    address: peerAddress(request, options.surface),
    isAtThisMachine: isAtThisMachine(connectionFacts(request)),
    userAgent: userAgent(request),
    actor,
    sessionToken: sessionToken(options, request),
    setSession: (token) => {
      if (options.surface === 'control') void reply.header(SESSION_HEADER, token ?? '');
      else if (token === null) void reply.clearCookie(cookieName(options), { path: '/' });
      else void reply.setCookie(cookieName(options), token, cookieOptions(options));
    },
  };
}

function cookieOptions(options: ServerOptions) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: options.tls !== undefined,
    maxAge: SESSION_MAX_AGE_S,
  };
}
