import {
  type FakeAccount,
  type FakeAnswer,
  type FakeCall,
  type FakeSource,
  fakeServer,
} from './fakeServer.ts';

/** The documented generations of Admin.Login; `v4` without ResponseFormat answers XML, `xml` always does. */
export type OctethVariant = 'v4' | 'xml' | 'api_docs' | 'dev';
export const OCTETH_CAPTCHA = { text: 'What is 2 + 3?', answer: '5' };
const SESSION = 'octeth-session';

/** Octeth as foreign-apis part D documents it. `captcha`: on, and nobody may skip it. */
export function fakeOcteth(
  accounts: readonly FakeAccount[],
  variant: OctethVariant,
  { captcha = false } = {},
): Promise<FakeSource> {
  return fakeServer((call) => {
    const parameters = parametersOf(call);
    if (call.path !== '/api.php' || parameters.command !== 'Admin.Login') return null;
    const isXml = variant === 'xml' || (variant === 'v4' && parameters.responseformat !== 'JSON');
    const code = refusal(accounts, variant, parameters, captcha);
    const account = accounts.find(({ username }) => username === parameters.username);
    const answer = code === null && account ? accepted(account, variant) : refused(code ?? 3, variant);
    return isXml ? xml(answer) : { body: answer };
  });
}

/** Names are taken in any case. */
function parametersOf({ form }: FakeCall): Record<string, string> {
  return Object.fromEntries([...form].map(([name, value]) => [name.toLowerCase(), value]));
}

function refusal(
  accounts: readonly FakeAccount[],
  variant: OctethVariant,
  { username, password, captcha: typed, tfacode, disable2fa }: Record<string, string>,
  captcha: boolean,
): number | null {
  if (!username) return 1;
  if (!password) return 2;
  if (captcha && !typed) return 4;
  if (captcha && typed !== OCTETH_CAPTCHA.answer) return 5;
  const account = accounts.find((one) => one.username === username && one.password === password);
  if (!account) return 3;
  if (account.code === undefined || variant === 'v4' || variant === 'xml') return null;
  if (disable2fa !== undefined) return 99_999;
  return tfacode === account.code ? null : variant === 'dev' ? 101 : 6;
}

function accepted({ username, name, email }: FakeAccount, variant: OctethVariant) {
  const secrets = { Password: 'h4sh-of-password', '2FA_SecretKey': 'JBSWY3DPEHPK3PXP', '2FA_Enabled': 'No' };
  const few = { AdminID: '1', Username: username };
  const info = variant === 'dev' ? few : { ...few, Name: name, EmailAddress: email, ...secrets };
  return { Success: true, ErrorCode: 0, SessionID: SESSION, AdminInfo: info };
}

function refused(code: number, variant: OctethVariant) {
  const shown = code === 4 || code === 5 ? { CaptchaText: OCTETH_CAPTCHA.text } : {};
  return { Success: false, ErrorCode: variant === 'dev' ? [code] : code, ...shown };
}

function xml(answer: object): FakeAnswer {
  const inside = (value: unknown): string =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .filter(([name]) => /^[A-Za-z]/.test(name))
          .map(([name, item]) => `<${name}>${inside(item)}</${name}>`)
          .join('')
      : value === false
        ? ''
        : String(value);
  return { headers: { 'content-type': 'text/xml' }, body: `<response>${inside(answer)}</response>` };
}
