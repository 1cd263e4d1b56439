import type { AppError } from '../../../shared/contract/errors.ts';
import { type ConnectDeskInput, connectDeskInput } from '../../../shared/contract/sync.ts';

export type ConnectValues = Record<keyof ConnectDeskInput, string>;
export type ConnectErrors = Partial<Record<keyof ConnectValues, string>>;

export const NO_VALUES: ConnectValues = {
  url: '',
  token: '',
  username: '',
  password: '',
  code: '',
  setupCode: '',
};

/** People type addresses without a scheme, and with the path of whatever page they had open last. */
export function toConnectInput(values: ConnectValues): ConnectDeskInput {
  const { url, token, username, password, code, setupCode } = values;
  const address = url.trim().replace(/\/+$/, '');
  return {
    url: address === '' || /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`,
    token: token.trim(),
    username: username.trim(),
    password,
    ...(code.trim() === '' ? {} : { code: code.trim() }),
    ...(setupCode.trim() === '' ? {} : { setupCode: setupCode.trim() }),
  };
}

/** What to say beside a field that the schema refuses. */
const SENTENCES: Readonly<Record<keyof ConnectValues, string>> = {
  url: 'Enter the address of the helpdesk, like https://help.example.com.',
  token: 'Enter an API token of the helpdesk.',
  username: 'Enter your user name on that helpdesk.',
  password: 'Enter your password on that helpdesk.',
  code: 'The code is too long.',
  setupCode: 'The code is longer than any that Staffdesk prints.',
};

const isField = (name: PropertyKey | undefined): name is keyof ConnectValues =>
  typeof name === 'string' && name in SENTENCES;

export function checkConnect(values: ConnectValues): ConnectErrors {
  const parsed = connectDeskInput.safeParse(toConnectInput(values));
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]).filter(isField);
  return Object.fromEntries(wrong.map((field) => [field, SENTENCES[field]]));
}

/** The refusal beside the field it is about; null when it is about none. */
export function connectErrorsOf({ field, code, message }: AppError): ConnectErrors | null {
  if (!isField(field)) return null;
  return { [field]: code === 'invalid_input' ? SENTENCES[field] : message };
}
