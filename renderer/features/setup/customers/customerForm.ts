import type { AppError } from '../../../../shared/contract/errors.ts';
import { ERROR_TEXT } from '../../../../shared/contract/errors.ts';
import type { Customer } from '../../../../shared/contract/queues.ts';

/** What one types about a customer; the first address is the main one. */
export type CustomerValues = { name: string; emails: readonly string[] };
/** Sentences beside the fields: `name`, `emails.0`, `emails.1`, … */
export type CustomerErrors = Readonly<Record<string, string>>;

export const valuesOf = ({ name, email, otherEmails }: Customer): CustomerValues => ({
  name,
  emails: [email, ...otherEmails],
});

export function isSameCustomer(a: CustomerValues, b: CustomerValues): boolean {
  return a.name === b.name && a.emails.join('\n') === b.emails.join('\n');
}

/**
 * What was typed, upon what is saved by now: a field that was left alone, and addresses that came or went meanwhile
 * (a merge, a colleague), are as they are saved.
 */
export function rebased(base: CustomerValues, typed: CustomerValues, saved: CustomerValues): CustomerValues {
  const isGone = (email: string) => base.emails.includes(email) && !saved.emails.includes(email);
  const came = saved.emails.filter((email) => !base.emails.includes(email) && !typed.emails.includes(email));
  const isSameEmails = base.emails.join('\n') === typed.emails.join('\n');
  return {
    name: typed.name === base.name ? saved.name : typed.name,
    emails: isSameEmails ? saved.emails : [...typed.emails.filter((email) => !isGone(email)), ...came],
  };
}

/** Empty further addresses are no addresses; what is left is trimmed. */
export function cleaned({ name, emails }: CustomerValues): CustomerValues {
  const [main = '', ...others] = emails.map((email) => email.trim());
  return { name: name.trim(), emails: [main, ...others.filter((email) => email !== '')] };
}

/** What can be told before the core is asked. */
export function problemsOf({ name, emails }: CustomerValues): CustomerErrors {
  const errors: Record<string, string> = {};
  if (name.trim() === '') errors.name = ERROR_TEXT.name_missing;
  const keys = emails.map((email) => email.trim().toLowerCase());
  keys.forEach((key, at) => {
    if (key === '' && at === 0) errors['emails.0'] = ERROR_TEXT.email_missing;
    else if (key !== '' && keys.indexOf(key) < at) errors[`emails.${at}`] = ERROR_TEXT.email_twice;
  });
  return errors;
}

/** The core's refusal beside its field; null when it is about none. */
export function errorsOf({ field, message }: AppError): CustomerErrors | null {
  if (field === 'email') return { 'emails.0': message };
  return field === 'name' || field?.startsWith('emails.') ? { [field]: message } : null;
}

/** Puts one of the further addresses first. */
export function withMain(emails: readonly string[], at: number): string[] {
  const chosen = emails[at];
  return chosen === undefined ? [...emails] : [chosen, ...emails.filter((_, index) => index !== at)];
}
