import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import { Field, Input, Notice } from '../../../ui/index.ts';
import { SaveLine } from '../SaveLine.tsx';
import { useSettingsForm } from '../useSettingsForm.ts';
import { SECURITY_RULES, type SecurityValues } from './securityForm.ts';

const FIELDS: readonly { field: keyof SecurityValues; label: string; help: string }[] = [
  {
    field: 'loginAttempts',
    label: 'Wrong attempts',
    help: 'So many lock an account for the address they came from; ten times as many, from whatever addresses, lock it for all but those it was used from.',
  },
  {
    field: 'loginLockMinutes',
    label: 'Minutes locked',
    help: 'Since the last of them. Whoever signs in by the API is held to the same two numbers.',
  },
  {
    field: 'sessionDays',
    label: 'Days signed in',
    help: 'So long without using Staffdesk, and one signs in again.',
  },
];

/** The rules of signing in. */
export function SecurityForm({ saved }: { saved: DeskSettings }) {
  const form = useSettingsForm(SECURITY_RULES, saved);
  return (
    <form noValidate aria-label="Signing in" onSubmit={form.submit} className="flex flex-col gap-6">
      {FIELDS.map(({ field, label, help }) => (
        <Field key={field} label={label} help={help} error={form.errors[field]}>
          <Input
            inputMode="numeric"
            value={form.values[field]}
            onChange={(event) => form.set({ [field]: event.target.value })}
            className="max-w-28 tabular-nums"
          />
        </Field>
      ))}
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <SaveLine form={form} />
    </form>
  );
}
