import type { SourceMatch } from '../../../shared/contract/sources.ts';

/** Who somebody is in the other system, as far as it tells. */
export interface RemotePerson {
  readonly username: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: string | null;
}

/** What somebody here is known by; switched off accounts count as well. */
export interface LocalPerson<Id> {
  readonly id: Id;
  readonly username: string;
  readonly email: string;
}

export type Mapped<Id> =
  | { readonly kind: 'found'; readonly id: Id }
  | { readonly kind: 'unknown' | 'ambiguous' | 'no_email' | 'not_staff' };

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whose account here somebody of another system has: exactly one person's, or nobody's. */
export function mapPerson<Id>(
  remote: RemotePerson,
  matchBy: SourceMatch,
  staff: readonly LocalPerson<Id>[],
): Mapped<Id> {
  // Faveo signs customers in, too; its own mobile client turns them away.
  if (remote.role === 'user') return { kind: 'not_staff' };
  const wanted = remote[matchBy];
  if (wanted === null) return { kind: matchBy === 'email' ? 'no_email' : 'unknown' };
  const [found, ...others] = staff.filter((one) => same(one[matchBy], wanted));
  if (!found) return { kind: 'unknown' };
  return others.length > 0 ? { kind: 'ambiguous' } : { kind: 'found', id: found.id };
}

/** A user name as this desk allows them, out of another system's; null when nothing is left of it. */
export function usernameFrom(remote: RemotePerson): string | null {
  const source = remote.username ?? remote.email ?? '';
  const name = source
    .replace(/@.*$/, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return name === '' ? null : name;
}
