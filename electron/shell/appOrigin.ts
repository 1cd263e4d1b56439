/** Addresses of the window. `app` is a standard, secure scheme that only this program serves. */
export const APP_SCHEME = 'app';
const APP_HOST = 'staffdesk';
/** Of the desk the program was started with. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
/** Other desks have a host of their own, so that their pages share nothing. */
const otherHost = /^[a-z0-9]{12}\.staffdesk$/;

/** What the core answers, through the control socket; everything else is a file of the renderer. */
const coreRoutes = /^\/(?:trpc|files|events)(?:\/|$)/;

export const isCoreRoute = (pathname: string): boolean => coreRoutes.test(pathname);

/** Parses an address without throwing. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** The origin of another desk than the program's first, by its key in the list of workspaces. */
export const originOfKey = (key: string): string => `${APP_SCHEME}://${key}.${APP_HOST}`;

/**
 * The origin of a page of ours, whichever desk it is of; null for every other address. Node gives custom schemes the
 * origin "null", so the parts are compared.
 */
export function appOriginOf(text: string): string | null {
  const url = parseUrl(text);
  if (!url || url.protocol !== `${APP_SCHEME}:`) return null;
  if (url.username !== '' || url.password !== '' || url.port !== '') return null;
  const isOurs = url.hostname === APP_HOST || otherHost.test(url.hostname);
  return isOurs ? `${APP_SCHEME}://${url.hostname}` : null;
}

/** True for addresses of our own window. */
export const isAppUrl = (text: string): boolean => appOriginOf(text) !== null;
