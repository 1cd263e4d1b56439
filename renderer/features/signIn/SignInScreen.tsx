import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Field, Input, Notice, PasswordInput, Screen } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';

const codesLeft = (left: number) =>
  left === 0
    ? 'That was your last recovery code. Make new ones in Setup → Profile.'
    : `Recovery code used; ${left} left. Make new ones in Setup → Profile.`;

function useSignIn() {
  return useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: ({ viewer, recoveryCodesLeft }) => {
        queryClient.setQueryData(trpc.session.me.queryKey(), { viewer });
        if (recoveryCodesLeft !== null) showToast({ text: codesLeft(recoveryCodesLeft) });
      },
    }),
  );
}

const asksForCode = (error: AppError | null) =>
  error?.code === 'two_factor_missing' || error?.code === 'two_factor_wrong';

function CodeField({
  code,
  onCode,
  error,
}: {
  code: string;
  onCode: (code: string) => void;
  error: string | null;
}) {
  const [isRecovery, setRecovery] = useState(false);
  return (
    <div className="flex flex-col items-stretch gap-1.5">
      {isRecovery ? (
        <Field label="Recovery code" help="One of those you kept; each works once." error={error}>
          <Input
            key="recovery"
            autoFocus
            value={code}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            onChange={(event) => onCode(event.target.value)}
            className="font-mono"
          />
        </Field>
      ) : (
        <Field label="Six-digit code" help="From the authenticator app on your phone." error={error}>
          <Input
            key="app"
            autoFocus
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            onChange={(event) => onCode(event.target.value)}
          />
        </Field>
      )}
      <Button
        variant="ghost"
        size="small"
        className="-ml-2 self-start"
        onClick={() => {
          setRecovery(!isRecovery);
          onCode('');
        }}
      >
        {isRecovery ? 'Use the code of your phone' : 'Use a recovery code'}
      </Button>
    </div>
  );
}

/** Who is there? User name, password, and the second factor for those who have one. */
export function SignInScreen({ onForgot }: { onForgot: () => void }) {
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
        {needsCode && <CodeField code={code} onCode={setCode} error={codeError} />}
        <div className="mt-1 flex items-center justify-between gap-2">
          <Button
            type="submit"
            variant="primary"
            isBusy={isPending}
            disabled={username.trim() === '' || password === ''}
          >
            Sign in
          </Button>
          <Button variant="ghost" onClick={onForgot}>
            Forgot your password?
          </Button>
        </div>
      </form>
    </Screen>
  );
}
