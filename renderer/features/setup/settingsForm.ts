import { type DeskSettings, deskSettings } from '../../../shared/contract/desk.ts';
import type { AppError } from '../../../shared/contract/errors.ts';

/** How one section edits some of the desk's settings: what its fields hold, and what that means. */
export type SettingsRules<V extends object> = {
  /** Tells the form from the others: what was typed into it is kept under this. */
  name: string;
  /** Numbers and lists stay text while one types. */
  valuesOf: (saved: DeskSettings) => V;
  /** What the values mean, still unchecked; a number that is none is NaN. */
  settingsOf: (values: V) => Partial<DeskSettings>;
  /** The field that edits a setting; both have the same name where this says nothing. */
  fieldOf?: Partial<Record<keyof DeskSettings, keyof V & string>>;
  /** What is wrong beside a field, in words. */
  sentences: Record<keyof V & string, string>;
  /** What the schema of the setting does not know. */
  problems?: (values: V) => (keyof V & string)[];
};
export type FieldErrors<V> = Partial<Record<keyof V & string, string>>;

/** What changed, ready to save, or what is wrong beside each field. */
export function changesOf<V extends object>(
  rules: SettingsRules<V>,
  values: V,
  saved: DeskSettings,
): { ok: true; changes: Partial<DeskSettings> } | { ok: false; errors: FieldErrors<V> } {
  const parsed = deskSettings.partial().safeParse(rules.settingsOf(values));
  const settings = (parsed.error?.issues ?? []).map(({ path }) => path[0] as keyof DeskSettings);
  const wrong = [
    ...settings.map((setting) => rules.fieldOf?.[setting] ?? (setting as keyof V & string)),
    ...(rules.problems?.(values) ?? []),
  ];
  if (!parsed.success || wrong.length > 0) return { ok: false, errors: sentencesFor(rules, wrong) };
  // Against what the form would say untouched: it may round, or put a list in another order.
  const untouched = rules.settingsOf(rules.valuesOf(saved));
  const changed = Object.entries(parsed.data).filter(
    ([setting, value]) => JSON.stringify(untouched[setting as keyof DeskSettings]) !== JSON.stringify(value),
  );
  return { ok: true, changes: Object.fromEntries(changed) };
}

function sentencesFor<V extends object>(
  rules: SettingsRules<V>,
  fields: (keyof V & string)[],
): FieldErrors<V> {
  const errors: FieldErrors<V> = {};
  for (const field of fields) errors[field] = rules.sentences[field];
  return errors;
}

/** The core's refusal beside its field; null when it is about none of them. */
export function errorsOf<V extends object>(rules: SettingsRules<V>, error: AppError): FieldErrors<V> | null {
  const setting = error.field as keyof DeskSettings | undefined;
  if (setting === undefined) return null;
  const field = rules.fieldOf?.[setting] ?? (setting as keyof V & string);
  if (!(field in rules.sentences)) return null;
  const errors: FieldErrors<V> = {};
  errors[field] = error.message;
  return errors;
}

/** A whole number as it was typed; NaN for anything else. */
export function wholeNumber(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}
