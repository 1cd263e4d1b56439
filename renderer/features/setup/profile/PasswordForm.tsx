import { useMutation } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { queryClient, trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Field, Icon, NewPasswordFields, Notice, PasswordInput } from '../../../ui/index.ts';
import { type PasswordValues, passwordErrors, refusalOf } from './profileForm.ts';

const EMPTY: PasswordValues = { currentPassword: '', newPassword: '', repeated: '' };
const FIELDS = ['currentPassword', 'newPassword'];

function usePasswordForm() {
  const [values, setValues] = useState(EMPTY);
  const [errors, setErrors] = useState<Partial<PasswordValues>>({});
  const change = useMutation(
    trpc.profile.changePassword.mutationOptions({
      onSuccess: async () => {
        setValues(EMPTY);
        await queryClient.invalidateQueries({ queryKey: trpc.profile.sessions.queryKey() });
      },
      onError: (error) => setErrors(refusalOf(toAppError(error), FIELDS) ?? {}),
    }),
  );
  const failure = change.error ? toAppError(change.error) : null;
  const isEmpty = values.currentPassword === '' && values.newPassword === '' && values.repeated === '';
  return {
    values,
    errors,
    isBusy: change.isPending,
    isChanged: change.isSuccess && isEmpty,
    problem: failure && !refusalOf(failure, FIELDS) ? failure.message : null,
    set: (changed: Partial<PasswordValues>) => {
      setValues((before) => ({ ...before, ...changed }));
      setErrors({});
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const wrong = passwordErrors(values);
      setErrors(wrong);
      const { currentPassword, newPassword } = values;
      if (Object.keys(wrong).length === 0) change.mutate({ currentPassword, newPassword });
    },
  };
}

/** Changes one's own password. */
export function PasswordForm({ username }: { username: string }) {
  const form = usePasswordForm();
  const { values, errors, set } = form;
  return (
    <form noValidate onSubmit={form.submit} aria-label="Password" className="flex flex-col gap-5">
      {/* For password managers: whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
      <Field label="Current password" error={errors.currentPassword}>
        <PasswordInput
          value={values.currentPassword}
          autoComplete="current-password"
          onChange={(event) => set({ currentPassword: event.target.value })}
        />
      </Field>
      <NewPasswordFields values={values} errors={errors} set={set} />
      {form.problem && <Notice tone="danger">Not changed. {form.problem}</Notice>}
      <div className="flex items-center gap-3">
        <Button type="submit" isBusy={form.isBusy}>
          Change password
        </Button>
        <span role="status" className="flex items-center gap-1 text-faint">
          {form.isChanged && (
            <>
              <Icon of={Check} size={14} />
              Changed; you are signed out everywhere else
            </>
          )}
        </span>
      </div>
    </form>
  );
}
