/** Pages of HelpDeskZ whose addresses people copy: its API's, its panel's, and what serves both without rewriting. */
const PAGE = /\/(?:index\.php|api|staff|submit_ticket|view_tickets|kb)(?:\/.*)?$/;

/**
 * Where a HelpDeskZ may be found for an address as a person pastes it, the likeliest first. Without a slash at the
 * end, a query or a fragment. A server without URL rewriting only answers below `index.php` (behaviour.md 2.1).
 */
export function siteAddresses(typed: string): readonly string[] {
  const url = new URL(typed);
  const asTyped = url.origin + url.pathname.replace(/\/+$/, '');
  const site = url.origin + url.pathname.replace(/\/+$/, '').replace(PAGE, '');
  return [...new Set([asTyped, site, `${site}/index.php`])];
}

/** Whether a site that answers elsewhere is the same one behind TLS: a token may follow there unasked. */
export function isSameSiteWithTls(from: string, to: string): boolean {
  const [before, after] = [new URL(from), new URL(to)];
  return before.protocol === 'http:' && after.protocol === 'https:' && before.hostname === after.hostname;
}
