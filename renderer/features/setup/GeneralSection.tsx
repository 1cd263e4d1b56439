import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DeskSettings } from '../../../shared/contract/desk.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { ErrorState, Field, Input, Notice, Select, Skeleton, TimeZoneField } from '../../ui/index.ts';
import { SaveLine } from './SaveLine.tsx';
import { changesOf, errorsOf, type GeneralErrors, type GeneralValues, generalOf } from './settingsForm.ts';

const REPLY_ORDERS = [
  { value: 'desc', label: 'Newest first' },
  { value: 'asc', label: 'Oldest first' },
] as const;

function useGeneralForm(saved: DeskSettings) {
  const [edited, setEdited] = useState<Partial<GeneralValues>>({});
  const [errors, setErrors] = useState<GeneralErrors>({});
  const update = useMutation(
    trpc.settings.update.mutationOptions({
      onSuccess: (settings) => {
        queryClient.setQueryData(trpc.settings.get.queryKey(), settings);
        setEdited({});
      },
      onError: (error) => setErrors(errorsOf(toAppError(error)) ?? {}),
    }),
  );
  const values = { ...generalOf(saved), ...edited };
  const answer = changesOf(values, saved);
  const isDirty = !answer.ok || Object.keys(answer.changes).length > 0;
  const failure = update.error ? toAppError(update.error) : null;
  return {
    values,
    errors,
    isDirty,
    isSaving: update.isPending,
    isSaved: update.isSuccess && !isDirty,
    problem: failure && !errorsOf(failure) ? failure.message : null,
    set: (changed: Partial<GeneralValues>) => {
      setEdited((before) => ({ ...before, ...changed }));
      setErrors({});
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      setErrors(answer.ok ? {} : answer.errors);
      if (answer.ok && isDirty) update.mutate(answer.changes);
    },
    revert: () => {
      setEdited({});
      setErrors({});
      update.reset();
    },
  };
}

function GeneralForm({ saved, isAdmin }: { saved: DeskSettings; isAdmin: boolean }) {
  const form = useGeneralForm(saved);
  const { values, errors, set } = form;
  return (
    <form noValidate onSubmit={form.submit}>
      <fieldset disabled={!isAdmin} className="flex min-w-0 flex-col gap-6">
        {!isAdmin && <Notice>Only administrators can change these.</Notice>}
        <Field label="Name of the desk" help="Customers read it in every answer." error={errors.siteName}>
          <Input value={values.siteName} onChange={(event) => set({ siteName: event.target.value })} />
        </Field>
        <Field
          label="Address of the desk"
          help="Where customers and scripts reach it from outside. Stands in mails and API answers."
          error={errors.siteUrl}
          isOptional
        >
          <Input
            type="url"
            value={values.siteUrl}
            placeholder="https://help.example.org"
            spellCheck={false}
            onChange={(event) => set({ siteUrl: event.target.value })}
          />
        </Field>
        <Field label="Time zone" error={errors.timeZone}>
          <TimeZoneField value={values.timeZone} onChange={(timeZone) => set({ timeZone })} />
        </Field>
        <Field
          label="Overdue after"
          help="Hours since the last message, while somebody on the desk owes the next step."
          error={errors.overdueHours}
        >
          <Input
            inputMode="numeric"
            value={values.overdueHours}
            onChange={(event) => set({ overdueHours: event.target.value })}
            className="max-w-28 tabular-nums"
          />
        </Field>
        <Field
          label="Order of messages in the API"
          help="As HelpDeskZ has it. The conversation on screen always reads downwards."
        >
          <Select
            value={values.replyOrder}
            onValueChange={(order) => set({ replyOrder: order === 'asc' ? 'asc' : 'desc' })}
            options={REPLY_ORDERS}
            disabled={!isAdmin}
            className="max-w-60"
          />
        </Field>
        {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
        {isAdmin && <SaveLine form={form} />}
      </fieldset>
    </form>
  );
}

/** Name, address, time zone and rules of the desk. */
export function GeneralSection() {
  const { data, error, refetch } = useQuery(trpc.settings.get.queryOptions());
  const isAdmin = useViewer()?.staff.role === 'admin';
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  return data ? <GeneralForm saved={data} isAdmin={isAdmin} /> : <Skeleton className="h-80" />;
}
