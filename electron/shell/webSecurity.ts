import { isAppUrl, isCoreRoute, parseUrl } from './appOrigin.ts';

/** What becomes of an address somebody wants to go to: stay, hand it to the system's browser, save it, or nothing. */
export type UrlVerdict = 'allow' | 'external' | 'download' | 'deny';

const externalSchemes = new Set(['http:', 'https:', 'mailto:']);
const longestUrl = 4000;

/** True for control characters and spaces, which programs behind openExternal have mistaken for argument ends. */
function hasUnsafeCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0x20 || code === 0x7f) return true;
  }
  return false;
}

/**
 * The address as it may be handed to the operating system, or null. Only web and mail addresses: any other
 * scheme starts programs (file:, ms-msdt:, smb: …) by a click on a customer's mail. No user names in web
 * addresses: `https://bank.example@evil.example` reads as the wrong site.
 */
export function externalUrl(text: string): string | null {
  if (text.length > longestUrl || hasUnsafeCharacter(text)) return null;
  const url = parseUrl(text);
  if (!url || !externalSchemes.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'mailto:' && url.hostname === '') return null;
  return url.href;
}

const leaves = (text: string): UrlVerdict => (externalUrl(text) ? 'external' : 'deny');

function isOwnFile(text: string): boolean {
  return isAppUrl(text) && (parseUrl(text)?.pathname.startsWith('/files/') ?? false);
}

/** The window itself shows our own pages and nothing else; the core's answers are not pages. */
export function judgeNavigation(text: string): UrlVerdict {
  if (!isAppUrl(text)) return leaves(text);
  if (isOwnFile(text)) return 'download';
  return isCoreRoute(parseUrl(text)?.pathname ?? '') ? 'deny' : 'allow';
}

/** Frames inside the window show mail and previews from /files/; a link in a mail leaves for the browser. */
export function judgeFrameNavigation(text: string): UrlVerdict {
  if (text === 'about:blank' || text === 'about:srcdoc' || isOwnFile(text)) return 'allow';
  return isAppUrl(text) ? 'deny' : leaves(text);
}

/** New windows never open: web and mail addresses go to the system, our own files are saved. */
export function judgeWindowOpen(text: string): UrlVerdict {
  return isOwnFile(text) ? 'download' : leaves(text);
}

const allowedPermissions = new Set(['notifications', 'clipboard-sanitized-write']);

/** Deny by default: camera, microphone, location, devices and the rest are nothing a helpdesk needs. */
export function isPermissionAllowed(permission: string, requestingUrl: string): boolean {
  return allowedPermissions.has(permission) && isAppUrl(requestingUrl);
}
