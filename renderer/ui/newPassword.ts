import { LIMITS } from '../../shared/limits.ts';

export type NewPassword = { newPassword: string; repeated: string };

/** What is wrong with a new password before the core is asked. */
export function newPasswordErrors({ newPassword, repeated }: NewPassword): Partial<NewPassword> {
  if (newPassword.length < LIMITS.passwordMinLength)
    return { newPassword: 'Too short. Take 8 characters or more.' };
  return newPassword === repeated ? {} : { repeated: 'The two are not the same.' };
}
