import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { StaffFields, StaffRecord } from '../../../../shared/contract/people.ts';
import { trpc } from '../../../api/client.ts';
import { useDepartments } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Notice } from '../../../ui/index.ts';
import { useFormEdits } from '../keptEdits.ts';
import { SaveLine } from '../SaveLine.tsx';
import { savedForm } from '../savedForm.ts';
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
  return savedForm({
    ...{ edits, errors, setErrors, update },
    clearErrors: () => setErrors({}),
    isDirty: !isSameFields(edits.values, saved),
    check: () => {
      const checked = checkFields(edits.values);
      return checked.ok ? { ok: true, input: { ...checked.input, staffId: staff.id } } : checked;
    },
    refusalOf: errorsOf,
  });
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
