import { Field } from './Field.tsx';
import type { NewPassword } from './newPassword.ts';
import { PasswordInput } from './PasswordInput.tsx';

/** A new password, typed twice. */
export function NewPasswordFields({
  values,
  errors,
  set,
  autoFocus = false,
}: {
  values: NewPassword;
  errors: Partial<NewPassword>;
  set: (changed: Partial<NewPassword>) => void;
  autoFocus?: boolean;
}) {
  return (
    <>
      <Field label="New password" help="At least 8 characters." error={errors.newPassword}>
        <PasswordInput
          autoFocus={autoFocus}
          value={values.newPassword}
          autoComplete="new-password"
          onChange={(event) => set({ newPassword: event.target.value })}
        />
      </Field>
      <Field label="New password again" error={errors.repeated}>
        <PasswordInput
          value={values.repeated}
          autoComplete="new-password"
          onChange={(event) => set({ repeated: event.target.value })}
        />
      </Field>
    </>
  );
}
