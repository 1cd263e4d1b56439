import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Customer } from '../../../../shared/contract/queues.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Field, Input, Notice } from '../../../ui/index.ts';
import { useKeptEdits } from '../keptEdits.ts';
import { SaveLine } from '../SaveLine.tsx';
import { savedForm } from '../savedForm.ts';
import { AddressFields } from './AddressFields.tsx';
import {
  type CustomerErrors,
  type CustomerValues,
  cleaned,
  errorsOf,
  isSameCustomer,
  problemsOf,
  rebased,
  valuesOf,
} from './customerForm.ts';

function useEditCustomer(customer: Customer) {
  const [edited, setEdited] = useKeptEdits<{ base: CustomerValues; typed: CustomerValues }>(
    `customer ${customer.id}`,
  );
  const [errors, setErrors] = useState<CustomerErrors>({});
  const submitted = useRef<unknown>(null);
  const latest = useRef(edited);
  useEffect(() => {
    latest.current = edited;
  });
  const update = useMutation(
    trpc.customers.update.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({
          queryKey: trpc.customers.get.queryKey({ customerId: customer.id }),
        });
        // What was typed while it was being saved is not saved.
        if (latest.current === submitted.current) setEdited(null);
      },
      onError: (error) => setErrors(errorsOf(toAppError(error)) ?? {}),
    }),
  );
  const saved = valuesOf(customer);
  const values = edited ? rebased(edited.base, edited.typed, saved) : saved;
  const edits = {
    values,
    set: (changed: Partial<CustomerValues>) => {
      const next = { ...values, ...changed };
      setEdited(isSameCustomer(next, saved) ? null : { base: saved, typed: next });
    },
    submit: () => {
      submitted.current = edited;
    },
    revert: () => setEdited(null),
  };
  return savedForm({
    ...{ edits, errors, setErrors, update },
    clearErrors: () => setErrors({}),
    isDirty: !isSameCustomer(values, saved),
    check: () => {
      const problems = problemsOf(values);
      const { name, emails } = cleaned(values);
      return Object.keys(problems).length > 0
        ? { ok: false, errors: problems }
        : { ok: true, input: { customerId: customer.id, name, emails: [...emails] } };
    },
    refusalOf: errorsOf,
  });
}

/** Name and addresses of a customer. What is typed stays when one goes elsewhere in between. */
export function EditCustomer({ customer }: { customer: Customer }) {
  const form = useEditCustomer(customer);
  const { values, errors, set } = form;
  const isRemote = useSyncStatus() !== null;
  return (
    <form noValidate onSubmit={form.submit} aria-label="Name and addresses" className="flex flex-col gap-6">
      <Field
        label="Name"
        error={errors.name}
        help={isRemote ? 'The server’s API can’t change a name; change it there.' : undefined}
      >
        <Input
          autoFocus={!isRemote}
          disabled={isRemote}
          value={values.name}
          maxLength={LIMITS.customerNameLength}
          autoComplete="off"
          onChange={({ target }) => set({ name: target.value })}
        />
      </Field>
      <AddressFields emails={values.emails} errors={errors} onChange={(emails) => set({ emails })} />
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <SaveLine form={form} />
    </form>
  );
}
