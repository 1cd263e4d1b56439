import type { AppError } from '../../../../shared/contract/errors.ts';
import { type Profile, updateProfileInput } from '../../../../shared/contract/people.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { newPasswordErrors } from '../../../ui/index.ts';

export type ProfileValues = { name: string; email: string; timeZone: string };
export type PasswordValues = { currentPassword: string; newPassword: string; repeated: string };

const PROFILE: Record<keyof ProfileValues, string> = {
  name: 'A name, as customers will see it.',
  email: 'This is not an e-mail address.',
  timeZone: 'Choose a time zone from the list.',
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
  return { ...errors, ...newPasswordErrors(values) };
}

/** The core's refusal beside the field it names; the others are for the whole form. */
export function refusalOf(error: AppError, fields: readonly string[]): Record<string, string> | null {
  return error.field !== undefined && fields.includes(error.field) ? { [error.field]: error.message } : null;
}

/** The answered profile, shown at once. */
export function keepProfile(profile: Profile): void {
  queryClient.setQueryData(trpc.profile.get.queryKey(), profile);
}

/** So many recovery codes left, or fewer, are a reason to make new ones. */
export const FEW_CODES = 3;

/** The codes as a file that says what it is for. */
export function recoveryCodeText(codes: readonly string[], siteName: string, username: string): string {
  const lines = [
    `Recovery codes for ${siteName}, user name ${username}.`,
    'Each signs you in once, in place of the code of your phone.',
    '',
    ...codes,
    '',
  ];
  return lines.join('\n');
}

/** A secret in groups of four, for those who type it. */
export function groupsOf(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}
