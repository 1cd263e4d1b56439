import { type FormEvent, useState } from 'react';
import type { AppError } from '../../../../shared/contract/errors.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { Button, Checkbox, Field, Input, Notice } from '../../../ui/index.ts';

export type DepartmentValues = { name: string; isPrivate: boolean };

/** Name and visibility of a department, new or old. */
export function DepartmentForm({
  title,
  start,
  submitLabel,
  error,
  isBusy,
  onSubmit,
  onCancel,
}: {
  title: string;
  start: DepartmentValues;
  submitLabel: string;
  error: AppError | null;
  isBusy: boolean;
  onSubmit: (values: DepartmentValues) => void;
  onCancel: () => void;
}) {
  const [values, setValues] = useState(start);
  const [isNameMissing, setNameMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = values.name.trim();
    setNameMissing(name === '');
    if (name !== '') onSubmit({ ...values, name });
  };
  const nameError = isNameMissing || error?.field === 'name' ? 'A department needs a name.' : null;
  return (
    <form noValidate aria-label={title} onSubmit={submit} className="flex flex-col gap-4 p-3.5">
      <Field label="Name" error={nameError}>
        <Input
          autoFocus
          value={values.name}
          maxLength={LIMITS.departmentNameLength}
          onChange={(event) => {
            setValues({ ...values, name: event.target.value });
            setNameMissing(false);
          }}
        />
      </Field>
      <Checkbox
        checked={values.isPrivate}
        onCheckedChange={(isPrivate) => setValues({ ...values, isPrivate })}
        label="Private"
        help="Customers can’t choose it when they open a ticket. Staff and scripts can."
      />
      {error && error.field !== 'name' && <Notice tone="danger">Not saved. {error.message}</Notice>}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {submitLabel}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
