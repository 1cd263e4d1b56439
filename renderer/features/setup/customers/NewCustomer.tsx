import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { LIMITS } from '../../../../shared/limits.ts';
import type { CustomerId } from '../../../../shared/model/ids.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Field, Input, Notice } from '../../../ui/index.ts';
import { useKeptEdits } from '../keptEdits.ts';
import { type CustomerErrors, type CustomerValues, cleaned, errorsOf, problemsOf } from './customerForm.ts';

const EMPTY: CustomerValues = { name: '', emails: [''] };

function useNewCustomer(onMade: (id: CustomerId) => void) {
  const [edited, setEdited] = useKeptEdits<CustomerValues>('new customer');
  const [errors, setErrors] = useState<CustomerErrors>({});
  const create = useMutation(
    trpc.customers.create.mutationOptions({
      onSuccess: () => setEdited(null),
      onError: (error) => setErrors(errorsOf(toAppError(error)) ?? {}),
    }),
  );
  const values = edited ?? EMPTY;
  const failure = create.error ? toAppError(create.error) : null;
  return {
    values,
    errors,
    isBusy: create.isPending,
    problem: failure && !errorsOf(failure) ? failure.message : null,
    set: (changed: Partial<CustomerValues>) => {
      setEdited({ ...values, ...changed });
      setErrors({});
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const problems = problemsOf(values);
      setErrors(problems);
      const { name, emails } = cleaned(values);
      if (Object.keys(problems).length > 0) return;
      // Whoever left this page meanwhile is not called back to it.
      create.mutate({ name, email: emails[0] ?? '' }, { onSuccess: ({ customerId }) => onMade(customerId) });
    },
    drop: () => setEdited(null),
  };
}

/** Adds a customer who has not written yet. */
export function NewCustomer({
  onMade,
  onCancel,
}: {
  onMade: (id: CustomerId) => void;
  onCancel: () => void;
}) {
  const { values, errors, set, ...form } = useNewCustomer(onMade);
  return (
    <form noValidate onSubmit={form.submit} aria-label="New customer" className="flex flex-col gap-6">
      <h3 className="font-semibold text-heading">Add a customer</h3>
      <Field label="Name" error={errors.name}>
        <Input
          autoFocus
          value={values.name}
          maxLength={LIMITS.customerNameLength}
          autoComplete="off"
          onChange={({ target }) => set({ name: target.value })}
        />
      </Field>
      <Field label="E-mail" help="More addresses can follow." error={errors['emails.0']}>
        <Input
          type="email"
          value={values.emails[0] ?? ''}
          maxLength={LIMITS.emailLength}
          autoComplete="off"
          onChange={({ target }) => set({ emails: [target.value] })}
        />
      </Field>
      {form.problem && <Notice tone="danger">Not added. {form.problem}</Notice>}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" isBusy={form.isBusy}>
          Add customer
        </Button>
        <Button
          variant="ghost"
          onClick={() => {
            form.drop();
            onCancel();
          }}
        >
          Cancel
        </Button>
      </div>
    </form>
  );
}
