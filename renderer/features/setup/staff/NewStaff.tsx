import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Checkbox, Field, Notice, PasswordInput } from '../../../ui/index.ts';
import { StaffFormFields } from './StaffFormFields.tsx';
import { checkNew, errorsOf, NEW_STAFF, type StaffErrors, type StaffValues } from './staffForm.ts';

export type MadeStaff = { name: string; username: string; password: string | null };

function useNewStaff(onMade: (made: MadeStaff) => void) {
  const [values, setValues] = useState<StaffValues>(NEW_STAFF);
  const [errors, setErrors] = useState<StaffErrors>({});
  const create = useMutation(
    trpc.staff.create.mutationOptions({
      onSuccess: ({ staff: { name, username }, password }) => onMade({ name, username, password }),
      onError: (error) => setErrors(errorsOf(toAppError(error)) ?? {}),
    }),
  );
  const failure = create.error ? toAppError(create.error) : null;
  return {
    values,
    errors,
    isBusy: create.isPending,
    problem: failure && !errorsOf(failure) ? failure.message : null,
    set: (changed: Partial<StaffValues>) => {
      setValues((before) => ({ ...before, ...changed }));
      setErrors({});
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const checked = checkNew(values);
      setErrors(checked.ok ? {} : checked.errors);
      if (checked.ok) create.mutate(checked.input);
    },
  };
}

/** Adds a colleague. */
export function NewStaff({ onMade, onCancel }: { onMade: (made: MadeStaff) => void; onCancel: () => void }) {
  const form = useNewStaff(onMade);
  const { values, errors, set } = form;
  return (
    <form noValidate onSubmit={form.submit} aria-label="New staff member" className="flex flex-col gap-6">
      <h3 className="font-semibold text-heading">Add a staff member</h3>
      <StaffFormFields values={values} errors={errors} set={set} />
      <Checkbox
        checked={values.isGenerated}
        onCheckedChange={(isGenerated) => set({ isGenerated })}
        label="Make a password"
        help="It is shown once, for you to hand over. They change it in their profile."
      />
      {!values.isGenerated && (
        <Field label="Password" help="At least 8 characters." error={errors.password}>
          <PasswordInput
            value={values.password}
            autoComplete="new-password"
            onChange={(event) => set({ password: event.target.value })}
          />
        </Field>
      )}
      {form.problem && <Notice tone="danger">Not added. {form.problem}</Notice>}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" isBusy={form.isBusy}>
          Add staff member
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
