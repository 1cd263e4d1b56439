import type { StaffId } from '../../../../../shared/model/ids.ts';
import { tokenMay } from '../../../domain/permissions.ts';
import { changeOwnAccount, type OwnAccountInput } from '../../../services/dialects/ownAccount.ts';
import { activeAccount, dialectAccount, type StaffAccount } from '../../../services/dialects/sessions.ts';
import { staffEntry } from '../../../services/staffDirectory.ts';
import { checkToken } from '../../../services/tokenCheck.ts';
import type { ForeignCall } from '../call.ts';
import { CODE, UPDATE } from './codes.ts';
import type { Outcome, Parameters } from './outcome.ts';

const refused = (...codes: number[]): Outcome => ({ kind: 'refused', codes });

/** Who changes their account: by the session of Admin.Login, or by an API token bound to the account. */
interface Caller {
  readonly account: StaffAccount;
  readonly session: string | null;
  readonly maySetPassword: boolean;
}

/** Admin.Update: everyone their own account, nobody anyone else's. */
export async function adminUpdate(call: ForeignCall, parameters: Parameters): Promise<Outcome> {
  const caller = sessionCaller(call, parameters('SessionID')) ?? tokenCaller(call, parameters('APIKey'));
  if (!caller) return refused(CODE.signedOut);
  const { deps } = call;
  const id = parameters('AdminID');
  const name = parameters('Name');
  const username = parameters('Username');
  const email = parameters('EmailAddress');
  if (id === undefined || name === undefined || username === undefined || email === undefined) {
    return refused(
      ...(name === undefined ? [UPDATE.nameMissing] : []),
      ...(username === undefined ? [UPDATE.usernameMissing] : []),
      ...(email === undefined ? [UPDATE.emailMissing] : []),
      ...(id === undefined ? [UPDATE.adminUnknown] : []),
    );
  }
  const adminId = /^\d{1,15}$/.test(id) ? Number(id) : 0;
  if (!staffEntry(deps, adminId as StaffId)) return refused(UPDATE.adminUnknown);
  if (adminId !== caller.account.id) return refused(UPDATE.notOwn);
  const password = parameters('Password');
  if (password !== undefined && !caller.maySetPassword) return refused(CODE.notAllowed);
  return change(call, caller, { name, username, email, password });
}

function sessionCaller({ deps }: ForeignCall, session: string | undefined): Caller | null {
  const account = session === undefined ? null : dialectAccount(deps, session, ['octeth']);
  return account && { account, session: session ?? null, maySetPassword: true };
}

/**
 * A token that was made to read tickets must not become its owner: whoever may set a password may do everything,
 * so that takes the one permission that is about passwords.
 */
function tokenCaller(call: ForeignCall, key: string | undefined): Caller | null {
  const { deps, uses, path, peer } = call;
  const checked = key === undefined ? null : checkToken(deps, key, peer.address);
  if (checked?.kind !== 'ok' || checked.actor.kind !== 'token') return null;
  const { tokenId, boundTo, permissions } = checked.actor;
  const account = boundTo === null ? null : activeAccount(deps, boundTo);
  if (!account) return null;
  uses.note(deps, tokenId, { method: 'POST', path, status: 200, refusal: null, address: peer.address }, true);
  return { account, session: null, maySetPassword: tokenMay(permissions, 'staff.auth') };
}

const CODE_OF_FIELD: Readonly<Record<string, number>> = {
  name: UPDATE.nameMissing,
  username: UPDATE.usernameMissing,
  email: UPDATE.emailInvalid,
  password: UPDATE.passwordMissing,
};

async function change(
  { deps }: ForeignCall,
  { account, session }: Caller,
  input: OwnAccountInput,
): Promise<Outcome> {
  const changed = await changeOwnAccount(deps, account, input, session);
  if (changed.ok) return { kind: 'done', values: {} };
  const code = CODE_OF_FIELD[changed.error.field ?? ''];
  return code === undefined ? { kind: 'failed', error: changed.error } : refused(code);
}
