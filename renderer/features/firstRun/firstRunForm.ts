import { type InstallInput, installInput } from '../../../shared/contract/desk.ts';
import type { AppError } from '../../../shared/contract/errors.ts';

export const STEPS = ['checks', 'desk', 'admin', 'departments'] as const;
export type Step = (typeof STEPS)[number];

export type FirstRunValues = {
  siteName: string;
  timeZone: string;
  username: string;
  name: string;
  email: string;
  password: string;
  departments: readonly string[];
  code: string;
};

/** The names of the fields as the screen has them; one error sentence each. */
export type FieldErrors = Partial<Record<keyof FirstRunValues, string>>;

/** HelpDeskZ's own three (behaviour.md part 1, «Installed departments»). */
export const OFFERED_DEPARTMENTS: readonly string[] = ['General', 'Advertising', 'Sales'];

export function toInstallInput(values: FirstRunValues): InstallInput {
  const { siteName, timeZone, username, name, email, password, departments, code } = values;
  return {
    siteName: siteName.trim(),
    siteUrl: '',
    timeZone,
    departments: departments.map((department) => department.trim()).filter((department) => department !== ''),
    admin: { username: username.trim(), name: name.trim(), email: email.trim(), password },
    ...(code.trim() === '' ? {} : { code: code.trim() }),
  };
}

const STEP_OF: Record<keyof FirstRunValues, Step> = {
  code: 'checks',
  siteName: 'desk',
  timeZone: 'desk',
  username: 'admin',
  name: 'admin',
  email: 'admin',
  password: 'admin',
  departments: 'departments',
};

/** The step an error is about: the screen goes back to it. */
export function stepOf(errors: FieldErrors): Step | null {
  const fields = Object.keys(errors) as (keyof FirstRunValues)[];
  return STEPS.find((step) => fields.some((field) => STEP_OF[field] === step)) ?? null;
}

function fieldOf(path: string): keyof FirstRunValues | null {
  const name = path.replace(/^admin\./, '').replace(/\.\d+$/, '');
  return name in STEP_OF ? (name as keyof FirstRunValues) : null;
}

/** What to say beside a field that the schema refuses. */
const SENTENCES: Record<keyof FirstRunValues, string> = {
  siteName: 'Give the desk a name, up to 200 characters.',
  timeZone: 'Choose a time zone from the list.',
  username: 'Choose a user name: letters, digits, - and _ only, up to 50.',
  name: 'Enter your name.',
  email: 'Enter an e-mail address, like ann@example.com.',
  password: 'Too short. Take 8 characters or more.',
  departments: 'At least one department, each with a name.',
  code: 'The code is longer than any that Staffdesk prints.',
};

/** Checks what one step asks for; the whole form when no step is named. */
export function checkValues(values: FirstRunValues, step?: Step): FieldErrors {
  const parsed = installInput.safeParse(toInstallInput(values));
  if (parsed.success) return {};
  const errors: FieldErrors = {};
  for (const issue of parsed.error.issues) {
    const field = fieldOf(issue.path.join('.'));
    if (field && (step === undefined || STEP_OF[field] === step)) errors[field] = SENTENCES[field];
  }
  return errors;
}

/** The core's refusal beside the field it is about; null when it is about none. */
export function errorsOf(error: AppError): FieldErrors | null {
  if (error.code === 'setup_code_wrong') return { code: error.message };
  const field = error.field === undefined ? null : fieldOf(error.field);
  return field && { [field]: error.code === 'invalid_input' ? SENTENCES[field] : error.message };
}
