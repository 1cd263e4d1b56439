import { isDialectKey } from '../../../services/dialects/keys.ts';
import { openDialectSession, type StaffAccount } from '../../../services/dialects/sessions.ts';
import { checkDialectStaff } from '../../../services/dialects/signIn.ts';
import { getSettings } from '../../../services/settings.ts';
import type { ForeignCall } from '../call.ts';
import { LOGIN } from './codes.ts';
import type { Outcome, Parameters } from './outcome.ts';

const SESSION_LENGTH = 40;
const refused = (...codes: number[]): Outcome => ({ kind: 'refused', codes });
const isTrue = (text: string | undefined): boolean => /^(true|1|yes|on)$/i.test(text ?? '');

/** Admin.Login: what is missing all at once, then the captcha, then who it is. */
export async function adminLogin(call: ForeignCall, parameters: Parameters): Promise<Outcome> {
  const { deps, peer } = call;
  // Only a program that shows the key may leave a check out; for anyone else these two fields say nothing.
  const isTrusted = isDialectKey(deps, 'octeth', parameters('AdminApiKey'));
  const username = parameters('Username');
  const password = parameters('Password');
  const asksCaptcha =
    getSettings(deps).octethSignIn.asksCaptcha && !(isTrusted && isTrue(parameters('DisableCaptcha')));
  const captcha = parameters('Captcha');
  const missing = [
    ...(username === undefined ? [LOGIN.usernameMissing] : []),
    ...(password === undefined ? [LOGIN.passwordMissing] : []),
    ...(asksCaptcha && captcha === undefined ? [LOGIN.captchaMissing] : []),
  ];
  if (username === undefined || password === undefined || missing.length > 0) return refused(...missing);
  if (asksCaptcha && !isCaptchaRight(call, parameters('CaptchaID'), captcha ?? '')) {
    return refused(LOGIN.captchaWrong);
  }
  const checked = await checkDialectStaff(deps, {
    dialect: 'octeth',
    username,
    password,
    code: parameters('TfaCode'),
    ...(isTrusted && isTrue(parameters('Disable2FA')) ? { insteadOfCode: 'nothing' as const } : {}),
    ...peer,
  });
  if (!checked.ok) return { kind: 'failed', error: checked.error };
  const outcome = checked.value;
  if (outcome.kind === 'code_wrong') return refused(LOGIN.codeWrong);
  return outcome.kind === 'ok' ? signedIn(call, outcome.account) : refused(LOGIN.wrong);
}

/** A client that has only the field Captcha sends `<CaptchaID>:<answer>`. */
function isCaptchaRight({ captchas }: ForeignCall, id: string | undefined, typed: string): boolean {
  if (id !== undefined) return captchas.isAnswer(id, typed);
  const [ownId = '', answer = ''] = typed.split(':', 2);
  return captchas.isAnswer(ownId.trim(), answer);
}

function signedIn({ deps, peer }: ForeignCall, account: StaffAccount): Outcome {
  const token = deps.ids.secret(SESSION_LENGTH);
  const expiresAt = deps.clock.now() + getSettings(deps).octethSignIn.sessionMinutes * 60_000;
  const opened = openDialectSession(deps, {
    dialect: 'octeth',
    account,
    appPasswordId: null,
    token,
    expiresAt,
    ...peer,
  });
  if (!opened.ok) return { kind: 'failed', error: opened.error };
  // Octeth's own servers tell more here, a password hash even: never.
  const AdminInfo = { AdminID: String(account.id), Username: account.username };
  return { kind: 'done', values: { SessionID: token, AdminInfo } };
}
