import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { StaffFields, StaffRecord } from '../../../../shared/contract/people.ts';
import { trpc } from '../../../api/client.ts';
import { useDepartments } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Notice } from '../../../ui/index.ts';
import { useFormEdits } from '../keptEdits.ts';
import { SaveLine } from '../SaveLine.tsx';
import { useRefreshStaff } from './refreshStaff.ts';
import { StaffFormFields } from './StaffFormFields.tsx';
import { checkFields, errorsOf, fieldsOf, isSameFields, type StaffErrors } from './staffForm.ts';

function useEditStaff(staff: StaffRecord) {
  const departments = useDepartments();
  const refresh = useRefreshStaff();
  const saved = fieldsOf(staff, departments);
  const edits = useFormEdits<StaffFields>(`staff ${staff.id}`, saved);
  const [errors, setErrors] = useState<StaffErrors>({});
  const update = useMutation(
    trpc.staff.update.mutationOptions({
      onSuccess: async ({ staff: changed }) => {
        await refresh(changed);
        edits.forget();
      },
      onError: (error) => setErrors(errorsOf(toAppError(error)) ?? {}),
    }),
  );
  const { values } = edits;
  const isDirty = !isSameFields(values, saved);
  const failure = update.error ? toAppError(update.error) : null;
  return {
    values,
    errors,
    isDirty,
    isSaving: update.isPending,
    isSaved: update.isSuccess && !isDirty,
    problem: failure && !errorsOf(failure) ? failure.message : null,
    set: (changed: Partial<StaffFields>) => {
      edits.set(changed);
      setErrors({});
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const checked = checkFields(values);
      setErrors(checked.ok ? {} : checked.errors);
      edits.submit();
      if (checked.ok && isDirty) update.mutate({ ...checked.input, staffId: staff.id });
    },
    revert: () => {
      edits.revert();
      setErrors({});
      update.reset();
    },
  };
}

/** Changes who a colleague is and what they see. */
export function EditStaff({ staff }: { staff: StaffRecord }) {
  const form = useEditStaff(staff);
  return (
    <form noValidate onSubmit={form.submit} aria-label={staff.name} className="flex flex-col gap-6">
      <StaffFormFields values={form.values} errors={form.errors} set={form.set} />
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <SaveLine form={form} />
    </form>
  );
}
