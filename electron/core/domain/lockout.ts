/** Failed sign-ins under one lock key. */
export interface FailedAttempts {
  readonly attempts: number;
  readonly lastAt: number;
}

export interface LockoutPolicy {
  /** Failures that lock; HelpDeskZ's default is 3. */
  readonly attempts: number;
  /** Minutes since the last failure after which counting starts again; HelpDeskZ's default is 5. */
  readonly minutes: number;
}

/** Failures that still count: the time runs from the last one (behaviour.md part 1, «Lockout»). */
export function countedAttempts(
  failed: FailedAttempts | undefined,
  policy: LockoutPolicy,
  now: number,
): number {
  if (!failed || now - failed.lastAt > policy.minutes * 60_000) return 0;
  return failed.attempts;
}

export function isLockedOut(failed: FailedAttempts | undefined, policy: LockoutPolicy, now: number): boolean {
  return countedAttempts(failed, policy, now) >= policy.attempts;
}

/** How many addresses may use up their attempts before an account is closed to addresses it was never used from. */
const ADDRESSES = 10;

/** Guessing from many addresses: a larger limit for one account, over all of them. */
export function everywherePolicy({ attempts, minutes }: LockoutPolicy): LockoutPolicy {
  return { attempts: attempts * ADDRESSES, minutes };
}

/** Whose failures these are; of a name that nobody has only a hash is kept: it may be a password in the wrong field. */
export type LockSubject =
  | { readonly kind: 'staff'; readonly staffId: number }
  | { readonly kind: 'nobody'; readonly nameHash: string };

/** One counter: of one address, of this machine, of all addresses together, or of the own password asked again. */
export type LockPlace =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'this_machine' | 'everywhere' | 'profile' };

const subjectText = (subject: LockSubject): string =>
  subject.kind === 'staff' ? `staff ${subject.staffId}` : `name ${subject.nameHash}`;

/** The key under which failures are stored. */
export function lockKey(subject: LockSubject, place: LockPlace): string {
  const whose = subjectText(subject);
  switch (place.kind) {
    case 'address':
      return `${whose} from ${place.address}`;
    case 'this_machine':
      return whose;
    case 'everywhere':
    case 'profile':
      return `${whose} ${place.kind}`;
  }
}

/** Reads what `lockKey` wrote; null for what an older version stored. */
export function parseLockKey(key: string): { subject: LockSubject; place: LockPlace } | null {
  const [, kind, who = '', rest = ''] = /^(staff|name) (\w+)(?: (.+))?$/.exec(key) ?? [];
  if (kind === undefined) return null;
  const subject: LockSubject =
    kind === 'staff' ? { kind, staffId: Number(who) } : { kind: 'nobody', nameHash: who };
  if (rest === '') return { subject, place: { kind: 'this_machine' } };
  if (rest === 'everywhere' || rest === 'profile') return { subject, place: { kind: rest } };
  return rest.startsWith('from ') ? { subject, place: { kind: 'address', address: rest.slice(5) } } : null;
}

/** From whom an address is known: seen at the connection, or told by a caller that forwards its visitor's. */
export type AddressSource = 'peer' | 'caller';

/**
 * Failures count by account and address. A connection from this machine counts by account only: everything that
 * reaches a desk through a forwarder on it would share one address.
 */
export function lockPlace(address: string, source: AddressSource): LockPlace {
  const isOwnMachine = source === 'peer' && /^(127\.|::1$)/.test(address);
  return isOwnMachine ? { kind: 'this_machine' } : { kind: 'address', address };
}
