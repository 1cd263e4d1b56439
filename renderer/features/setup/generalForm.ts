import type { SettingsRules } from './settingsForm.ts';

/** What Setup → General edits. */
export type GeneralValues = { siteName: string; siteUrl: string; timeZone: string };

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\//i.test(text);
}

export const GENERAL_RULES: SettingsRules<GeneralValues> = {
  name: 'general',
  valuesOf: ({ siteName, siteUrl, timeZone }) => ({ siteName, siteUrl, timeZone }),
  settingsOf: ({ siteName, siteUrl, timeZone }) => ({ siteName, siteUrl: siteUrl.trim(), timeZone }),
  sentences: {
    siteName: 'Give the desk a name, up to 200 characters.',
    siteUrl: 'An address such as https://help.example.org, or nothing.',
    timeZone: 'Choose a time zone from the list.',
  },
  problems: ({ siteUrl }) => (siteUrl.trim() === '' || isWebAddress(siteUrl.trim()) ? [] : ['siteUrl']),
};
