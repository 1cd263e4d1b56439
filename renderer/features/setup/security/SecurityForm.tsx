import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import { Field, Notice, NumberInput } from '../../../ui/index.ts';
import { SaveLine } from '../SaveLine.tsx';
import { useSettingsForm } from '../useSettingsForm.ts';
import { SECURITY_RULES, type SecurityValues } from './securityForm.ts';

const FIELDS: readonly { field: keyof SecurityValues; label: string; unit: string; help: string }[] = [
  {
    field: 'loginAttempts',
    label: 'Wrong attempts',
    unit: 'attempts',
    help: 'After that many an account is locked for the address they came from. Ten times as many, from anywhere, lock it for every address it was not used from before.',
  },
  {
    field: 'loginLockMinutes',
    label: 'Locked for',
    unit: 'minutes',
    help: 'Counted from the last wrong attempt. Signing in through the API follows the same two numbers.',
  },
  {
    field: 'sessionDays',
    label: 'Stay signed in for',
    unit: 'days',
    help: 'Whoever has not used Staffdesk for that long signs in again.',
  },
];

/** The rules of signing in. */
export function SecurityForm({ saved }: { saved: DeskSettings }) {
  const form = useSettingsForm(SECURITY_RULES, saved);
  return (
    <form noValidate aria-label="Signing in" onSubmit={form.submit} className="flex flex-col gap-6">
      {FIELDS.map(({ field, label, unit, help }) => (
        <Field key={field} label={label} help={help} error={form.errors[field]}>
          <NumberInput
            unit={unit}
            value={form.values[field]}
            onChange={(event) => form.set({ [field]: event.target.value })}
          />
        </Field>
      ))}
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <SaveLine form={form} />
    </form>
  );
}
