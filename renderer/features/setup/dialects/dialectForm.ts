import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import type { Dialect } from '../../../../shared/contract/dialects.ts';
import { type SettingsRules, wholeNumber } from '../settingsForm.ts';

/** One dialect's switches; `isExtra` is the one that only this dialect has. */
export type DialectValues = { isOn: boolean; minutes: string; isExtra: boolean };

const SENTENCES = {
  isOn: '',
  minutes: 'A whole number of minutes from 1 to 43200 (30 days).',
  isExtra: '',
};

export const DIALECT_RULES: Record<Dialect, SettingsRules<DialectValues>> = {
  octeth: {
    name: 'octeth',
    valuesOf: ({ octethSignIn: saved }) => ({
      isOn: saved.isOn,
      minutes: String(saved.sessionMinutes),
      isExtra: saved.asksCaptcha,
    }),
    settingsOf: ({ isOn, minutes, isExtra }) => ({
      octethSignIn: { isOn, sessionMinutes: wholeNumber(minutes), asksCaptcha: isExtra },
    }),
    fieldOf: { octethSignIn: 'minutes' },
    sentences: SENTENCES,
  },
  forma: {
    name: 'forma',
    valuesOf: ({ formaSignIn: saved }) => ({
      isOn: saved.isOn,
      minutes: String(saved.tokenMinutes),
      isExtra: saved.isStrict,
    }),
    settingsOf: ({ isOn, minutes, isExtra }) => ({
      formaSignIn: { isOn, tokenMinutes: wholeNumber(minutes), isStrict: isExtra },
    }),
    fieldOf: { formaSignIn: 'minutes' },
    sentences: SENTENCES,
  },
  faveo: {
    name: 'faveo',
    valuesOf: ({ faveoSignIn: saved }) => ({
      isOn: saved.isOn,
      minutes: String(saved.tokenMinutes),
      isExtra: saved.isKeyRequired,
    }),
    settingsOf: ({ isOn, minutes, isExtra }) => ({
      faveoSignIn: { isOn, tokenMinutes: wholeNumber(minutes), isKeyRequired: isExtra },
    }),
    fieldOf: { faveoSignIn: 'minutes' },
    sentences: SENTENCES,
  },
};

/** Stands where the person puts their own: a line with a real password would stay in the terminal's history. */
export const PASSWORD_PLACE = 'YOUR-PASSWORD';

/** A line that signs `username` in, for a terminal; double quotes, which every shell takes. */
export function signInLine(
  dialect: Dialect,
  baseUrl: string,
  username: string,
  settings: DeskSettings,
  key: string | null,
): string {
  const field = (name: string, value: string): string => ` --data-urlencode "${name}=${value}"`;
  switch (dialect) {
    case 'octeth': {
      const trusted = settings.octethSignIn.asksCaptcha
        ? field('DisableCaptcha', 'true') + field('AdminApiKey', key ?? 'THE-KEY')
        : '';
      return `curl "${baseUrl}/api.php"${field('Command', 'Admin.Login')}${field('Username', username)}${field('Password', PASSWORD_PLACE)}${trusted}`;
    }
    case 'forma':
      return `curl "${baseUrl}/api/auth/authenticate" -H "Accept: application/json"${field('username', username)}${field('password', PASSWORD_PLACE)}`;
    case 'faveo': {
      const shown = settings.faveoSignIn.isKeyRequired ? field('api_key', key ?? 'THE-KEY') : '';
      return `curl "${baseUrl}/api/v1/authenticate"${field('username', username)}${field('password', PASSWORD_PLACE)}${shown}`;
    }
  }
}
