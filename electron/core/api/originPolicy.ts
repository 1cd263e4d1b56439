/** What decides whether a browser's request is our own page's. */
export interface OriginFacts {
  readonly method: string;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
  /** `scheme://host` this server was reached under. */
  readonly ownOrigin: string;
}

/**
 * Whether a browser says that a page of another origin sends this. Programs say nothing: where they are welcome,
 * only this is refused.
 */
export function isFromPageElsewhere({ origin, secFetchSite, ownOrigin }: OriginFacts): boolean {
  return isForeignSite(secFetchSite) || (origin !== undefined && origin !== ownOrigin);
}

/**
 * A write needs our exact Origin; Sec-Fetch-Site, where the browser sends it, must be same-origin or none for
 * every request. SameSite cookies are not relied on: another port of this machine counts as the same site.
 */
export function isOwnRequest(facts: OriginFacts): boolean {
  if (isForeignSite(facts.secFetchSite)) return false;
  if (facts.method === 'GET' || facts.method === 'HEAD') return true;
  return facts.origin === facts.ownOrigin;
}

function isForeignSite(site: string | undefined): boolean {
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** DNS rebinding: only names the desk knows itself by are answered. `host` is the Host header. */
export function isAllowedHost(host: string | undefined, allowedHosts: readonly string[]): boolean {
  if (host === undefined || host === '') return false;
  const name = hostName(host);
  return (
    name === 'localhost' ||
    name === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    allowedHosts.some((allowed) => hostName(allowed) === name)
  );
}

function hostName(host: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(host);
  return (bracketed?.[1] ?? host.replace(/:\d+$/, '')).toLowerCase();
}
