/** The window's own address. `app` is a standard, secure scheme that only this program serves. */
export const APP_SCHEME = 'app';
const APP_HOST = 'staffdesk';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** What the core answers, through the control socket; everything else is a file of the renderer. */
const coreRoutes = /^\/(?:trpc|files|events)(?:\/|$)/;

export const isCoreRoute = (pathname: string): boolean => coreRoutes.test(pathname);

/** Parses an address without throwing. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** True for addresses of our own window. Node gives custom schemes the origin "null", so the parts are compared. */
export function isAppUrl(text: string): boolean {
  const url = parseUrl(text);
  if (!url) return false;
  const hasNoExtras = url.username === '' && url.password === '' && url.port === '';
  return url.protocol === `${APP_SCHEME}:` && url.hostname === APP_HOST && hasNoExtras;
}
