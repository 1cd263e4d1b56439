import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DeskSettings } from '../../../shared/contract/desk.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { useFormEdits } from './keptEdits.ts';
import { changesOf, errorsOf, type FieldErrors, type SettingsRules } from './settingsForm.ts';

/** A form over some of the desk's settings: what was typed stays, errors stand beside their fields. */
export function useSettingsForm<V extends object>(rules: SettingsRules<V>, saved: DeskSettings) {
  const edits = useFormEdits<V>(`settings ${rules.name}`, rules.valuesOf(saved));
  const [errors, setErrors] = useState<FieldErrors<V>>({});
  const update = useMutation(
    trpc.settings.update.mutationOptions({
      onSuccess: (settings) => {
        queryClient.setQueryData(trpc.settings.get.queryKey(), settings);
        edits.forget();
      },
      onError: (error) => setErrors(errorsOf(rules, toAppError(error)) ?? {}),
    }),
  );
  const { values } = edits;
  const answer = changesOf(rules, values, saved);
  const isDirty = !answer.ok || Object.keys(answer.changes).length > 0;
  const failure = update.error ? toAppError(update.error) : null;
  return {
    values,
    errors,
    isDirty,
    isSaving: update.isPending,
    isSaved: update.isSuccess && !isDirty,
    problem: failure && !errorsOf(rules, failure) ? failure.message : null,
    set: (changed: Partial<V>) => {
      edits.set(changed);
      setErrors({});
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      setErrors(answer.ok ? {} : answer.errors);
      edits.submit();
      if (answer.ok && isDirty) update.mutate(answer.changes);
    },
    revert: () => {
      edits.revert();
      setErrors({});
      update.reset();
    },
  };
}
