import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Notice } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { SubPage } from '../SubPage.tsx';
import { SourceFormFields } from './SourceFormFields.tsx';
import { SourceTest } from './SourceTest.tsx';
import {
  errorsIn,
  errorsOf,
  NEW_SOURCE,
  type SourceErrors,
  type SourceValues,
  valuesOf,
} from './sourceForm.ts';

function useSourceForm(source: Source | null, onDone: () => void) {
  const [values, setValues] = useState<SourceValues>(source ? valuesOf(source) : NEW_SOURCE);
  const [errors, setErrors] = useState<SourceErrors>({});
  const options = {
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.sources.pathKey() });
      showToast({ text: source ? `«${values.name.trim()}» saved` : `«${values.name.trim()}» added` });
      onDone();
    },
    onError: (error: unknown) => setErrors(errorsOf(toAppError(error)) ?? {}),
  };
  const create = useMutation(trpc.sources.create.mutationOptions(options));
  const update = useMutation(trpc.sources.update.mutationOptions(options));
  const { error, isPending } = source ? update : create;
  const failure = error ? toAppError(error) : null;
  const check = (): boolean => {
    const found = errorsIn(values);
    setErrors(found);
    return Object.keys(found).length === 0;
  };
  return {
    values,
    errors,
    setErrors,
    check,
    isBusy: isPending,
    problem: failure && !errorsOf(failure) ? failure.message : null,
    set: (changed: Partial<SourceValues>) => {
      setValues((before) => ({ ...before, ...changed }));
      setErrors({});
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      if (!check()) return;
      if (source) update.mutate({ ...values, sourceId: source.id });
      else create.mutate(values);
    },
  };
}

/** Adds or changes one source; the test works with what is typed, saved or not. */
export function SourcePage({ source, onDone }: { source: Source | null; onDone: () => void }) {
  const form = useSourceForm(source, onDone);
  const formId = useId();
  const title = source?.name ?? 'Add a sign-in source';
  return (
    <SubPage back="All sources" title={title} onBack={onDone}>
      <form id={formId} noValidate aria-label={title} onSubmit={form.submit} className="flex flex-col gap-6">
        <SourceFormFields values={form.values} errors={form.errors} set={form.set} />
      </form>
      <SourceTest
        sourceId={source?.id ?? null}
        values={form.values}
        check={form.check}
        onErrors={form.setErrors}
      />
      {form.problem && <Notice tone="danger">Not saved. {form.problem}</Notice>}
      <div className="flex items-center gap-3">
        <Button type="submit" form={formId} variant="primary" isBusy={form.isBusy}>
          {source ? 'Save' : 'Add source'}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </SubPage>
  );
}
