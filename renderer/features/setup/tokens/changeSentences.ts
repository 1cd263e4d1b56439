import type { Permission } from '../../../../shared/contract/desk.ts';
import type { TokenChange } from '../../../../shared/contract/tokens.ts';
import { dayOf } from './tokenForm.ts';
import { permissionText } from './tokenText.ts';

type Names = { readonly nameOf: (staffId: number) => string; readonly timeZone: string | undefined };
type Values = TokenChange['payload'];

const OVERLAP_TEXT: Readonly<Record<number, string>> = {
  0: 'without an overlap',
  1: 'with an overlap of one hour',
  24: 'with an overlap of one day',
  168: 'with an overlap of 7 days',
};

function permissionsSentence(before: readonly Permission[], after: readonly Permission[]): string {
  const given = after.filter((name) => !before.includes(name));
  const taken = before.filter((name) => !after.includes(name));
  const parts = [
    given.length > 0 ? `gave ${given.join(', ')}` : '',
    taken.length > 0 ? `took ${taken.join(', ')}` : '',
  ];
  return `Permissions: ${parts.filter((part) => part !== '').join('; ')}`;
}

const addresses = (ipList: readonly string[] = []): string =>
  ipList.length === 0 ? 'any address' : ipList.join(', ');

/** One sentence for each value that was set. */
function valueSentences(before: Values, after: Values, { nameOf, timeZone }: Names): string[] {
  const said: string[] = [];
  const { name, permissions, ipList, expiresAt, staffId, isActive } = after;
  if (name !== undefined) said.push(`Renamed from «${before.name ?? ''}» to «${name}»`);
  if (permissions !== undefined) said.push(permissionsSentence(before.permissions ?? [], permissions));
  if (ipList !== undefined) said.push(`Addresses: ${addresses(before.ipList)} → ${addresses(ipList)}`);
  if (expiresAt !== undefined)
    said.push(expiresAt === null ? 'No longer expires' : `Expires ${dayOf(expiresAt, timeZone)}`);
  if (staffId !== undefined)
    said.push(staffId === null ? 'Writes as any staff member' : `Writes as ${nameOf(staffId)}`);
  if (isActive !== undefined) said.push(isActive ? 'Switched on' : 'Switched off');
  return said;
}

/** What one change did, in a person's words. */
export function changeSentences(change: TokenChange, names: Names): string[] {
  const { kind, before, payload } = change;
  if (kind === 'update_token') return valueSentences(before, payload, names);
  if (kind === 'regenerate_token')
    return [`Regenerated ${OVERLAP_TEXT[payload.overlapHours ?? 0] ?? 'with an overlap'}`];
  const { permissions = [], ipList, expiresAt, staffId } = payload;
  const facts = [permissionText(permissions), `from ${addresses(ipList)}`];
  if (typeof staffId === 'number') facts.push(`writes as ${names.nameOf(staffId)}`);
  if (typeof expiresAt === 'number') facts.push(`expires ${dayOf(expiresAt, names.timeZone)}`);
  return [`Made «${payload.name ?? ''}»: ${facts.join(' · ')}`];
}
