import { isSameSiteWithTls, siteAddresses } from '../../domain/siteAddress.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { Remote, RemoteDepartment, RemoteResult } from '../remote.ts';
import { remoteAt } from './openRemote.ts';

/** A remote, and what its first call said. */
export interface Site {
  readonly url: string;
  readonly remote: Remote;
  readonly departments: RemoteResult<readonly RemoteDepartment[]>;
}

/**
 * The HelpDeskZ at an address as a person typed it: with `/api` or a page's path at its end, without `index.php`
 * where the server needs it, with http where it wants https. Where there is none, what the address itself said.
 */
export async function findSite(deps: ServiceDeps, typed: string, token: string): Promise<Site> {
  const left = [...siteAddresses(typed)];
  let first: Site | undefined;
  for (let url = left.shift() ?? typed; ; url = left.shift() ?? typed) {
    const remote = remoteAt(deps, url, token, deps.httpFetch);
    const site = { url, remote, departments: await remote.listDepartments() };
    if (!isElsewhere(site)) return site;
    first ??= site;
    const leadsTo = leadsToOf(site);
    if (leadsTo !== undefined && isSameSiteWithTls(url, leadsTo)) left.unshift(leadsTo);
    if (left.length === 0) return first;
  }
}

/** A page, a redirect, or a call that was taken for another: the API may be somewhere else on this server. */
function isElsewhere({ departments }: Site): boolean {
  if (departments.ok) return false;
  const { error } = departments;
  if (error.kind === 'not_found' || error.kind === 'refused') return true;
  const cause = error.kind === 'no_answer' ? error.cause : undefined;
  return cause === 'remote_web_page' || cause === 'remote_redirects';
}

function leadsToOf({ departments }: Site): string | undefined {
  return !departments.ok && departments.error.kind === 'no_answer' ? departments.error.leadsTo : undefined;
}
