import { type DeskSettings, deskSettings } from '../../../shared/contract/desk.ts';
import type { AppError } from '../../../shared/contract/errors.ts';

/** What Setup → General edits; numbers stay text while one types. */
export type GeneralValues = {
  siteName: string;
  siteUrl: string;
  timeZone: string;
  overdueHours: string;
  replyOrder: DeskSettings['replyOrder'];
};
export type GeneralErrors = Partial<Record<keyof GeneralValues, string>>;

export function generalOf(settings: DeskSettings): GeneralValues {
  const { siteName, siteUrl, timeZone, overdueHours, replyOrder } = settings;
  return { siteName, siteUrl, timeZone, overdueHours: String(overdueHours), replyOrder };
}

const SENTENCES: Record<keyof GeneralValues, string> = {
  siteName: 'Give the desk a name, up to 200 characters.',
  siteUrl: 'An address such as https://help.example.org, or nothing.',
  timeZone: 'Choose a time zone from the list.',
  overdueHours: 'A whole number of hours from 1 to 8760 (a year).',
  replyOrder: 'Choose one of the two.',
};

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\//i.test(text);
}

const schema = deskSettings.pick({
  siteName: true,
  siteUrl: true,
  timeZone: true,
  overdueHours: true,
  replyOrder: true,
});

/** What changed, ready to save, or what is wrong beside each field. */
export function changesOf(
  values: GeneralValues,
  saved: DeskSettings,
): { ok: true; changes: Partial<DeskSettings> } | { ok: false; errors: GeneralErrors } {
  const hours = values.overdueHours.trim();
  const parsed = schema.safeParse({
    ...values,
    siteUrl: values.siteUrl.trim(),
    overdueHours: /^\d+$/.test(hours) ? Number(hours) : Number.NaN,
  });
  const errors: GeneralErrors = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0] as keyof GeneralValues;
    errors[field] = SENTENCES[field];
  }
  const siteUrl = values.siteUrl.trim();
  if (siteUrl !== '' && !isWebAddress(siteUrl)) errors.siteUrl = SENTENCES.siteUrl;
  if (!parsed.success || Object.keys(errors).length > 0) return { ok: false, errors };
  const changed = Object.entries(parsed.data).filter(
    ([field, value]) => saved[field as keyof DeskSettings] !== value,
  );
  return { ok: true, changes: Object.fromEntries(changed) };
}

/** The core's refusal beside its field; null when it is about none of them. */
export function errorsOf(error: AppError): GeneralErrors | null {
  const field = error.field;
  return field !== undefined && field in SENTENCES ? { [field]: error.message } : null;
}
