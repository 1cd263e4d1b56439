import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeskSettings } from '../../../shared/contract/desk.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { useFormEdits } from './keptEdits.ts';
import { savedForm } from './savedForm.ts';
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
  const answer = changesOf(rules, edits.values, saved);
  return savedForm({
    ...{ edits, errors, setErrors, update },
    clearErrors: () => setErrors({}),
    isDirty: !answer.ok || Object.keys(answer.changes).length > 0,
    check: () => (answer.ok ? { ok: true, input: answer.changes } : answer),
    refusalOf: (error) => errorsOf(rules, error),
  });
}
