import type { ApiToken, CreateTokenInput, Permission } from '../../../../shared/contract/desk.ts';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { UpdateTokenInput } from '../../../../shared/contract/tokens.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import { isSameChoice } from './permissionGrid.ts';

/** What the form of a token edits, as one types it. */
export type TokenForm = {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly ipList: string;
  /** 2027-01-01; empty = never. */
  readonly expiresOn: string;
  readonly staffId: StaffId | null;
};
export type TokenErrors = Partial<Record<keyof TokenForm, string>>;

export const EMPTY_FORM: TokenForm = { name: '', permissions: [], ipList: '', expiresOn: '', staffId: null };

/** The day a moment falls on in a zone, as a date field writes it. */
export function dayOf(at: number, timeZone: string | undefined): string {
  // Sweden writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(timeZone ? { timeZone } : {}) }).format(
    at,
  );
}

export function formOf(token: ApiToken, timeZone: string | undefined): TokenForm {
  return {
    name: token.name,
    permissions: token.permissions,
    ipList: token.ipList.join(', '),
    expiresOn: token.expiresAt === null ? '' : dayOf(token.expiresAt, timeZone),
    staffId: token.boundTo?.staffId ?? null,
  };
}

const entriesOf = (ipList: string): string[] => ipList.split(/[\s,]+/).filter((entry) => entry !== '');
const dayOrNever = (day: string): string | null => (day === '' ? null : day);

/** What is wrong before the core is asked. */
export function problemsOf(form: TokenForm): TokenErrors {
  const name = form.name.trim();
  return {
    ...(name === '' || name.length > 200
      ? { name: 'Say what the token is for, in up to 200 characters.' }
      : {}),
    ...(form.permissions.length === 0
      ? { permissions: 'Tick what the token may do, at least one thing.' }
      : {}),
  };
}

export function createInputOf(form: TokenForm): CreateTokenInput {
  return {
    name: form.name.trim(),
    permissions: [...form.permissions],
    ipList: entriesOf(form.ipList),
    expiresOn: dayOrNever(form.expiresOn),
    staffId: form.staffId,
  };
}

/** Only what was changed: two admins in the same token do not undo each other's work. */
export function changesOf(form: TokenForm, saved: TokenForm): Omit<UpdateTokenInput, 'tokenId'> {
  return {
    ...(form.name.trim() === saved.name ? {} : { name: form.name.trim() }),
    ...(isSameChoice(form.permissions, saved.permissions) ? {} : { permissions: [...form.permissions] }),
    ...(entriesOf(form.ipList).join() === entriesOf(saved.ipList).join()
      ? {}
      : { ipList: entriesOf(form.ipList) }),
    ...(form.expiresOn === saved.expiresOn ? {} : { expiresOn: dayOrNever(form.expiresOn) }),
    ...(form.staffId === saved.staffId ? {} : { staffId: form.staffId }),
  };
}

/** This machine under both of its names, beside what is in the list already. */
export function withThisMachine(ipList: string): string {
  const entries = entriesOf(ipList);
  return [...entries, ...['127.0.0.1', '::1'].filter((address) => !entries.includes(address))].join(', ');
}

/** The core's refusal beside its field; null when it is about none of them. */
export function errorsOf(error: AppError): TokenErrors | null {
  const field = error.field?.split('.', 1)[0];
  return field !== undefined && field in EMPTY_FORM ? { [field]: error.message } : null;
}
