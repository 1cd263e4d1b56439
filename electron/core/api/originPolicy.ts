/** What decides whether a browser's request is our own page's. */
export interface OriginFacts {
  readonly method: string;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
  /** `scheme://host` this server was reached under. */
  readonly ownOrigin: string;
}

/**
 * A write needs our exact Origin; Sec-Fetch-Site, where the browser sends it, must be same-origin or none for
 * every request. SameSite cookies are not relied on: another port of this machine counts as the same site.
 */
export function isOwnRequest(facts: OriginFacts): boolean {
  if (
    facts.secFetchSite !== undefined &&
    facts.secFetchSite !== 'same-origin' &&
    facts.secFetchSite !== 'none'
  )
    return false;
  if (facts.method === 'GET' || facts.method === 'HEAD') return true;
  return facts.origin === facts.ownOrigin;
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
