import type { AppError } from '../../../../shared/contract/errors.ts';
import {
  type CreateSourceInput,
  createSourceInput,
  SOURCE_KIND_NAMES,
  type Source,
  type SourceKind,
  sourceUrlProblem,
} from '../../../../shared/contract/sources.ts';

/** What one types about a source. A key of null stays what it is. */
export type SourceValues = CreateSourceInput;
export type SourceErrors = Partial<Record<keyof SourceValues, string>>;

export const NEW_SOURCE: SourceValues = {
  kind: 'helpdeskz',
  name: '',
  url: '',
  allowsHttp: false,
  ca: '',
  matchBy: 'email',
  createsStaff: false,
  departmentIds: [],
  key: '',
};

export const KINDS = (Object.keys(SOURCE_KIND_NAMES) as SourceKind[]).map((value) => ({
  value,
  label: SOURCE_KIND_NAMES[value],
}));

/** What the key is called in each system, and where one finds it. */
export const KEYS: Readonly<Record<SourceKind, { label: string; help: string; isOptional: boolean }>> = {
  helpdeskz: {
    label: 'API token',
    help: 'From its Setup → API, allowed to validate staff sign-ins and to read staff.',
    isOptional: false,
  },
  faveo: {
    label: 'API key',
    help: 'From its Admin panel → API, where it is mandatory.',
    isOptional: true,
  },
  forma: {
    label: 'Authentication code',
    help: 'Where its API works with a single code. Its API and token sign-in must be switched on.',
    isOptional: true,
  },
  octeth: {
    label: 'Admin API key',
    help: 'Lets this desk sign people in without a captcha.',
    isOptional: true,
  },
};

export const MATCHES = [
  { value: 'email', label: 'E-mail address' },
  { value: 'username', label: 'User name' },
] as const;

/** The fields of a saved source; its key is never shown again. */
export function valuesOf(source: Source): SourceValues {
  const { kind, name, url, allowsHttp, ca, matchBy, createsStaff, departmentIds, hasKey } = source;
  return { kind, name, url, allowsHttp, ca, matchBy, createsStaff, departmentIds, key: hasKey ? null : '' };
}

/** Whether the address asks for the explicit yes to plain http. */
export function needsHttpAllowed({ url }: Pick<SourceValues, 'url'>): boolean {
  return sourceUrlProblem(url.trim(), false) !== null && sourceUrlProblem(url.trim(), true) === null;
}

/** What is wrong beside each field; empty when all is well. */
export function errorsIn(values: SourceValues): SourceErrors {
  const errors: SourceErrors = {};
  const parsed = createSourceInput.safeParse(values);
  for (const { path, message } of parsed.success ? [] : parsed.error.issues) {
    errors[path[0] as keyof SourceValues] ??= message;
  }
  const wrongUrl = sourceUrlProblem(values.url.trim(), values.allowsHttp);
  if (wrongUrl !== null) errors.url = wrongUrl;
  if (values.kind === 'helpdeskz' && values.key?.trim() === '')
    errors.key = 'HelpDeskZ answers nobody without a token.';
  return errors;
}

/** The core's refusal beside its field; null when it is about none of them. */
export function errorsOf(error: AppError): SourceErrors | null {
  const field = error.field?.split('.')[0] ?? '';
  return field in NEW_SOURCE ? { [field]: error.message } : null;
}
