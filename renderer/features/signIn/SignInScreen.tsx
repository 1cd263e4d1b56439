import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Field, Input, Notice, PasswordInput, Screen } from '../../ui/index.ts';

function useSignIn() {
  return useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: ({ viewer }) => queryClient.setQueryData(trpc.session.me.queryKey(), { viewer }),
    }),
  );
}

const asksForCode = (error: AppError | null) =>
  error?.code === 'two_factor_missing' || error?.code === 'two_factor_wrong';

/** Who is there? User name, password, and the second factor for those who have one. */
export function SignInScreen() {
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  const { mutate, isPending, error } = useSignIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const refusal = error ? toAppError(error) : null;
  const isAboutCode = asksForCode(refusal);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate(
      { username: username.trim(), password, ...(needsCode ? { code: code.trim() } : {}) },
      {
        onError: (failure) => {
          if (asksForCode(toAppError(failure))) setNeedsCode(true);
        },
      },
    );
  };
  const codeError = refusal?.code === 'two_factor_wrong' ? refusal.message : null;
  return (
    <Screen title="Sign in" name={status?.siteName ?? 'Staffdesk'}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {refusal && !isAboutCode && <Notice tone="danger">{refusal.message}</Notice>}
        <Field label="User name">
          <Input
            autoFocus
            value={username}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setUsername(event.target.value)}
          />
        </Field>
        <Field label="Password">
          <PasswordInput
            value={password}
            autoComplete="current-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {needsCode && (
          <Field label="Six-digit code" help="From the authenticator app on your phone." error={codeError}>
            <Input
              autoFocus
              value={code}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
        )}
        <Button
          type="submit"
          variant="primary"
          className="mt-1 self-start"
          isBusy={isPending}
          disabled={username.trim() === '' || password === ''}
        >
          Sign in
        </Button>
      </form>
    </Screen>
  );
}
