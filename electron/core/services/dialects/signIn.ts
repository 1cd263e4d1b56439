import { DIALECT_NAMES, type Dialect } from '../../../../shared/contract/dialects.ts';
import { ok, type Result } from '../../../../shared/util/result.ts';
import type { StaffAccount } from '../../store/repositories/staff.ts';
import type { ServiceDeps } from '../context.ts';
import type { Peer } from '../sessions.ts';
import { checkStaff } from '../staffAuth.ts';

export interface DialectCredentials extends Peer {
  readonly dialect: Dialect;
  readonly username: string;
  readonly password: string;
  readonly code?: string | undefined;
  readonly insteadOfCode?: 'app_password' | 'nothing';
  /** What looks like an address names the account that has it. */
  readonly takesEmail?: boolean;
}

/** Too many failures, no such account, switched off: all of that is `wrong` to these clients. */
export type DialectCheck =
  | { readonly kind: 'ok'; readonly account: StaffAccount; readonly appPasswordId: number | null }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'code_wrong' };

/** Checks a sign-in by the desk's one rule: failures count together with those of the app and of other dialects. */
export async function checkDialectStaff(
  deps: ServiceDeps,
  credentials: DialectCredentials,
): Promise<Result<DialectCheck>> {
  const { dialect, password, code, insteadOfCode, address, userAgent } = credentials;
  const username = nameOf(deps, credentials);
  const checked = await checkStaff(deps, {
    username,
    password,
    code: code?.replace(/\s/g, ''),
    ...(insteadOfCode ? { insteadOfCode } : {}),
    address,
    addressFrom: 'peer',
    userAgent: `${DIALECT_NAMES[dialect]} API ${userAgent}`.trim(),
  });
  if (!checked.ok) return checked;
  const outcome = checked.value;
  if (outcome.kind === 'code_missing' || outcome.kind === 'code_wrong') return ok({ kind: 'code_wrong' });
  const account = outcome.kind === 'ok' ? deps.store.staff.byId(outcome.staffId) : undefined;
  if (outcome.kind !== 'ok' || !account) return ok({ kind: 'wrong' });
  return ok({ kind: 'ok', account, appPasswordId: outcome.appPasswordId ?? null });
}

function nameOf(deps: ServiceDeps, { username, takesEmail }: DialectCredentials): string {
  const typed = username.trim();
  if (!takesEmail || !typed.includes('@')) return typed;
  return deps.store.staff.activeByEmail(typed)?.username ?? typed;
}
