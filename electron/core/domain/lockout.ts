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
