import { Field, NumberInput } from '../../ui/index.ts';

/** How much may lie on this desk before somebody opens it. */
export function MegabytesField({
  label,
  help,
  error,
  value,
  onChange,
}: {
  label: string;
  help: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} help={help} error={error}>
      <NumberInput unit="MB" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
