import type { AppError } from '../../../../shared/contract/errors.ts';
import { updateProfileInput } from '../../../../shared/contract/people.ts';
import { LIMITS } from '../../../../shared/limits.ts';

export type ProfileValues = { name: string; email: string };
export type PasswordValues = { currentPassword: string; newPassword: string; repeated: string };

const PROFILE: Record<keyof ProfileValues, string> = {
  name: 'A name, as customers will see it.',
  email: 'This is not an e-mail address.',
};

export function profileErrors(values: ProfileValues): Partial<ProfileValues> {
  const errors: Partial<ProfileValues> = {};
  for (const { path } of updateProfileInput.safeParse(values).error?.issues ?? []) {
    const field = path[0] as keyof ProfileValues;
    errors[field] = PROFILE[field];
  }
  return errors;
}

/** What is wrong beside each field before the core is asked. */
export function passwordErrors(values: PasswordValues): Partial<PasswordValues> {
  const errors: Partial<PasswordValues> = {};
  if (values.currentPassword === '') errors.currentPassword = 'Your password as it is now.';
  if (values.newPassword.length < LIMITS.passwordMinLength)
    errors.newPassword = 'Too short. Take 8 characters or more.';
  else if (values.repeated !== values.newPassword) errors.repeated = 'The two are not the same.';
  return errors;
}

/** The core's refusal beside the field it names; the others are for the whole form. */
export function refusalOf(error: AppError, fields: readonly string[]): Record<string, string> | null {
  return error.field !== undefined && fields.includes(error.field) ? { [error.field]: error.message } : null;
}

/** A secret in groups of four, for those who type it. */
export function groupsOf(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}
