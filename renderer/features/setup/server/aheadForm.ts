import { bytesOfMegabytes, MEGABYTES_SENTENCE, megabytesOf } from '../../aboard/index.ts';
import type { SettingsRules } from '../settingsForm.ts';

/** What Setup → Server edits of the desk's own settings. */
export type AheadValues = { megabytes: string };

export const AHEAD_RULES: SettingsRules<AheadValues> = {
  name: 'ahead',
  valuesOf: ({ attachmentsAheadBytes }) => ({ megabytes: megabytesOf(attachmentsAheadBytes) }),
  settingsOf: ({ megabytes }) => ({ attachmentsAheadBytes: bytesOfMegabytes(megabytes) }),
  fieldOf: { attachmentsAheadBytes: 'megabytes' },
  sentences: { megabytes: MEGABYTES_SENTENCE },
};
