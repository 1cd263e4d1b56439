import { type SettingsRules, wholeNumber } from '../settingsForm.ts';

const MB = 1024 * 1024;
const MOST_MB = 1_000_000;

/** What Setup → Server edits of the desk's own settings. */
export type AheadValues = { megabytes: string };

export const AHEAD_RULES: SettingsRules<AheadValues> = {
  name: 'ahead',
  valuesOf: ({ attachmentsAheadBytes }) => ({ megabytes: String(Math.round(attachmentsAheadBytes / MB)) }),
  settingsOf: ({ megabytes }) => ({ attachmentsAheadBytes: wholeNumber(megabytes) * MB }),
  fieldOf: { attachmentsAheadBytes: 'megabytes' },
  sentences: { megabytes: `A whole number of megabytes, 0 to ${MOST_MB}.` },
  problems: ({ megabytes }) => (wholeNumber(megabytes) > MOST_MB ? ['megabytes'] : []),
};
