import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import { type SettingsRules, wholeNumber } from '../settingsForm.ts';

const MIB = 1024 * 1024;

/** What Setup → Tickets edits. */
export type TicketsValues = {
  overdueHours: string;
  replyOrder: DeskSettings['replyOrder'];
  ticketsPage: string;
  repliesPage: string;
  attachmentsEnabled: boolean;
  attachmentsPerMessage: string;
  maxMegabytes: string;
  types: string;
};

/** `2.5` or `2,5`: megabytes as people write them. */
function bytesOf(megabytes: string): number {
  const text = megabytes.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * MIB) : Number.NaN;
}

/** Extensions as people list them: with or without a dot, separated by commas or spaces. */
function typesOf(text: string): string[] {
  const types = text.toLowerCase().split(/[\s,;]+/);
  return [...new Set(types.map((type) => type.replace(/^\*?\./, '')).filter((type) => type !== ''))];
}

export const TICKETS_RULES: SettingsRules<TicketsValues> = {
  name: 'tickets',
  valuesOf: (saved) => ({
    overdueHours: String(saved.overdueHours),
    replyOrder: saved.replyOrder,
    ticketsPage: String(saved.ticketsPage),
    repliesPage: String(saved.repliesPage),
    attachmentsEnabled: saved.attachmentsEnabled,
    attachmentsPerMessage: String(saved.attachmentsPerMessage),
    maxMegabytes: String(Number((saved.attachmentMaxBytes / MIB).toFixed(3))),
    types: saved.attachmentTypes.join(', '),
  }),
  settingsOf: (values) => ({
    overdueHours: wholeNumber(values.overdueHours),
    replyOrder: values.replyOrder,
    ticketsPage: wholeNumber(values.ticketsPage),
    repliesPage: wholeNumber(values.repliesPage),
    attachmentsEnabled: values.attachmentsEnabled,
    attachmentsPerMessage: wholeNumber(values.attachmentsPerMessage),
    attachmentMaxBytes: bytesOf(values.maxMegabytes),
    attachmentTypes: typesOf(values.types),
  }),
  fieldOf: { attachmentMaxBytes: 'maxMegabytes', attachmentTypes: 'types' },
  sentences: {
    overdueHours: 'A whole number of hours from 1 to 8760 (a year).',
    replyOrder: 'Choose one of the two.',
    ticketsPage: 'A whole number from 1 to 20000.',
    repliesPage: 'A whole number from 1 to 20000.',
    attachmentsEnabled: 'Yes or no.',
    attachmentsPerMessage: 'A whole number from 1 to 100.',
    maxMegabytes: 'A size in megabytes such as 2.5, at most 1900.',
    types: 'Extensions such as jpg, png, pdf: letters and digits, separated by commas.',
  },
};
