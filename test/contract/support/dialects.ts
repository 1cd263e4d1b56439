import { generateDialectKey } from '../../../electron/core/services/dialects/keys.ts';
import { updateSettings } from '../../../electron/core/services/settings.ts';
import type { DeskSettings } from '../../../shared/contract/desk.ts';
import type { Dialect, KeyedDialect } from '../../../shared/contract/dialects.ts';
import type { DepartmentId, StaffId } from '../../../shared/model/ids.ts';
import { type ApiDesk, addStaff, openApiDesk } from './apiDesk.ts';
import { type Answer, exchange, multipart, send, urlencoded } from './client.ts';

export const PASSWORD = 'correct horse battery';
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
export const ADA = 1 as StaffId;
export const SAM = 2 as StaffId;
export const TESS = 4 as StaffId;

/** Every dialect, switched on. */
export const ALL_ON = {
  octethSignIn: { isOn: true, sessionMinutes: 60, asksCaptcha: false },
  formaSignIn: { isOn: true, tokenMinutes: 60, isStrict: false },
  faveoSignIn: { isOn: true, tokenMinutes: 60, isKeyRequired: false },
};
/** Where clients call. */
export const ADDRESSES: readonly [Dialect, 'GET' | 'POST', string][] = [
  ['octeth', 'POST', '/api.php'],
  ['forma', 'POST', '/api/auth/authenticate'],
  ['forma', 'POST', '/api/auth/authenticate.json'],
  ['forma', 'POST', '/api/auth/authenticate.xml'],
  ['faveo', 'POST', '/api/v1/authenticate'],
  ['faveo', 'GET', '/api/v1/authenticate/user'],
  ['faveo', 'GET', '/api/v1/helpdesk/check-url'],
];

/** A desk with ada (admin, 1), sam (agent of General, 2), zoe (switched off, 3) and tess (second factor, 4). */
export async function openDialectDesk(settings: Partial<DeskSettings>): Promise<ApiDesk> {
  const desk = await openApiDesk({ timeZone: 'Europe/Berlin', ...settings });
  const { store } = desk.deps;
  for (const name of ['General', 'Advertising', 'Sales']) {
    store.departments.insert({ name, isPrivate: false, now: desk.clock.now() });
  }
  const people = [
    { username: 'ada', fullname: 'Ada Lovelace', admin: 1, active: 1 },
    { username: 'sam', fullname: 'Sam', admin: 0, active: 1, departments: [1 as DepartmentId] },
    { username: 'zoe', fullname: 'Zoe Off', admin: 0, active: 0 },
    { username: 'tess', fullname: 'Tess Two', admin: 0, active: 1, totp_secret_base32: TOTP_SECRET },
  ];
  for (const one of people) {
    await addStaff(desk.deps, { ...one, email: `${one.username}@desk.example`, password: PASSWORD });
  }
  return desk;
}

export interface Sent {
  readonly form?: Readonly<Record<string, string>>;
  readonly parts?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers in the words of other systems are not in the document of the API. */
function senderOf(path: string): typeof send {
  return /^\/api(\.php|\/auth\/|\/v1\/)/.test(path) ? exchange : send;
}

/** Posts fields in one of the encodings and answers what came back, as it came. */
export function post(
  desk: ApiDesk,
  path: string,
  { form, parts, json, headers = {} }: Sent = {},
): Promise<Answer> {
  const sent = encoded({ ...(form ? { form } : {}), ...(parts ? { parts } : {}), json });
  return senderOf(path)(desk.port, {
    method: 'POST',
    path,
    headers: { ...headers, ...(sent ? { 'Content-Type': sent.contentType } : {}) },
    ...(sent ? { body: sent.body } : {}),
  });
}

function encoded({ form, parts, json }: Sent): { body: Buffer; contentType: string } | undefined {
  if (form) return urlencoded(form);
  if (parts) return multipart(Object.entries(parts).map(([name, value]) => ({ name, value })));
  return json === undefined
    ? undefined
    : { body: Buffer.from(JSON.stringify(json)), contentType: 'application/json' };
}

export function get(
  desk: ApiDesk,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return senderOf(path)(desk.port, { method: 'GET', path, headers });
}

export const parsed = (answer: Answer): Record<string, unknown> =>
  JSON.parse(answer.body) as Record<string, unknown>;

export function change(desk: ApiDesk, settings: Partial<DeskSettings>): void {
  const done = updateSettings(desk.deps, settings);
  if (!done.ok) throw new Error(done.error.message);
}

export async function makeKey(desk: ApiDesk, dialect: KeyedDialect): Promise<string> {
  const made = await generateDialectKey(desk.deps, dialect);
  if (!made.ok || made.value.key === null) throw new Error('no key');
  return made.value.key;
}
