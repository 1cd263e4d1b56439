import type { AppError } from '../../../../../shared/contract/errors.ts';
import { isDialectKey } from '../../../services/dialects/keys.ts';
import { bearerToken, dialectAccount, openDialectSession } from '../../../services/dialects/sessions.ts';
import { checkDialectStaff, type DialectCheck } from '../../../services/dialects/signIn.ts';
import { getSettings } from '../../../services/settings.ts';
import { type Answer, jsonAnswer, statusOf } from '../answer.ts';
import { type ForeignCall, queryValue } from '../call.ts';
import { newJwt, saysExpired } from './jwt.ts';
import { userObject } from './userObject.ts';

/** Old clients read `error`, the wiki prints `Error`. */
const invalidCredentials = jsonAnswer({
  error: 'invalid_credentials',
  Error: 'invalid_credentials',
  status_code: 401,
});
const wrongKey = jsonAnswer({ result: 'wrong api key' });
/** The key `0` is theirs. */
const noToken = jsonAnswer({ error: 'could_not_create_token', '0': 500 });
const failed = (error: AppError): Answer =>
  jsonAnswer({ error: error.message, Error: error.message }, statusOf(error));
const unauthorised = (message: string): Answer => jsonAnswer({ success: false, message }, 401);

/**
 * `POST /api/v1/authenticate`: query, form or JSON. The wiki's own example puts the password into the address, so
 * it is read from there, too; nothing here writes an address down.
 */
export async function faveoAuthenticate(call: ForeignCall): Promise<Answer> {
  const fields = await call.fields();
  if (!fields.ok) return failed(fields.error);
  const { deps, request, peer } = call;
  const get = (name: string): string => fields.value.get(name) ?? queryValue(request, name) ?? '';
  if (!isKeyFine(call, get('api_key'))) return wrongKey;
  const username = get('username');
  const password = get('password');
  if (username === '' || password === '') return invalidCredentials;
  const checked = await checkDialectStaff(deps, {
    dialect: 'faveo',
    username,
    password,
    takesEmail: true,
    insteadOfCode: 'app_password',
    ...peer,
  });
  if (!checked.ok) return failed(checked.error);
  return checked.value.kind === 'ok' ? signedIn(call, checked.value) : invalidCredentials;
}

function isKeyFine({ deps }: ForeignCall, key: string): boolean {
  return !getSettings(deps).faveoSignIn.isKeyRequired || isDialectKey(deps, 'faveo', key);
}

function signedIn(
  { deps, request, peer }: ForeignCall,
  { account, appPasswordId }: Extract<DialectCheck, { kind: 'ok' }>,
): Answer {
  const { timeZone, faveoSignIn } = getSettings(deps);
  const iat = Math.floor(deps.clock.now() / 1000);
  const exp = iat + faveoSignIn.tokenMinutes * 60;
  const iss = `${request.protocol}://${request.headers.host ?? ''}/api/v1/authenticate`;
  const token = newJwt({ iss, iat, exp, nbf: iat, jti: deps.ids.secret(22), sub: account.id }, deps.ids);
  const opened = openDialectSession(deps, {
    dialect: 'faveo',
    account,
    appPasswordId,
    token,
    expiresAt: exp * 1000,
    ...peer,
  });
  return opened.ok ? jsonAnswer({ token, user_id: userObject(account, timeZone) }) : noToken;
}

/** `GET /api/v1/authenticate/user`: whose token it is. Their client signs in again on 401. */
export async function faveoUser({ deps, request }: ForeignCall): Promise<Answer> {
  const token = queryValue(request, 'token') ?? bearerToken(request.headers.authorization);
  if (!token) return unauthorised('Token not provided');
  const account = dialectAccount(deps, token, ['faveo']);
  if (account) return jsonAnswer({ user: userObject(account, getSettings(deps).timeZone) });
  return unauthorised(saysExpired(token, deps.clock.now()) ? 'Token has expired' : 'Token is invalid');
}

/** What the mobile client asks before it signs in. The address it sends is never called (request forgery). */
export async function faveoCheckUrl(call: ForeignCall): Promise<Answer> {
  return isKeyFine(call, queryValue(call.request, 'api_key') ?? '')
    ? jsonAnswer({ status: 'success' })
    : wrongKey;
}
