import type { Lockout } from '../../../../shared/contract/security.ts';
import { type SettingsRules, wholeNumber } from '../settingsForm.ts';

/** What Setup → Security edits. */
export type SecurityValues = { loginAttempts: string; loginLockMinutes: string; sessionDays: string };

export const SECURITY_RULES: SettingsRules<SecurityValues> = {
  name: 'security',
  valuesOf: (saved) => ({
    loginAttempts: String(saved.loginAttempts),
    loginLockMinutes: String(saved.loginLockMinutes),
    sessionDays: String(saved.sessionDays),
  }),
  settingsOf: (values) => ({
    loginAttempts: wholeNumber(values.loginAttempts),
    loginLockMinutes: wholeNumber(values.loginLockMinutes),
    sessionDays: wholeNumber(values.sessionDays),
  }),
  sentences: {
    loginAttempts: 'A whole number from 1 to 100.',
    loginLockMinutes: 'A whole number of minutes from 1 to 1440 (a day).',
    sessionDays: 'A whole number of days from 1 to 365.',
  },
};

/** Who is locked out. */
export function lockedName({ staff }: Lockout): string {
  return staff ? `${staff.name} (${staff.username})` : 'A user name that nobody has';
}

/** From where, in words. */
export function lockedFrom({ from, address }: Lockout): string {
  switch (from) {
    case 'address':
      return `from ${address ?? 'an address'}`;
    case 'this_machine':
      return 'on this machine';
    case 'everywhere':
      return 'from every address they have not signed in from: many addresses guessed';
    case 'profile':
      return 'from changing their own password and two-step sign-in';
  }
}
