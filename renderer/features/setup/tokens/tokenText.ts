import { type ApiToken, PERMISSIONS, type Permission } from '../../../../shared/contract/desk.ts';
import type { TokenState } from '../../../../shared/model/tokenState.ts';
import { assertNever } from '../../../../shared/util/assertNever.ts';
import { dayOf } from './tokenForm.ts';

export type StateText = { text: string; tone: 'plain' | 'accent' | 'note' | 'danger' };

/** The state of a token in words. */
export function stateText(state: TokenState, expiresAt: number | null, timeZone?: string): StateText {
  switch (state) {
    case 'active':
      return { text: 'Active', tone: 'accent' };
    case 'expires':
      return { text: `Expires ${expiresAt === null ? '' : dayOf(expiresAt, timeZone)}`, tone: 'note' };
    case 'expired':
      return { text: 'Expired', tone: 'danger' };
    case 'off':
      return { text: 'Switched off', tone: 'plain' };
    case 'staff_off':
      return { text: 'Account switched off', tone: 'danger' };
    default:
      return assertNever(state);
  }
}

export function permissionText(permissions: readonly Permission[]): string {
  if (permissions.length === PERMISSIONS.length) return 'All permissions';
  if (permissions.length === 0) return 'No permission';
  return permissions.length <= 3 ? permissions.join(', ') : `${permissions.length} permissions`;
}

/** What a token may do, from where, and as whom, in one line. */
export function rightsText({ permissions, ipList, boundTo }: ApiToken): string {
  const addresses = ipList.length === 0 ? 'from any address' : `from ${ipList.join(', ')}`;
  return [permissionText(permissions), addresses, ...(boundTo ? [`writes as ${boundTo.name}`] : [])].join(
    ' · ',
  );
}

const READABLE = ['tickets', 'users', 'departments', 'attachments', 'staff'] as const;

/** A line that works when it is pasted into a terminal; null for a token that may read no list. */
export function curlLine(baseUrl: string, token: string, permissions: readonly Permission[]): string | null {
  const resource = READABLE.find((name) => permissions.includes(`${name}.read`));
  if (!resource) return null;
  // Double quotes: every shell takes them, the one of Windows no others.
  return `curl -H "Token: ${token}" "${baseUrl.replace(/\/+$/, '')}/api/${resource}"`;
}
