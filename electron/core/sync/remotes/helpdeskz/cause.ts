import type { HttpAnswer, HttpFailure } from '../../../ports/httpFetch.ts';
import type { FailureCause } from '../../remote.ts';

/** Node's words for a certificate that can't be trusted; whatever else is wrong with one is its authority. */
const CERTIFICATES: readonly (readonly [RegExp, FailureCause])[] = [
  [/SELF_SIGNED/, 'remote_certificate_self_signed'],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'remote_certificate_expired'],
  [/ALTNAME/, 'remote_certificate_other_host'],
];

/** Why no answer came, as far as a person can do something about it. */
export function causeOfSilence({ kind, detail }: HttpFailure): FailureCause | undefined {
  switch (kind) {
    case 'bad_url':
    case 'unresolved':
      return 'remote_name_unknown';
    case 'no_connection':
      return 'remote_no_connection';
    case 'proxy_unsupported':
      return 'remote_proxy_unsupported';
    case 'proxy_refused':
      return 'remote_proxy_refused';
    case 'untrusted':
      return CERTIFICATES.find(([words]) => words.test(detail))?.[1] ?? 'remote_certificate_unknown';
    case 'tls':
      return 'remote_tls_failed';
    case 'timeout':
      return 'remote_too_slow';
    case 'malformed':
      return 'remote_other_system';
    case 'aborted':
    case 'cut':
    case 'unreadable':
    case 'too_large':
      return undefined;
  }
}

/** What answered where the API should have: `leadsTo` is the site's address when it merely moved. */
export interface Stranger {
  readonly cause?: FailureCause;
  readonly leadsTo?: string;
}

/** An answer that is none of HelpDeskZ's (behaviour.md 2.1 has those that are). `json` is undefined for a page. */
export function causeOfAnswer({ status, headers }: HttpAnswer, json: unknown, url: string): Stranger {
  if (status >= 300 && status < 400) {
    const leadsTo = movedTo(headers.location, url);
    return leadsTo === undefined ? { cause: 'remote_web_page' } : { cause: 'remote_redirects', leadsTo };
  }
  if (status === 429 || (status > 501 && status < 505)) return { cause: 'remote_unavailable' };
  if (status >= 500) return { cause: 'remote_broken' };
  if (isSuccess(json)) return { cause: 'remote_changed' };
  if (json !== undefined) return { cause: 'remote_other_system' };
  if (status === 401 || status === 403 || status === 407) return { cause: 'remote_blocked' };
  // A JSON answer that was cut says nothing about who gave it.
  return headers['content-type']?.startsWith('application/json') ? {} : { cause: 'remote_web_page' };
}

const isSuccess = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'success' in json && json.success === 1;

/** Where the same call is wanted at another address: the site there. A sign-in page is no such place. */
function movedTo(location: string | undefined, from: string): string | undefined {
  if (location === undefined || !URL.canParse(location, from)) return undefined;
  const to = new URL(location, from);
  const call = /\/api\/.*$/.exec(new URL(from).pathname)?.[0];
  if (call === undefined || !to.pathname.endsWith(call) || to.href === from) return undefined;
  return to.origin + to.pathname.slice(0, -call.length);
}
