import { type Protocol, protocol } from 'electron';
import { RENDERER_CSP } from '../../shared/contentSecurityPolicy.ts';
import { APP_SCHEME, appOriginOf, isCoreRoute } from './appOrigin.ts';
import type { CoreSupervisor } from './coreSupervisor.ts';
import { ERROR_PAGE_CSP, errorPage, RETRY_PATH } from './errorPage.ts';
import { errorResponse, forwardToCore, type SessionKeeper } from './forward.ts';
import { readStaticFile } from './staticFiles.ts';

export type AppProtocolOptions = {
  /** Of this desk's pages; requests of any other page are refused. */
  origin: string;
  /** Another desk's origin that a page without a core leads back to. */
  home: string | null;
  core: CoreSupervisor;
  session: SessionKeeper;
  rendererDir: string;
  dataDir: string;
};

/** Makes app:// a scheme like https. Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

function pageResponse(body: BodyInit, mediaType: string, csp: string, status = 200): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': mediaType,
      'content-security-policy': csp,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-cache',
    },
  });
}

/** Only our own pages may ask: a frame without an origin, or any other page, may not even read. */
function isFromElsewhere(request: Request, own: string): boolean {
  const origin = request.headers.get('origin');
  return origin !== null && origin !== own;
}

async function servePage(pathname: string, options: AppProtocolOptions): Promise<Response> {
  const state = options.core.state();
  if (state.name === 'failed') {
    const html = errorPage(state.error, options.dataDir, options.home);
    return pageResponse(html, 'text/html; charset=utf-8', ERROR_PAGE_CSP, 503);
  }
  const file = await readStaticFile(options.rendererDir, pathname);
  return file ? pageResponse(file.body, file.mediaType, RENDERER_CSP) : errorResponse(404, 'not_found');
}

function retry({ core, origin }: AppProtocolOptions): Response {
  core.retry();
  return new Response(null, { status: 303, headers: { location: `${origin}/` } });
}

/** Answers every request of a desk's pages: files of the renderer itself, everything else by asking the core. */
export function createAppHandler(options: AppProtocolOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    if (appOriginOf(request.url) !== options.origin) return errorResponse(404, 'not_found');
    if (isFromElsewhere(request, options.origin)) return errorResponse(403, 'origin_refused');
    const { pathname } = new URL(request.url);
    if (isCoreRoute(pathname)) {
      const address = await options.core.whenReady();
      return address.ok
        ? forwardToCore(request, address.value, options.session)
        : errorResponse(503, 'not_ready');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return errorResponse(404, 'not_found');
    return pathname === RETRY_PATH ? retry(options) : servePage(pathname, options);
  };
}

/** Serves app:// in a session. Call after the app is ready. */
export function serveApp(
  on: Pick<Protocol, 'handle'>,
  handle: (request: Request) => Promise<Response>,
): void {
  on.handle(APP_SCHEME, handle);
}
