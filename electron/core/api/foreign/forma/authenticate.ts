import type { AppError } from '../../../../../shared/contract/errors.ts';
import { newHexToken, openDialectSession, type StaffAccount } from '../../../services/dialects/sessions.ts';
import { checkDialectStaff, type DialectCheck } from '../../../services/dialects/signIn.ts';
import { getSettings } from '../../../services/settings.ts';
import { type Answer, jsonAnswer, statusOf, type XmlValue, xmlAnswer } from '../answer.ts';
import type { ForeignCall } from '../call.ts';
import { localTime, splitName } from '../localTime.ts';

const TEXT = {
  done: 'You are authenticated.',
  invalidUser: 'Error: invalid user.',
  invalidData: 'Error: invalid login data provided.',
} as const;

/** As the product itself does it, or as its documentation says (Setup → API → Sign-in dialects). */
const isStrict = ({ deps }: ForeignCall): boolean => getSettings(deps).formaSignIn.isStrict;

/** `POST /api/auth/authenticate`: always HTTP 200, the outcome is in the body. */
export async function formaAuthenticate(call: ForeignCall): Promise<Answer> {
  const fields = await call.fields();
  if (!fields.ok) return failed(call, fields.error);
  const username = fields.value.get('username');
  const password = fields.value.get('password');
  if (!username || !password) return refused(call, TEXT.invalidData);
  const { deps, peer } = call;
  const checked = await checkDialectStaff(deps, {
    dialect: 'forma',
    username,
    password,
    insteadOfCode: 'app_password',
    ...peer,
  });
  if (!checked.ok) return failed(call, checked.error);
  return checked.value.kind === 'ok' ? signedIn(call, checked.value) : refused(call, TEXT.invalidUser);
}

function signedIn(
  call: ForeignCall,
  { account, appPasswordId }: Extract<DialectCheck, { kind: 'ok' }>,
): Answer {
  const { deps, peer } = call;
  const { timeZone, formaSignIn } = getSettings(deps);
  const token = newHexToken(deps);
  const expiresAt = deps.clock.now() + formaSignIn.tokenMinutes * 60_000;
  const opened = openDialectSession(deps, {
    dialect: 'forma',
    account,
    appPasswordId,
    token,
    expiresAt,
    isOnly: formaSignIn.isStrict,
    ...peer,
  });
  if (!opened.ok) return failed(call, opened.error);
  return shown(call, {
    success: true,
    message: TEXT.done,
    ...(formaSignIn.isStrict ? {} : { data: userData(account, timeZone) }),
    token,
    expire_at: localTime(expiresAt, timeZone),
  });
}

function userData(account: StaffAccount, timeZone: string): { readonly [name: string]: XmlValue } {
  const { first, last } = splitName(account.name);
  const { previousLoginAt } = account;
  return {
    idst: account.id,
    userid: account.username,
    firstname: first,
    lastname: last,
    avatar: '',
    email: account.email,
    signature: account.signatureHtml,
    valid: account.isActive ? 1 : 0,
    // Passwords do not expire here.
    pwd_expire_at: null,
    register_date: localTime(account.createdAt, timeZone),
    last_enter: previousLoginAt === null ? null : localTime(previousLoginAt, timeZone),
    custom_fields: [],
  };
}

/** One text for whatever is wrong with a sign-in. */
function refused(call: ForeignCall, text: string): Answer {
  return shown(call, isStrict(call) ? { error: text } : { success: false, message: text, error: text });
}

function failed(call: ForeignCall, error: AppError): Answer {
  return { ...refused(call, `Error: ${error.message}`), status: statusOf(error) };
}

function shown(call: ForeignCall, values: { readonly [name: string]: XmlValue }): Answer {
  return wantsXml(call) ? xmlAnswer('XMLoutput', values) : jsonAnswer(values);
}

/** The path's ending decides; then the header, of which the product itself knows one value only. */
function wantsXml(call: ForeignCall): boolean {
  if (call.path.endsWith('.json')) return false;
  if (call.path.endsWith('.xml')) return true;
  const accept = call.request.headers.accept ?? '';
  if (isStrict(call)) return accept !== 'application/json';
  return /^\s*(application|text)\/xml\b/i.test(accept);
}
